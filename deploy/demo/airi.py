"""Airi's story: sickness allowance to its end, jobseeker the day after, a rehabilitation subsidy that is continued."""

from datetime import date

from casework.care_referrals.actions import ReferralDetails
from casework.clients.actions import ClientDetails
from casework.clients.illnesses import IllnessDetails
from casework.continuations import actions as continuations
from casework.models import Decision, Note, StatementRequest
from casework.sickness_days import actions as sickness_days
from casework.sickness_days.actions import CountFacts
from deploy.demo import claims, steps
from deploy.demo.municipalities import KAAVI
from deploy.demo.names import details_of
from deploy.demo.road import agree, call, stay_in_touch
from deploy.demo.stories import Direction, Result
from deploy.demo.texts import FOLLOW_UP, WAITING
from deploy.demo.walk import Walk

OPENED = 612
ENDS_IN = 68  # days from today on which the subsidy is still paid
DOCTOR = "lääkäri Tuomas Holopainen, psykiatrian poliklinikka"
MOOD = IllnessDetails(
    name="Vaikea masennus",
    icd10="F32.2",
    effect="Aamut eivät käynnisty ilman apua. Keskittyminen riittää kymmeneen minuuttiin kerrallaan.",
)
NECK = IllnessDetails(
    name="Kaularangan välilevytyrä",
    icd10="M50.1",
    effect="Kipu säteilee käteen. Päätteellä istuminen onnistuu vartin ajan.",
)
REASON = (
    "Taloussihteeri, työttömänä kolme vuotta. Sairausloma on jatkunut keväästä, ja päiväraha päättyy aikanaan. Asiakas "
    "ei tiedä, mistä sen jälkeen saa rahaa. Pyydämme, että joku seuraa päiviä hänen kanssaan."
)
CLINIC = ReferralDetails(
    unit="Kuntoutustutkimuspoliklinikka, Kuopion yliopistollinen sairaala",
    asked_of=DOCTOR,
    question="Mitä työkyvystä on jäljellä, ja mikä kuntoutus auttaisi takaisin osa-aikaiseen toimistotyöhön?",
)
WHAT_IS_ASKED = "Jatkuuko työkyvyttömyys kuntoutustuen jälkeen, ja millaista kuntoutusta suositellaan?"


def details() -> ClientDetails:
    """Answer who Airi is."""
    return details_of("Airi", "Miettinen", date(1976, 3, 27), KAAVI, 66)


def tell(walk: Walk) -> None:
    """Tell it to the wait for the continuation, which was filed two months before the subsidy ends."""
    _begin(walk)
    _count_the_days(walk)
    subsidy = _apply_in_time(walk)
    _continue(walk, subsidy)


def _begin(walk: Walk) -> None:
    call(walk, 610)
    agree(walk, 608)
    walk.note(
        "Tavattiin kotona. Airi on laskenut päivärahapäiviä kalenteriin, mutta Kelan kirjeissä on eri luvut. "
        "Sovittiin, että luvut otetaan aina Kelan kirjeestä.",
        603,
        Note.Kind.MEETING,
    )
    walk.serve("first_meeting", 75, 603, "Kotikäynti, ensimmäinen tapaaminen")
    walk.illness(MOOD, 603, years=1)
    walk.illness(NECK, 603, years=4)


def _count_the_days(walk: Walk) -> None:
    application = claims.file(walk, claims.begin(walk, claims.Claim("SPR", "kela"), 598), 594)
    decision = claims.decide(walk, application, Result.GRANTED_UNTIL, 572, granted_days=330)
    claims.conclude(walk, decision, "accept", 566, reason="Päiväraha vastaa hakemusta.")
    _type_count(walk, 141, 460)
    walk.note("Kela kirjoitti, että 150 päivää täyttyy pian. Aletaan valmistella kuntoutustukihakemusta.", 458)


def _type_count(walk: Walk, paid_days: int, ago: int) -> None:
    """Type the paid days that Kela's letter names."""
    on = walk.days.ago(ago)
    facts = CountFacts(benefit_code="SPR", paid_days=paid_days, counted_on=on, told_by="Kelan kirje")
    sickness_days.count(case=walk.case, facts=facts, by=walk.by, at=walk.moment(on))


def _apply_in_time(walk: Walk) -> Decision:
    application = claims.file(walk, claims.begin(walk, claims.Claim("KT", "keva"), 402), 396)
    stay_in_touch(walk, WAITING, since=396, until=360)
    _type_count(walk, 268, 345)
    on = walk.days.ago(340)
    sickness_days.register(
        case=walk.case, registered_on=on, told_by="Airi itse, näytti vahvistuksen", by=walk.by, at=walk.moment(on)
    )
    note = "Airi ilmoittautui työnhakijaksi. Kela tutkii, saako hän työttömyysetuutta odotusajalta."
    walk.note(note, 338, Note.Kind.CALL)
    decision = claims.decide(walk, application, Result.GRANTED_UNTIL, 318, granted_days=318 + ENDS_IN)
    claims.conclude(walk, decision, "accept", 312, reason="Kuntoutustuki vastaa hakemusta.")
    walk.point(Direction.REHABILITATION, 310)
    stay_in_touch(walk, FOLLOW_UP, since=310, until=60)
    return decision


def _continue(walk: Walk, subsidy: Decision) -> None:
    request = steps.ask_statement(walk, StatementRequest.Kind.B, DOCTOR, WHAT_IS_ASKED, 48)
    referral = steps.send_referral(walk, steps.refer_to_clinic(walk, CLINIC, 46), DOCTOR, 40)
    lines = [f"{illness.name} ({illness.icd10}). {illness.effect}" for illness in walk.illnesses]
    request = steps.receive(walk, request, "B-lausunto, psykiatrian poliklinikka", lines, 13)
    steps.accept_referral(walk, referral, 12, visit_in=17)
    continuation = continuations.begin(decision=subsidy, by=walk.by, at=walk.moment(walk.days.ago(11)))
    assert request.document is not None  # noqa: S101  # a statement that was received has its paper
    claims.attach(walk, continuation, request.document, 11, kind="B", title="Uusi B-lausunto", about=walk.illnesses)
    claims.file(walk, continuation, 9)
    walk.task("Kerro Airille, milloin jatkopäätöstä voi odottaa", 9, due_in=5)
