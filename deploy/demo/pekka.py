"""Pekka's story, told whole: mapping, a doctor's visit together, statement, checks, team, description, application."""

from datetime import date, time

from casework.applications import actions as applications
from casework.case_tasks import actions as tasks
from casework.clients.actions import ClientDetails
from casework.clients.illnesses import IllnessDetails
from casework.descriptions import actions as descriptions
from casework.descriptions.queries import texts_of
from casework.meetings import actions as meetings
from casework.meetings import minutes
from casework.models import (
    AbilityDescription,
    AgendaItem,
    Appointment,
    Document,
    Evidence,
    Meeting,
    Note,
    StatementRequest,
)
from casework.models.consent import Partner, Purpose
from casework.visits.actions import Work
from deploy.demo import claims, gatherings, steps
from deploy.demo import pekka_words as words
from deploy.demo.accounts import DOCTOR, NURSE, PHYSIOTHERAPIST
from deploy.demo.municipalities import KAAVI
from deploy.demo.names import details_of
from deploy.demo.road import agree, call
from deploy.demo.walk import Walk

OPENED = 127
HELD = 26  # days ago: the team's meeting
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
    statement = _wait_and_train(walk, request)
    _meet_team(walk)
    _apply(walk, _describe(walk), statement)
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
        told = period.format(operated=walk.days.today.year - 7, ended=walk.days.today.year - 3)
        steps.learn(walk, area, text, 112, source=source, note=note, period=told)
    steps.belong(walk, words.GROUPS, 112)
    for person in words.NETWORK:
        steps.know(walk, person, 112)
    for illness, years in ((BACK, 7), (KNEES, 4), (SLEEP, 3)):
        walk.illness(illness, 112, years=years)


def _see_doctor(walk: Walk) -> StatementRequest:
    """Go to the doctor together, and ask for a statement that comes only after a reminder."""
    steps.assess(
        walk,
        "interview",
        words.INTERVIEW,
        108,
        summary="Haastattelu kahdessa osassa. Pekka kertoi tavallisesta päivästä.",
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
    steps.debrief(walk, visit, words.SAID, 93, next_in=-85, work=Work(product="doctor_visit", minutes=120))
    request = steps.ask_statement(
        walk, "B", words.GP, "Selkä, polvet ja uni yhdessä. Mitä työtä ei voi tehdä, ja mikä voisi onnistua?", 92
    )
    tasks.do(task=walk.case.tasks.get(done_at=None), by=walk.by, at=walk.moment(walk.days.ago(86)))
    return request


def _wait_and_train(walk: Walk, request: StatementRequest) -> Document:
    """Nurse, physiotherapist, a reminder; answer the statement that came."""
    walk.join(PHYSIOTHERAPIST.profession, 84)
    nurse, physiotherapist = (walk.team.member(job.profession) for job in (NURSE, PHYSIOTHERAPIST))
    steps.assess(
        walk,
        "nurse",
        words.NURSES,
        80,
        summary="Työttömän terveystarkastus. Verenpaine ja painoindeksi kunnossa, kuulo on heikentynyt.",
        recommendation="Kuulontutkimus ja unilääkityksen tarkistus.",
        by=nurse,
    )
    steps.assess(
        walk,
        "physiotherapist",
        words.FIRST_CHECK,
        72,
        summary="Selän ja jalkojen toimintakyky on selvästi heikentynyt. Motivaatio hyvä.",
        recommendation="Ohjattu harjoittelujakso, kymmenen kertaa.",
        by=physiotherapist,
    )
    request = steps.remind(walk, request, 60)
    walk.note("Muistutettu terveysasemaa B-lausunnosta. Magneettikuva on otettu, lausunto on työn alla.", 60)
    walk.serve("coordination", 20, 60, "Lausunnon kysyminen terveysasemalta")
    steps.receive(walk, request, "B-lausunto", list(words.STATEMENT), 48)
    walk.note("Puhelu: lausunto on tullut. Harjoittelussa on käyty joka viikko.", 47, Note.Kind.CALL)
    statement: Document = walk.case.documents.get(kind=Document.Kind.STATEMENT_B)
    return statement


def _meet_team(walk: Walk) -> None:
    """The team of five and the coordinator: minutes, a task for each, everything closed."""
    on = walk.days.ago(HELD)
    held = gatherings.plan(on, time(8), HELD + 20, chair=walk.by, team=walk.team.members, days=walk.days)
    item = steps.put_on_agenda(walk, held, words.QUESTION, HELD + 6)
    item = minutes.save(item=item, words=words.MINUTES, version=item.version, by=walk.by, at=walk.moment(on))
    agreed = []
    for profession, title, due_in, done in words.PROMISES:
        assignee, due_on = walk.team.member(profession), walk.due(due_in)
        promise = minutes.agree_task(
            item=item, title=title, due_on=due_on, assignee=assignee, by=walk.by, at=walk.moment(on)
        )
        agreed.append((promise, done))
    _finish_minutes(walk, held, item)
    walk.serve("team_meeting", 45, HELD, "Käsittely työkykytiimissä")
    for promise, done in sorted(agreed, key=lambda each: -(each[1] or 0)):
        if done:
            tasks.do(task=promise, by=promise.assignee, at=walk.moment(walk.days.ago(done)))


def _finish_minutes(walk: Walk, held: Meeting, item: AgendaItem) -> None:
    after = walk.days.ago(HELD - 1)
    present = set(held.participants.values_list("pk", flat=True))
    meetings.note_presence(meeting=held, present=present, by=walk.by, at=walk.moment(after))
    minutes.finalise(item=item, version=item.version, by=walk.by, at=walk.moment(after))
    meetings.close(meeting=held, by=walk.by, at=walk.moment(after))


def _describe(walk: Walk) -> AbilityDescription:
    """Assess again, and write the description from everything that is known."""
    steps.assess(
        walk,
        "physiotherapist",
        words.SECOND_CHECK,
        20,
        summary="Harjoittelujakso on päättynyt. Kestävyys ja liikkuvuus ovat parantuneet, nostaminen ei.",
        recommendation="Omatoiminen harjoittelu jatkuu. Kevyt, asentoa vaihtava työ voi onnistua osa-aikaisena.",
        by=walk.team.member(PHYSIOTHERAPIST.profession),
    )
    steps.assess(walk, "interview", words.LATER, 19, summary="Mitä on muuttunut syksyn aikana.")
    steps.measure(walk, "own_estimate", "5", 19)
    description = descriptions.begin(case=walk.case, language="fi", by=walk.by, at=walk.moment(walk.days.ago(18)))
    description = descriptions.edit(
        description=description,
        language="fi",
        texts=texts_of(description) | words.DESCRIPTION,
        version=description.version,
        by=walk.by,
        at=walk.moment(walk.days.ago(17)),
    )
    walk.serve("ability_description", 150, 17, "Työ- ja toimintakyvyn kuvaus")
    at = walk.moment(walk.days.ago(15))
    return descriptions.sign(
        description=description, title="työkykykoordinaattori", version=description.version, by=walk.by, at=at
    )


def _apply(walk: Walk, description: AbilityDescription, statement: Document) -> None:
    """Apply for a sickness allowance with the statement and the description."""
    claim = claims.Claim("SPR", "kela")
    at = walk.moment(walk.days.ago(14))
    application = applications.draft(
        case=walk.case, benefit_code=claim.benefit, decider_code=claim.decider, by=walk.by, at=at
    )
    title = f"B-lausunto, {words.HEALTH_CENTRE}"
    claims.attach(walk, application, statement, 14, kind=Evidence.Kind.STATEMENT_B, title=title, about=walk.illnesses)
    at = walk.moment(walk.days.ago(14))
    descriptions.attach(description=description, application=application, illnesses=walk.illnesses, by=walk.by, at=at)
    claims.file(walk, application, 11)
    paper = walk.case.documents.get(kind=Document.Kind.DESCRIPTION)
    steps.hand_over(walk, paper, Partner.KELA, "Kela", 11)
    steps.hand_over(walk, paper, Partner.HEALTH_CARE, words.HEALTH_CENTRE, 11)


def _go_on(walk: Walk) -> None:
    """What comes next: a call, the doctor again with a sheet that is ready, and the team."""
    walk.join(DOCTOR.profession, 10)
    walk.note("Puhelu: yöt ovat parempia. Sovittiin, mitä lääkäriltä kysytään.", 8, Note.Kind.CALL)
    steps.visit(walk, Appointment.Kind.PHONE, walk.days.working(1), time(15, 30), agreed=8, lasts=20)
    visit = steps.visit(
        walk,
        Appointment.Kind.DOCTOR,
        walk.days.working(6),
        time(9, 15),
        agreed=8,
        place=words.HEALTH_CENTRE,
        whom=words.GP,
        is_accompanied=True,
    )
    steps.put_on_agenda(walk, walk.team.coming, words.NEXT_QUESTION, 5)
    steps.prepare(walk, visit, words.NEXT_SHEET, 3)
    walk.task("Lue Kelan kirje Pekan kanssa, kun se tulee", 3, due_in=5)
