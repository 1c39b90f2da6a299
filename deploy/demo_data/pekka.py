"""Pekka's story, told whole: mapping, a doctor's visit together, statement, checks, team, description, application."""

from datetime import date, time

from casework.actions import agenda, applications, descriptions, meetings, minutes, tasks
from casework.actions.appointments import Work
from casework.actions.clients import ClientDetails
from casework.actions.illnesses import IllnessDetails
from casework.models import AbilityDescription, Appointment, Document, Evidence, Meeting, Note, StatementRequest
from casework.models.consent import Partner, Purpose
from casework.queries.descriptions import texts_of
from deploy.demo_accounts import DOCTOR, NURSE, PHYSIOTHERAPIST
from deploy.demo_data import claims, gatherings, steps
from deploy.demo_data import pekka_words as words
from deploy.demo_data.municipalities import KAAVI
from deploy.demo_data.names import details_of
from deploy.demo_data.road import agree, call
from deploy.demo_data.walk import Walk

OPENED = 127
REASON = words.REASON
BACK = IllnessDetails(
    name="Lannerangan välilevyrappeuma, leikkauksen jälkitila",
    icd10="M51.1",
    effect="Istuminen ja seisominen onnistuvat 20–40 minuuttia. Yli viiden kilon nostot ja tärinä eivät onnistu.",
)
KNEES = IllnessDetails(
    name="Polvien nivelrikko", icd10="M17.0", effect="Portaat ja epätasainen maasto tuottavat kipua."
)
SLEEP = IllnessDetails(
    name="Uniapnea", icd10="G47.3", effect="Katkonainen uni heikentää vireyttä. Pitkä ajaminen ei ole turvallista."
)


def details() -> ClientDetails:
    """Answer who Pekka is."""
    return details_of("Pekka", "Rytkölä", date(1974, 9, 12), KAAVI, 61)


def tell(walk: Walk) -> None:
    """Tell it to the day before the team meets about him again."""
    _begin(walk)
    request = _see_doctor(walk)
    _check_abilities(walk)
    _meet_team(walk)
    _apply(walk, _describe(walk), steps_received(walk, request))
    _go_on(walk)


def _begin(walk: Walk) -> None:
    call(walk, 125)
    agree(walk, 122)
    walk.note(
        "Tavattiin Pekan kotona. Hän kertoi työvuosistaan ja siitä, mikä arjessa ei enää onnistu. Sovittiin, että "
        "kartoitetaan kaikki rauhassa ja mennään lääkäriin yhdessä.",
        116,
        Note.Kind.MEETING,
    )
    walk.serve("first_meeting", 90, 116, "Kotikäynti, ensimmäinen tapaaminen")
    steps.interview(walk, words.TOLD, 116)
    steps.allow_team(walk, 116)
    steps.allow(walk, Partner.HEALTH_CARE, Purpose.HAND_OVER, 116, who=words.HEALTH_CENTRE)
    steps.allow(walk, Partner.KELA, Purpose.HAND_OVER, 116, who="Kela")
    steps.allow(walk, Partner.EMPLOYMENT, Purpose.DISCUSS, 116, who="omavalmentaja Leena Koski", ends_in=12)
    for area, text, source, note, period in words.LEARNED:
        steps.learn(walk, area, text, 112, source=source, note=note, period=period)
    steps.belong(walk, words.GROUPS, 112)
    for person in words.NETWORK:
        steps.know(walk, person, 112)
    for illness, years in ((BACK, 7), (KNEES, 4), (SLEEP, 3)):
        walk.illness(illness, 112, years=years)


def _see_doctor(walk: Walk) -> StatementRequest:
    """Go to the doctor together, and ask for a statement that comes only after a reminder."""
    steps.assess(
        walk, "interview", words.INTERVIEW, 108, summary="Haastattelu kahdessa osassa. Pekka kertoi tavallisesta päivästä."
    )
    steps.measure(walk, "kykyviisari", words.KYKYVIISARI, 106, comment="Täytettiin yhdessä tapaamisessa.")
    steps.measure(walk, "own_estimate", "3", 106)
    visit = steps.visit(
        walk,
        Appointment.Kind.DOCTOR,
        walk.days.ago(94),
        time(9, 15),
        agreed=104,
        place=words.HEALTH_CENTRE,
        whom=words.GP,
        is_accompanied=True,
    )
    visit = steps.prepare(walk, visit, words.SHEET, 97)
    visit = steps.debrief(walk, visit, words.SAID, 93, next_in=-85, work=Work(product="doctor_visit", minutes=120))
    request = steps.ask_statement(
        walk, "B", words.GP, "Selkä, polvet ja uni yhdessä. Mitä työtä ei voi tehdä, ja mikä voisi onnistua?", 92
    )
    assert visit.next_task is not None
    tasks.do(task=visit.next_task, by=walk.by, at=walk.moment(walk.days.ago(86)))
    return request


def steps_received(walk: Walk, request: StatementRequest) -> Document:
    """Answer the paper of a statement that has come."""
    found = StatementRequest.objects.select_related("document").get(pk=request.pk)
    assert found.document is not None
    return found.document
