"""A client with everything under way leaves the service: what stops, what goes on, who sees what, what is kept."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.law.workflow import StatementState
from casework.models import AbilityDescription, AgendaItem, Appointment, Case, Consent, Document, Draft, Task
from tasks.app import app
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.audit import checking
from tenants.audit.models import AccessEntry
from tenants.display import day
from tenants.scope import in_municipality
from tests.casework.applications.making import a_decision, application_at
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_consent
from tests.casework.descriptions.making import a_description
from tests.casework.meetings.making import a_meeting, an_item
from tests.casework.statements.making import a_statement
from tests.casework.visits.making import an_appointment, prepared
from tests.journeys.typing_in import fill, refused
from tests.mail_server import received
from tests.papers import pdf_text
from tests.people import PortalClient, browser_of, person
from tests.tasks.processes import wait_until

CANARIES = ("Liisa", "Laine", "Health centre", "Dr. Salo", "Dr Koski", "Backache")
LAW, LOG = "380/2023 122 §", "906/2019 21 §"


@dataclass(frozen=True)
class Staff:
    """Who works with Liisa: her coordinator, the chair, a doctor in her team, and who is invited to the meeting."""

    aino: User
    bertta: User
    daavid: User
    fanni: User


def test_a_client_leaves_with_everything_under_way(real_clock, workers, mail_server, settings, tmp_path):
    settings.FILES = tmp_path / "files"
    today = timezone.localdate()
    with in_municipality("kaavi") as kaavi:
        staff = everybody()
        aino = browser_of(staff.aino)
        case = everything_is_under_way(staff, today)
        other = somebody_else_waits_as_long(staff, today)
        feeds = {user.name: a_private_calendar(browser_of(user)) for user in (staff.aino, staff.fanni)}
        papers = what_the_team_sees(staff, case)

        aino_reads_what_it_means(aino, case, today)
        the_client_withdraws(aino, case, today)

        what_the_service_planned_has_stopped(case)
        what_is_the_clients_own_goes_on(case)
        the_team_sees_nothing_more(staff, case, papers)
        calendars_take_the_visit_off(feeds, case)
        the_chair_and_today_know(staff, case)
        nobody_is_mailed_about_the_client(workers, mail_server, staff, case, other, kaavi.pk, today)
        the_data_stay_for_their_time(aino, case, today)
        the_client_gets_a_paper(aino, case, today)
        every_look_is_in_the_log(staff, case)


def everybody() -> Staff:
    return Staff(
        aino=person("Aino", Role.COORDINATOR, language="en"),
        bertta=person("Bertta", Role.SUPERVISOR, language="en"),
        daavid=person("Daavid", Role.TEAM_MEMBER, language="en"),
        fanni=person("Fanni", Role.TEAM_MEMBER, language="en"),
    )


def everything_is_under_way(staff: Staff, today: date) -> Case:
    now, by = timezone.now(), staff.aino
    known: dict[str, Any] = {"by": by, "at": now}
    case = a_case(first_name="Liisa", last_name="Laine", opened_on=today - timedelta(days=200), **known)
    a_consent(case, "team", "discuss", given_on=today - timedelta(days=100), **known)
    a_consent(case, given_on=today - timedelta(days=100), **known)
    cases.add_participant(case=case, user=staff.daavid, since=today, **known)
    prepared(an_appointment(case, on=today + timedelta(days=1), **known), **known)
    a_statement(case=case, asked_on=today - timedelta(days=40), due_on=today - timedelta(days=3), **known)
    filed_on = today - timedelta(days=90)
    rejected = application_at("filed", case=case, filed_on=filed_on, **known)
    days: dict[str, Any] = {"decided_on": today - timedelta(days=6), "notice_on": today - timedelta(days=5)}
    a_decision(application=rejected, **days, **known)
    application_at("filed", case=case, filed_on=today - timedelta(days=160), **known)
    a_description("signed", case=case, health="Backache.", **known)
    for title in ("Book the MRI", "Tell the last day of appeal"):
        tasks.add(case=case, title=title, due_on=today, assignee=by, **known)
    tomorrow = now + timedelta(days=1)
    meeting = a_meeting(team=[staff.fanni], starts_at=tomorrow, by=staff.bertta, at=now)
    an_item(meeting, case, question="Backache: what next?", **known)
    return case


def somebody_else_waits_as_long(staff: Staff, today: date) -> Case:
    """A case whose reminder and task prove that both alarms went off."""
    known: dict[str, Any] = {"by": staff.aino, "at": timezone.now()}
    case = a_case(opened_on=today - timedelta(days=200), **known)
    application_at("filed", case=case, filed_on=today - timedelta(days=160), **known)
    a_statement(case=case, asked_on=today - timedelta(days=40), due_on=today - timedelta(days=3), **known)
    return case


def a_private_calendar(browser: PortalClient) -> str:
    address: str = browser.post(reverse("calendar_feed_make")).context["address"]
    return address.removeprefix("http://kaavi.localhost:8000")


def events_of(feed: str) -> list[dict[str, Any]]:
    answer = PortalClient("kaavi.localhost").get(feed)
    assert [canary for canary in CANARIES if canary in answer.text] == []
    return [dict(event) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


def what_the_team_sees(staff: Staff, case: Case) -> list[str]:
    """Open everything that team members have of the case, and leave a half-written assessment behind."""
    item, description = AgendaItem.objects.get(), AbilityDescription.objects.get()
    pages = [
        case.get_absolute_url(),
        *(reverse(name, args=[case.number]) for name in ("case_timeline", "case_visits", "case_documents")),
        Appointment.objects.get().get_absolute_url(),
        item.get_absolute_url(),
        reverse("minutes_pdf", args=[case.number, item.pk]),
        reverse("description_docx", args=[case.number, description.pk]),
        reverse("document", args=[case.number, description.document_id]),
        reverse("assessment_new", args=[case.number]),
    ]
    for user in (staff.daavid, staff.fanni):
        browser = browser_of(user)
        assert [page for page in pages if browser.get(page).status_code != 200] == []
    draft = {"place": pages[-1], "content": "summary=Half-written"}
    assert browser_of(staff.fanni).post(reverse("draft_save"), draft).status_code == 200
    return pages


def aino_reads_what_it_means(aino: PortalClient, case: Case, today: date) -> None:
    page = aino.get(reverse("case_withdraw", args=[case.number])).text

    assert f"Agenda of the meeting of {day(today + timedelta(days=1))}" in page
    words = ("Medical statement B, asked", "Doctor&#x27;s visit,", "Task: Tell", "goes on handling", "Appeal against")
    assert [word for word in words if word not in page] == []
    assert aino.get(reverse("withdrawal_paper", args=[case.number])).status_code == 200


def the_client_withdraws(aino: PortalClient, case: Case, today: date) -> None:
    address = reverse("case_withdraw", args=[case.number])
    assert "or a later one" in refused(aino, address, on=case.opened_on - timedelta(days=1))
    assert "was opened on" in refused(aino, address, on=case.opened_on - timedelta(days=1))
    kept = next(task for task in Task.objects.all() if task.title.startswith("Tell"))

    page = fill(aino, address, reason="I want to rest now.", **{f"to_{kept.pk}": str(case.coordinator_id)})
    assert page == reverse("case_basics", args=[case.number])
    assert aino.get(address).status_code == 302  # twice is well
    case.refresh_from_db()
    assert (case.outcome, case.closed_on) == (Case.Outcome.WITHDREW, today)


def what_the_service_planned_has_stopped(case: Case) -> None:
    visit, item, statement = Appointment.objects.get(), AgendaItem.objects.get(), case.statement_requests.get()

    assert visit.is_cancelled
    assert item.is_withdrawn
    assert statement.state == StatementState.CANCELLED
    assert not Consent.objects.filter(withdrawn_on=None).exists()
    assert not case.participants.filter(until=None).exists()
    left = case.tasks.filter(done_at=None, assignee=case.coordinator)
    assert [task.title for task in left] == ["Tell the last day of appeal"]
    assert case.client.is_voluntary is False


def what_is_the_clients_own_goes_on(case: Case) -> None:
    states = sorted(application.state for application in case.applications.all())

    assert states == ["decided", "filed"]
    assert case.applications.get(state="decided").decisions.get().last_day is not None


def the_team_sees_nothing_more(staff: Staff, case: Case, papers: list[str]) -> None:
    for user in (staff.daavid, staff.fanni):
        browser = browser_of(user)
        assert {page: browser.get(page).status_code for page in papers} == dict.fromkeys(papers, 404)
        for place in (reverse("today"), reverse("client_list"), reverse("meeting_list"), reverse("appointment_list")):
            assert "Laine" not in browser.get(place).text
        draft = {"place": papers[-1], "content": "summary=More"}
        assert browser.post(reverse("draft_save"), draft).status_code == 404

    meeting = browser_of(staff.fanni).get(AgendaItem.objects.get().meeting.get_absolute_url())
    assert meeting.status_code == 200  # the meeting is held, without the client
    assert [word for word in ("Laine", case.number, "Backache") if word in meeting.text] == []
    assert [draft.content for draft in Draft.objects.all()] == ["summary=Half-written"]


def calendars_take_the_visit_off(feeds: dict[str, str], case: Case) -> None:
    (visit,) = [event for event in events_of(feeds["Aino"]) if case.number in event["SUMMARY"]]
    assert (visit["STATUS"], visit["SEQUENCE"]) == ("CANCELLED", 1)

    (meeting,) = events_of(feeds["Fanni"])
    assert case.number not in meeting["SUMMARY"]
    assert meeting.get("STATUS") != "CANCELLED"


def the_chair_and_today_know(staff: Staff, case: Case) -> None:
    chair, aino = (browser_of(user).get(reverse("today")).text for user in (staff.bertta, staff.aino))

    assert f"Case {case.number} is off the agenda of" in chair
    assert "Tell the last day of appeal" in aino
    assert [word for word in ("Book the MRI", "Doctor&#x27;s visit") if word in aino] == []


def nobody_is_mailed_about_the_client(workers, mail_server, staff, case, other, municipality_id, today) -> None:
    workers.worker()  # one task after the other
    app.send_task("reminders.queue_due", kwargs={"municipality_id": municipality_id, "on": today.isoformat()})
    wait_until(other.tasks.filter(occasion__isnull=False).exists)
    app.send_task("mail.deliver_due", kwargs={"municipality_id": municipality_id})
    wait_until(lambda: len(mail_server.mails()) >= 2)

    letters = received(mail_server)
    assert sorted(str(letter["To"]) for letter in letters) == [staff.aino.email, staff.fanni.email]
    text = "".join(letter.as_string() for letter in letters)
    text += "".join(part.get_content() for one in letters for part in one.walk() if not part.is_multipart())
    assert other.number in text
    assert [word for word in (*CANARIES, case.number) if word in text] == []
    assert not case.tasks.filter(occasion__isnull=False).exists()


def the_data_stay_for_their_time(aino: PortalClient, case: Case, today: date) -> None:
    page = aino.get(reverse("case_basics", args=[case.number])).text.replace("\N{NO-BREAK SPACE}", " ")
    assert f"until {day(today.replace(year=today.year + 4))}" in page
    assert LAW in page
    assert LOG in page

    timeline = aino.get(reverse("case_timeline", args=[case.number])).text
    assert "I want to rest now." in timeline
    paper = aino.get(reverse("document", args=[case.number, Document.objects.get().pk]))
    assert paper.content.startswith(b"%PDF")
    closed: dict[str, Any] = {"kind": "note", "text": "More.", "on": today}
    assert "closed" in refused(aino, reverse("note_add", args=[case.number]), **closed)


def the_client_gets_a_paper(aino: PortalClient, case: Case, today: date) -> None:
    paper = aino.get(reverse("withdrawal_paper", args=[case.number]))
    text = pdf_text(paper.content)

    last_day = case.applications.get(state="decided").decisions.get().last_day
    assert last_day is not None
    words = ("Liisa Laine", day(last_day), day(today.replace(year=today.year + 4)), LAW, "Aino")
    assert [word for word in words if word not in text] == []
    assert "Laine" not in paper.headers["Content-Disposition"]


def every_look_is_in_the_log(staff: Staff, case: Case) -> None:
    looks = AccessEntry.objects.filter(subject=case.number)
    actions = set(looks.values_list("action", flat=True))

    assert actions >= {"case.withdrew", "case.closed", "withdrawal.printed", "document.fetched", "calendar.read"}
    assert looks.filter(actor=staff.fanni.pk, action="minutes.fetched").exists()
    assert checking.check().is_whole


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield
