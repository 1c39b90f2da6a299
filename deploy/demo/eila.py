"""Eila's story: corrected in part, lost at the board, now at the court; meanwhile a new application was granted."""

from datetime import date

from casework.clients.actions import ClientDetails
from casework.clients.illnesses import IllnessDetails
from casework.models import Appeal, Document, Note
from deploy.demo import appealing, claims
from deploy.demo.municipalities import KAAVI
from deploy.demo.names import details_of
from deploy.demo.road import agree, call, stay_in_touch
from deploy.demo.stories import Result
from deploy.demo.texts import WAITING
from deploy.demo.walk import Walk

OPENED = 760
JOINTS = IllnessDetails(
    name="Nivelreuma",
    icd10="M05.9",
    effect="Sormet ja ranteet turpoavat aamuisin, ja toimintakyky palautuu vasta keskipäivällä. Tarttumaote on heikko.",
)
FATIGUE = IllnessDetails(
    name="Fibromyalgia",
    icd10="M79.7",
    effect="Kipu ja väsymys vaihtelevat päivittäin. Huonona päivänä ei jaksa kotitöitäkään.",
)
REASON = (
    "Keittäjä, työttömänä viisi vuotta. Nivelreuma ja kivut vaihtelevat niin, ettei työkokeilua ole voinut jatkaa. "
    "Pyydämme arviota siitä, mitä haetaan ja missä järjestyksessä."
)
COMMENT = (
    "Eläkelaitoksen lausunnossa sanotaan, että oireet ovat lieventyneet. Näin oli kesällä, kun lääkitystä vaihdettiin. "
    "Syksystä alkaen turvotus on ollut pahempi kuin ennen, ja työkokeilu päättyi sen vuoksi kolmen viikon jälkeen."
)


def details() -> ClientDetails:
    """Answer who Eila is."""
    return details_of("Eila", "Räsänen", date(1970, 11, 8), KAAVI, 64)


def tell(walk: Walk) -> None:
    """Tell it to the wait at the court, while the rehabilitation subsidy of the new application is paid."""
    _begin(walk)
    appeal = _lose_and_appeal(walk)
    appeal = _go_to_the_board(walk, appeal)
    _go_to_the_court(walk, appeal)
    _apply_anew(walk)


def _begin(walk: Walk) -> None:
    call(walk, 757)
    agree(walk, 752)
    walk.note(
        "Tavattiin kunnantalolla. Eila näytti päiväkirjansa: hyviä päiviä on viikossa kaksi, ja ne menevät "
        "palautumiseen.",
        745,
        Note.Kind.MEETING,
    )
    walk.serve("first_meeting", 75, 745, "Ensimmäinen tapaaminen")
    walk.illness(JOINTS, 745, years=6)
    walk.illness(FATIGUE, 745, years=9)


def _lose_and_appeal(walk: Walk) -> Appeal:
    [fatigue] = [illness for illness in walk.illnesses if illness.icd10 == FATIGUE.icd10]
    application = claims.file(walk, claims.begin(walk, claims.Claim("TKE-T", "varma"), 712), 704)
    stay_in_touch(walk, WAITING, since=704, until=664)
    decision = claims.decide(walk, application, Result.REJECTED, 655, passed_over=[fatigue])
    reason = "Fibromyalgiaa ei ole arvioitu lainkaan."
    claims.conclude(walk, decision, "appeal", 648, reason=reason, passed_over=[fatigue])
    appeal = appealing.draft_appeal(walk, decision, 644)
    return appealing.file_appeal(walk, appeal, 632)


def _go_to_the_board(walk: Walk, appeal: Appeal) -> Appeal:
    appeal = appealing.correct_in_part(walk, appeal, 600)
    walk.note(
        "Varma oikaisi päätöstään osittain: ammatillinen kuntoutus luvataan. Se on välipäätös, eikä siitä valiteta "
        "erikseen. Muu osa jää lautakunnan ratkaistavaksi.",
        598,
        Note.Kind.CALL,
    )
    appeal = appealing.forward(walk, appeal, 596)
    appeal = appealing.ask_comment(walk, appeal, 560, due=541)
    appeal = appealing.comment(walk, appeal, COMMENT, 545)
    walk.serve("appeal_help", 60, 545, "Vastine lautakunnalle")
    stay_in_touch(walk, WAITING, since=545, until=330)
    return appealing.answer_appeal(walk, appeal, Appeal.Result.REJECTED, 300)


def _go_to_the_court(walk: Walk, appeal: Appeal) -> None:
    walk.note("Lautakunta hylkäsi valituksen. Eila haluaa jatkaa vakuutusoikeuteen.", 290, Note.Kind.MEETING)
    further = Appeal.objects.get(against=appeal)
    appealing.file_appeal(walk, further, 276)
    walk.serve("appeal_help", 120, 276, "Valitus vakuutusoikeuteen")


def _apply_anew(walk: Walk) -> None:
    walk.document(Document.Kind.MEDICAL, "Reumatologin lausunto", [JOINTS.effect, FATIGUE.effect], 258)
    walk.note(
        "Reumatologin tuore lausunto kuvaa molemmat sairaudet. Haetaan uudelleen samalla kun valitus odottaa.",
        256,
        Note.Kind.MEETING,
    )
    application = claims.file(walk, claims.begin(walk, claims.Claim("KT", "varma"), 250), 244)
    stay_in_touch(walk, WAITING, since=244, until=206)
    decision = claims.decide(walk, application, Result.GRANTED_UNTIL, 196, granted_days=560)
    reason = "Kuntoutustuki vastaa hakemusta. Valitus aiemmasta ajasta jatkuu vakuutusoikeudessa."
    claims.conclude(walk, decision, "accept", 190, reason=reason)
    stay_in_touch(walk, WAITING, since=190, until=20)
    walk.task("Kysy vakuutusoikeudesta, missä vaiheessa valitus on", 20, due_in=6)
