"""A coordinator's whole day: from a first meeting to a filed application, through HTTP, the worker and mails."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from casework.models import (
    AbilityDescription,
    AgendaItem,
    Application,
    Appointment,
    Assessment,
    Case,
    Document,
    Draft,
    Event,
    Meeting,
    ServiceEntry,
    StatementRequest,
    Task,
)
from casework.timeline.kinds import EVENTS
from tasks.app import app
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.audit import checking
from tenants.audit.models import AccessEntry
from tenants.scope import in_municipality
from tests.casework.cases.making import a_case
from tests.casework.documents.paper import a_pdf
from tests.casework.meetings.making import an_item
from tests.journeys.typing_in import fill, refused
from tests.mail_server import received
from tests.papers import docx_text, pdf_text
from tests.people import PortalClient, browser_of, person
from tests.tasks.processes import wait_until

CANARIES = ("Liisa", "Laine", "131052-308T", "Selkäsairaus", "M54", "Matti", "Meikäläinen", "Terveysasema")
PROFESSIONALS = {
    "Daavid": "Doctor",
    "Fanni": "Physiotherapist",
    "Niina": "Nurse",
    "Sami": "Social worker",
    "Tarmo": "Employment services",
}
TABS = ("", "timeline/", "situation/", "ability/", "visits/", "meetings/", "applications/", "documents/", "services/")
TOLD = {
    "health": "The back has hurt since the fall in 2019.",
    "work": "A builder for twenty years.",
    "hopes": "Light work near home.",
}


def test_a_whole_day(real_clock, workers, mail_server, settings, tmp_path):
    settings.FILES = tmp_path / "files"
    workers.worker()
    today = timezone.localdate()
    with in_municipality("kaavi") as kaavi:
        aino = person("Aino", Role.COORDINATOR, language="en")
        team = {name: person(name, Role.TEAM_MEMBER, language="en") for name in PROFESSIONALS}
        browser = browser_of(aino)
        number = a_client_is_met(browser, today)
        the_client_consents(browser, number, today)
        visit = a_visit_is_prepared(browser, number, today)
        the_visit_is_debriefed(browser, visit, today)
        statement = a_statement_is_asked_for(browser, number, today)
        nobody_answers_and_the_sweep_says_so(browser, kaavi.pk, today)
        the_statement_is_reminded_of_and_comes(browser, statement, today)

        item = the_team_is_invited(mail_server, browser, aino, team, kaavi.pk, today)
        the_physiotherapist_writes_a_check(browser_of(team["Fanni"]), number)
        what_was_typed_into_the_minutes_outlives_the_session(browser, aino, item)
        everybody_promises_something(browser, item, team, today)
        the_minutes_become_final(browser, item, team)

        description = a_description_is_written(browser, number)
        the_description_is_signed_and_printed(browser, description)
        an_allowance_is_applied_for(browser, number, description, today)
        only_those_allowed_get_the_paper(browser, number, today)

        everything_stands_on_the_timeline(browser, number)
        today_shows_what_comes_next(browser, number)
        every_look_is_in_the_log(browser, number, team)


def a_client_is_met(browser: PortalClient, today: date) -> str:
    page = fill(
        browser,
        reverse("client_new"),
        first_name="Liisa",
        last_name="Laine",
        identity_code="131052-308T",
        language="fi",
        decision_channel="post",
        opened_on=today - timedelta(days=60),
    )
    number = Case.objects.get().number
    assert page == reverse("case", args=[number])
    fill(browser, reverse("mapping_interview", args=[number]), **TOLD)
    fill(
        browser,
        reverse("illness_add", args=[number]),
        name="Selkäsairaus",
        icd10="M54.5",
        effect="Cannot sit for an hour.",
    )
    situation = browser.get(reverse("case_situation", args=[number])).text
    assert [told for told in TOLD.values() if told not in situation] == []
    return number


def the_client_consents(browser: PortalClient, number: str, today: date) -> None:
    address, given_on = reverse("consent_add", args=[number]), today - timedelta(days=50)
    for partner, purpose in (("team", "discuss"), ("kela", "hand_over"), ("health_care", "accompany")):
        fill(browser, address, partner=partner, purpose=purpose, way="written", given_on=given_on)
    refused(browser, address, partner="employer", purpose="discuss", way="written", given_on=today + timedelta(days=1))
    assert "3 valid" in browser.get(reverse("case", args=[number])).text


def a_visit_is_prepared(browser: PortalClient, number: str, today: date) -> str:
    page = fill(
        browser,
        reverse("appointment_new", args=[number]),
        kind="doctor",
        on=today - timedelta(days=41),
        begins="09:00",
        ends="09:45",
        with_whom="Dr. Salo",
        place="Terveysasema",
        is_accompanied="on",
    )
    assert "Prepare" in browser.get(page).text
    fill(browser, f"{page}preparation/", wants_to_say="I am afraid of needles.", asked_for="A statement B.")
    sheet = browser.get(f"{page}sheet/").text
    printed = browser.get(f"{page}sheet.pdf")
    for words in ("Cannot sit for an hour.", "I am afraid of needles.", "A statement B."):
        assert words in sheet
        assert words in pdf_text(printed.content)
    assert [canary for canary in CANARIES if canary in printed.headers["Content-Disposition"]] == []
    return page


def the_visit_is_debriefed(browser: PortalClient, visit: str, today: date) -> None:
    typed: dict[str, Any] = {"said": "An MRI is needed.", "ordered": "MRI", "next_step": "Book the MRI"}
    work: dict[str, Any] = {"logs_work": "on", "product": "client_meeting", "minutes": 95, "is_billable": "on"}
    assert "by which day" in refused(browser, f"{visit}debrief/", **typed, **work)
    fill(browser, f"{visit}debrief/", **typed, **work, next_on=today + timedelta(days=2))

    shown = browser.get(visit).text
    assert "An MRI is needed." in shown
    assert Appointment.objects.get().state == Appointment.State.HELD
    assert (Task.objects.get().title, ServiceEntry.objects.get().minutes) == ("Book the MRI", 95)


def a_statement_is_asked_for(browser: PortalClient, number: str, today: date) -> str:
    days: dict[str, Any] = {"asked_on": today - timedelta(days=40), "due_on": today - timedelta(days=9)}
    known: dict[str, Any] = {"kind": "B", "asked_of": "Dr. Salo", "purpose": "The back, and sitting."}
    fill(browser, reverse("statement_new", args=[number]), **known, **days)
    return reverse("statement", args=[number, StatementRequest.objects.get().pk])


def nobody_answers_and_the_sweep_says_so(browser: PortalClient, municipality_id: int, today: date) -> None:
    swept = Task.objects.filter(occasion__isnull=False)
    for _ in range(3):  # however often the alarm rings
        app.send_task("reminders.queue_due", kwargs={"municipality_id": municipality_id, "on": today.isoformat()})
    wait_until(swept.exists)

    assert swept.get().title in browser.get(reverse("today")).text
    assert "Medical statement B" in swept.get().title


def the_statement_is_reminded_of_and_comes(browser: PortalClient, statement: str, today: date) -> None:
    fill(browser, f"{statement}remind/", due_on=today + timedelta(days=3))
    assert Task.objects.filter(occasion__isnull=False).get().is_done
    assert "Statement expected: Medical statement B" in browser.get(reverse("today")).text

    fill(browser, f"{statement}receive/", written_on=today - timedelta(days=2), file=a_pdf())
    request = StatementRequest.objects.get()
    assert request.document is not None
    assert request.document.kind == Document.Kind.STATEMENT_B
    assert "Statement expected" not in browser.get(reverse("today")).text


def the_team_is_invited(mail_server, browser, aino, team, municipality_id, today) -> AgendaItem:
    case, fanni = Case.objects.get(), browser_of(team["Fanni"])
    assert fanni.get(case.get_absolute_url()).status_code == 404
    seats = {f"is_invited_{user.pk.hex}": "on" for user in team.values()}
    seats |= {f"profession_{user.pk.hex}": PROFESSIONALS[name] for name, user in team.items()}
    times = {"on": today, "begins": "00:00", "ends": "23:59"}  # it has begun, and those invited still get a mail
    page = fill(browser, reverse("meeting_new"), **times, place="Terveysasema, room 2", **seats)
    fill(browser, f"{page}agenda/add/", case=case.pk, question="Is rehabilitation the right way?")
    other = an_item(Meeting.objects.get(), a_case(by=aino, at=timezone.now()), by=aino, at=timezone.now())

    assert "Liisa Laine" in fanni.get(page).text

    app.send_task("mail.deliver_due", kwargs={"municipality_id": municipality_id})
    wait_until(lambda: len(mail_server.mails()) == len(team))
    letters = received(mail_server)
    assert {str(letter["To"]) for letter in letters} == {user.email for user in team.values()}
    text = "".join(part.get_content() for one in letters for part in one.walk() if not part.is_multipart())
    assert text.count(f"http://kaavi.localhost:8000{page}") >= len(team)
    secrets = (*CANARIES, case.number, other.case.number)
    said = text + "".join(letter.as_string() for letter in letters)
    assert [secret for secret in secrets if secret in said] == []
    return AgendaItem.objects.get(case=case)


def the_physiotherapist_writes_a_check(fanni: PortalClient, number: str) -> None:
    known = {"kind": "physiotherapist", "summary": "Lifting hurts.", "recommendation": "Sitting work with pauses."}
    page = fill(
        fanni,
        reverse("assessment_new", args=[number]),
        **known,
        score_moving="1",
        note_moving="Lifts five kilos.",
        score_endurance="2",
    )
    assert "Lifts five kilos." in fanni.get(page).text
    assert Assessment.objects.get().written_by.name == "Fanni"
    assert fanni.get(reverse("note_add", args=[number])).status_code == 403


def what_was_typed_into_the_minutes_outlives_the_session(browser: PortalClient, aino: User, item: AgendaItem) -> None:
    place = reverse("minutes_edit", args=[item.case.number, item.pk])
    typed = {"text": "The back was discussed.", "version": item.version, "autosave": "1"}
    assert browser.post(reverse("draft_save"), {"place": place, "content": urlencode(typed)}).status_code == 200
    browser.logout()

    again = browser_of(aino)
    browser.cookies = again.cookies
    assert "Restored" in browser.get(place).text
    fill(browser, place, recommendation="Rehabilitation before work.", decision="The doctor refers.", autosave="1")
    item.refresh_from_db()
    assert (item.text, item.is_final) == ("The back was discussed.", False)
    assert not Draft.objects.exists()


def everybody_promises_something(browser: PortalClient, item: AgendaItem, team: dict[str, User], today: date) -> None:
    for name, user in team.items():
        promise: dict[str, Any] = {"assignee": user.pk, "title": f"{PROFESSIONALS[name]}: call back", "due_on": today}
        fill(browser, reverse("minutes_task", args=[item.case.number, item.pk]), **promise)
        assert promise["title"] in browser_of(user).get(reverse("today")).text


def the_minutes_become_final(browser: PortalClient, item: AgendaItem, team: dict[str, User]) -> None:
    number, meeting = item.case.number, item.meeting.get_absolute_url()
    of_case = [number, item.pk]
    draft = browser.get(reverse("minutes_pdf", args=of_case))
    assert "Draft. Not final." in pdf_text(draft.content)
    fill(browser, f"{meeting}presence/")
    fill(browser, reverse("minutes_finalise", args=of_case))
    assert "Open:" in browser.post(f"{meeting}close/", follow=True).text  # the other client's are not

    paper = browser.get(reverse("minutes_pdf", args=of_case))
    text = pdf_text(paper.content)
    promises = [f"{profession}: call back" for profession in PROFESSIONALS.values()]
    words = ["Liisa Laine", "The back was discussed.", "Rehabilitation before work.", *PROFESSIONALS, *promises]
    assert [word for word in words if word not in text] == []
    assert "Meikäläinen" not in text
    assert [secret for secret in CANARIES if secret in paper.headers["Content-Disposition"]] == []

    other = AgendaItem.objects.exclude(case=item.case).get()
    fill(browser, reverse("agenda_take_off", args=[other.case.number, other.pk]), reason="There was no time.")
    browser.post(f"{meeting}close/")
    item.meeting.refresh_from_db()
    assert item.meeting.state == Meeting.State.CLOSED
    seen = [browser_of(user).get(reverse("case", args=[number])).status_code for user in team.values()]
    assert seen == [404] * len(team)
    a_promise_is_kept_without_the_client(browser_of(team["Fanni"]), number)


def a_promise_is_kept_without_the_client(fanni: PortalClient, number: str) -> None:
    task = Task.objects.get(assignee__name="Fanni")
    page = fanni.get(reverse("today")).text
    assert task.title in page
    assert number in page
    assert "Laine" not in page
    assert fanni.post(reverse("task_done", args=[task.pk])).status_code == 302
    task.refresh_from_db()
    assert task.is_done


def a_description_is_written(browser: PortalClient, number: str) -> str:
    edit = fill(browser, reverse("description_new", args=[number]), language="en")
    page = reverse("ability_description", args=[number, AbilityDescription.objects.get().pk])
    assert edit == f"{page}edit/"
    begun = browser.get(page)
    words = [*TOLD.values(), "Cannot sit for an hour.", "Lifts five kilos.", "Sitting work with pauses."]
    assert [word for word in words if word not in begun.text] == []
    assert "Section “What the client is able to do” is empty." in begun.context["missing"]

    fill(browser, edit, strengths="Sits half an hour; learns by doing.", daily="Carries no shopping.")
    left = browser.get(page).context["missing"]
    assert "Section “What the client is able to do” is empty." not in left
    assert "Section “Sleep, memory and mood” is empty." in left
    return page


def the_description_is_signed_and_printed(browser: PortalClient, page: str) -> None:
    fill(browser, f"{page}sign/", is_ready="on")
    assert AbilityDescription.objects.get().is_signed

    pdf, word = browser.get(f"{page}pdf/", follow=True), browser.get(f"{page}docx/")
    for text in (pdf_text(pdf.content), docx_text(word.content)):
        assert "Sits half an hour; learns by doing." in text
        assert "A builder for twenty years." in text
        assert "Aino" in text
    for paper in (pdf, word):
        assert [secret for secret in CANARIES if secret in paper.headers["Content-Disposition"]] == []
    assert browser.post(f"{page}edit/", {"strengths": "Nothing."}).status_code == 302
    assert "Nothing." not in browser.get(page).text


def an_allowance_is_applied_for(browser: PortalClient, number: str, description: str, today: date) -> None:
    page = fill(browser, reverse("application_new", args=[number]), benefit_code="SPR", decider_code="kela")
    fill(browser, f"{description}attach/", application=Application.objects.get().pk)
    statement = StatementRequest.objects.get()
    paper: dict[str, Any] = {"document": statement.document_id, "dated_on": statement.written_on}
    fill(browser, f"{page}evidence/", kind="B", title="Dr. Salo", **paper)

    fill(browser, f"{page}file/", filed_on=today)
    application = Application.objects.get()
    assert (application.benefit_code, application.filed_on) == ("SPR", today)
    assert {evidence.kind for evidence in application.evidence.all()} == {"B", "description"}


def only_those_allowed_get_the_paper(browser: PortalClient, number: str, today: date) -> None:
    paper = Document.objects.get(kind=Document.Kind.DESCRIPTION)
    address = reverse("disclosure_new", args=[number, paper.pk])
    fill(browser, address, partner="kela", recipient="Kela, Kuopio")
    missing = refused(browser, address, partner="employer", recipient="Rakennus Oy")
    assert "consent is missing" in missing


def everything_stands_on_the_timeline(browser: PortalClient, number: str) -> None:
    address = reverse("case_timeline", args=[number])
    pages = [browser.get(f"{address}?page={page}").text for page in (1, 2, 3)]
    text = "".join(pages)
    kinds = set(Event.objects.filter(case__number=number).values_list("kind", flat=True))

    assert kinds >= {
        "mapping.interviewed",
        "consent.given",
        "appointment.prepared",
        "appointment.held",
        "service.logged",
        "statement.asked",
        "statement.reminded",
        "statement.received",
        "agenda.added",
        "assessment.written",
        "minutes.finalised",
        "description.begun",
        "description.signed",
        "application.filed",
        "document.handed_over",
    }
    assert [kind for kind in kinds if str(EVENTS[kind].label) not in text] == []


def today_shows_what_comes_next(browser: PortalClient, number: str) -> None:
    page = browser.get(reverse("today")).text
    assert "Book the MRI" in page
    assert "Book the MRI" in browser.get(reverse("case", args=[number])).text
    assert "Liisa Laine" in page


def every_look_is_in_the_log(browser: PortalClient, number: str, team: dict[str, User]) -> None:
    looks = AccessEntry.objects.filter(subject=number)
    for tab in (*TABS, "basics/"):
        before = looks.count()
        assert browser.get(f"{reverse('case', args=[number])}{tab}").status_code == 200
        assert looks.count() == before + 1, tab

    actions = set(looks.values_list("action", flat=True))
    papers = {"appointment.printed", "minutes.fetched", "description.printed", "document.fetched"}
    assert actions >= papers | {"case.seen", "minutes.seen", "minutes.saved", "agenda.seen", "assessment.written"}
    assert looks.filter(actor=team["Fanni"].pk, action="case.seen").exists()
    assert checking.check().is_whole


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield
