"""Martti's story: a rejection that passes over one illness, and the decider that corrects itself in full."""

from datetime import date

from casework.clients.actions import ClientDetails
from casework.clients.illnesses import IllnessDetails
from casework.models import Decision, Document, Note
from deploy.demo import appealing, claims
from deploy.demo.municipalities import KAAVI
from deploy.demo.names import details_of
from deploy.demo.road import agree, call
from deploy.demo.stories import Direction, Result
from deploy.demo.walk import Walk
from tenants.display import day

OPENED = 262
HEART = IllnessDetails(
    name="Sepelvaltimotauti",
    icd10="I25.1",
    effect="Rasitus tuo rintakivun jo yhden kerrosvälin portaissa. Metsätyö ja nostaminen eivät onnistu.",
)
MEMORY = IllnessDetails(
    name="Lievä tiedonkäsittelyn häiriö",
    icd10="F06.7",
    effect="Unohtaa sovitut asiat ja eksyy uuteen tehtävään. Ei pysty enää ajamaan työkonetta turvallisesti.",
)
REASON = (
    "Metsäkoneenkuljettaja, työttömänä neljä vuotta sydäninfarktin jälkeen. Muisti on heikentynyt, ja papereihin "
    "vastaaminen on jäänyt. Vaimo pyytää, että joku auttaisi eläkeasiassa."
)


def details() -> ClientDetails:
    """Answer who Martti is."""
    return details_of("Martti", "Kokkonen", date(1965, 9, 30), KAAVI, 63)


def tell(walk: Walk) -> None:
    """Tell it to the day on which the pension is granted after all."""
    _begin(walk)
    decision = _apply_and_lose(walk)
    _appeal_and_win(walk, decision)


def _begin(walk: Walk) -> None:
    call(walk, 260)
    agree(walk, 258)
    walk.note(
        "Tavattiin Martin ja vaimon kanssa kotona. Martti puhuu sydämestään, vaimo muistista. Sovittiin, että "
        "muistiasia otetaan puheeksi lääkärissä.",
        251,
        Note.Kind.MEETING,
    )
    walk.serve("first_meeting", 90, 251, "Kotikäynti, ensimmäinen tapaaminen")
    walk.illness(HEART, 251, years=4)
    walk.illness(MEMORY, 228, years=2)
    walk.note(
        "Mukana muistitutkimuksessa. Neuropsykologi löysi selvän muutoksen ja kirjoitti siitä lausunnon.",
        228,
        Note.Kind.MEETING,
    )
    walk.serve("doctor_visit", 150, 228, "Mukana muistitutkimuksessa")


def _apply_and_lose(walk: Walk) -> Decision:
    [memory] = [illness for illness in walk.illnesses if illness.icd10 == MEMORY.icd10]
    application = claims.begin(walk, claims.Claim("TKE-T", "ilmarinen"), 192)
    paper = walk.document(Document.Kind.MEDICAL, "Neuropsykologin lausunto", [MEMORY.effect], 191)
    claims.attach(walk, application, paper, 190, kind="other", title="Neuropsykologin lausunto", about=[memory])
    application = claims.file(walk, application, 185)
    walk.serve("coordination", 20, 150, "Puhelu Ilmariseen: hakemus on käsittelyssä")
    decision = claims.decide(walk, application, Result.REJECTED, 128, passed_over=[memory])
    walk.note(
        "Luettiin päätös yhdessä. Sepelvaltimotauti on arvioitu, mutta muistin heikkenemisestä ei ole sanaakaan, "
        "vaikka neuropsykologin lausunto oli liitteenä. Martti haluaa valittaa.",
        122,
        Note.Kind.MEETING,
    )
    walk.serve("client_meeting", 60, 122, "Päätöksen läpikäynti")
    reason = "Muistin heikkeneminen jäi kokonaan arvioimatta."
    claims.conclude(walk, decision, "appeal", 121, reason=reason, passed_over=[memory])
    return decision


def _appeal_and_win(walk: Walk, decision: Decision) -> None:
    appeal = appealing.draft_appeal(walk, decision, 118)
    appeal = appealing.file_appeal(walk, appeal, 110)
    walk.note("Vaimo soitti. Kerroin, että Ilmarinen katsoo päätöksensä ensin itse uudelleen.", 92, Note.Kind.CALL)
    walk.serve("coordination", 20, 92, "Puhelu asiakkaan vaimon kanssa")
    reasons = (
        "Valituksen johdosta on arvioitu myös neuropsykologin lausunto. Sairaudet yhdessä heikentävät työkykyä laissa "
        "tarkoitetulla tavalla. Työkyvyttömyyseläke myönnetään haetusta ajankohdasta."
    )
    lines = ["Ilmarinen", f"Päätöspäivä {day(walk.days.ago(76))}", "Hakemuksenne hyväksytään.", reasons]
    letter = walk.document(Document.Kind.DECISION, "Uusi päätös, Ilmarinen", lines, 75)
    appealing.correct_in_full(walk, appeal, 75, document=letter, result=Result.GRANTED.value, reasons=reasons)
    walk.note(
        "Ilmarinen oikaisi itse: eläke myönnetään. Martti ei ensin uskonut. Käytiin läpi, milloin eläke maksetaan.",
        70,
        Note.Kind.CALL,
    )
    walk.serve("coordination", 30, 70, "Uuden päätöksen läpikäynti puhelimessa")
    walk.point(Direction.PENSION, 68)
    walk.task("Soita Martille: onko eläke tullut tilille ja mitä kuuluu?", 68, due_in=12)
