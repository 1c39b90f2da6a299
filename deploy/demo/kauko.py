"""Kauko's story: he comes with a rejection of last year in his hand, which is under appeal already."""

from datetime import date

from casework.appeals.brought import Brought
from casework.clients.actions import ClientDetails
from casework.clients.illnesses import IllnessDetails
from casework.models import Appeal, Document, Note
from deploy.demo import appealing, claims, gatherings
from deploy.demo.municipalities import KAAVI
from deploy.demo.names import details_of
from deploy.demo.road import agree, call
from deploy.demo.stories import Result
from deploy.demo.walk import Walk
from tenants.display import day

OPENED = 41
BACK = IllnessDetails(
    name="Selkärangan ahtauma",
    icd10="M48.0",
    effect="Kävely katkeaa parinsadan metrin jälkeen jalkojen puutumiseen. Seisominen ei onnistu kymmentä minuuttia.",
)
SUGAR = IllnessDetails(
    name="Tyypin 2 diabetes, hermomuutoksia",
    icd10="E11.4",
    effect="Jalkapohjien tunto on heikko. Tasapaino pettää epätasaisella alustalla.",
)
REASON = (
    "Kauko tuli itse kunnantalolle muovikassin kanssa: siinä oli eläkepäätös ja valituksen kopio. Hän ei tiedä, missä "
    "asia on nyt. Pyydämme koordinaattoria ottamaan siitä selvän."
)
REASONS = (
    "Saatujen selvitysten mukaan hakijalla on selkärangan ahtauma. Se ei heikennä työkykyä laissa tarkoitetulla "
    "tavalla. Hakija kykenee istumatyöhön."
)


def details() -> ClientDetails:
    """Answer who Kauko is."""
    return details_of("Kauko", "Tossavainen", date(1963, 5, 21), KAAVI, 65)


def tell(walk: Walk) -> None:
    """Tell it to the day on which all that he brought is written down and the board has been asked."""
    call(walk, 39)
    agree(walk, 37)
    walk.note(
        "Tavattiin kunnantalolla. Kassista löytyi Kelan hylkäävä päätös viime vuodelta ja valituksen kopio. Kauko oli "
        "kirjoittanut valituksen itse, eikä ole kuullut mitään sen jälkeen.",
        33,
        Note.Kind.MEETING,
    )
    walk.serve("first_meeting", 90, 33, "Ensimmäinen tapaaminen, papereiden läpikäynti")
    walk.illness(BACK, 33, years=8)
    walk.illness(SUGAR, 33, years=11)
    _bring(walk)
    walk.task("Pyydä terveysasemalta diabeteksen hoitokertomus lisäselvitykseksi", 28, due_in=3)
    gatherings.ask_team(walk)


def _bring(walk: Walk) -> None:
    """Everything in one act; the board was asked by telephone whether it has the appeal."""
    decided = walk.days.ago(371)
    lines = ["Kela", f"Päätöspäivä {day(decided)}", "työkyvyttömyyseläke", "Hakemuksenne hylätään.", REASONS]
    letter = walk.document(Document.Kind.DECISION, "Päätös, Kela (asiakkaan tuoma)", lines, 33)
    claim = claims.Claim("TKE-K", "kela")
    decision = appealing.bring(
        walk,
        Brought(
            benefit_code=claim.benefit,
            decider_code=claim.decider,
            filed_on=walk.days.ago(452),
            decided_on=decided,
            result=Result.REJECTED.value,
            channel="post",
            notice_on=walk.days.ago(370),
            document=letter,
            reasons=REASONS,
            appealed_on=walk.days.ago(345),
        ),
        32,
    )
    appeal = Appeal.objects.get(decision=decision)
    walk.note(
        "Soitettu lautakuntaan: valitus on siellä viime talvesta. Ratkaisua odotetaan kevään aikana.",
        30,
        Note.Kind.CALL,
    )
    walk.serve("coordination", 30, 30, "Puhelu muutoksenhakulautakuntaan")
    appealing.forward(walk, appeal, 312, heard=29)
