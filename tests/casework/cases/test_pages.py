"""The pages of a case as people use them: looking, working, closing; the reason for opening somebody else's."""

from datetime import date

import pytest
from django.urls import reverse

from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.cases import notes
from casework.models import Case, Note
from tenants.audit.models import AccessEntry
from tests.casework.applications.making import application_at
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import browser_of

DAY = date(2026, 11, 16)
BUDGET = 15  # queries, whatever the number of clients


def address(name: str, case: Case, *more) -> str:
    return reverse(name, args=[case.number, *more])


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino, first_name="Matti", last_name="Meikäläinen")


def test_the_overview_shows_what_is_going_on(case, aino, aino_browser):
    tasks.add(case=case, title="Ask Kela about the handling", due_on=DAY, assignee=aino, by=aino, at=NOON)
    notes.write(case=case, kind="call", text="They need the statement.", on=DAY, by=aino, at=NOON)
    application_at("filed", by=aino, case=case)

    page = aino_browser.get(address("case", case)).content.decode()

    for words in ("Matti Meikäläinen", case.number, "Ask Kela about the handling", "They need the statement.", "Keva"):
        assert words in page


def test_the_overview_is_in_the_access_log_with_its_route(case, aino, aino_browser):
    aino_browser.get(address("case", case))

    entry = AccessEntry.objects.filter(action="case.seen").get()
    assert (entry.subject, entry.route) == (case.number, "case")


@pytest.mark.parametrize(
    "name", ["case", "case_timeline", "case_basics", "case_tasks", "case_documents", "case_services"]
)
def test_a_page_of_a_case_asks_few_questions_however_full_it_is(
    case, aino, aino_browser, django_assert_max_num_queries, name
):
    for number in range(12):
        tasks.add(case=case, title=str(number), due_on=DAY, assignee=aino, by=aino, at=NOON)
        notes.write(case=case, kind="note", text=str(number), on=DAY, by=aino, at=NOON)
    for state in ("draft", "filed", "decided"):
        application_at(state, by=aino, case=case)

    with django_assert_max_num_queries(BUDGET):
        assert aino_browser.get(address(name, case)).status_code == 200


@pytest.mark.usefixtures("real_clock")  # the log has the clock of the database
def test_a_reason_opens_somebody_elses_case_for_the_day_and_is_kept(case, bertta):
    browser = browser_of(bertta)
    asked = browser.get(address("case_timeline", case) + "?show=notes")
    page = browser.get(asked.headers["Location"])
    assert "Meikäläinen" not in page.content.decode()

    answer = browser.post(asked.headers["Location"], {"reason": "Aino is ill today."})

    assert answer.headers["Location"] == address("case_timeline", case) + "?show=notes"
    assert browser.get(answer.headers["Location"]).status_code == 200
    assert browser.get(address("case", case)).status_code == 200
    given = AccessEntry.objects.get(action="case.reason_given")
    assert (given.actor, given.subject, given.reason) == (bertta.pk, case.number, "Aino is ill today.")


@pytest.mark.parametrize("reason", ["  ", "x", "-", "1234567890", "Aino ill", "............ok............"])
def test_without_a_reason_of_ten_letters_the_case_stays_shut(case, bertta, reason):
    browser = browser_of(bertta)

    answer = browser.post(address("case_reason", case), {"reason": reason})

    assert answer.status_code == 200
    assert browser.get(address("case", case)).status_code == 302


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "nowhere"])
def test_a_reason_leads_to_no_other_site(case, bertta, next_page):
    answer = browser_of(bertta).post(
        address("case_reason", case) + f"?next={next_page}", {"reason": "Aino is ill today."}
    )

    assert answer.headers["Location"] == address("case", case)


def test_a_note_is_written_from_the_page(case, aino_browser):
    form = {"kind": "call", "on": "2026-11-16", "text": "Called Keva."}

    assert aino_browser.post(address("note_add", case), form).headers["Location"] == address("case", case)
    assert Note.objects.get().text == "Called Keva."


def test_a_note_before_birth_stands_at_its_field_and_what_was_typed_stays(case, aino_browser):
    form = {"kind": "call", "on": "1950-01-01", "text": "Called Keva."}

    page = aino_browser.post(address("note_add", case), form)

    assert "on" in page.context["form"].errors
    assert "Called Keva." in page.content.decode()
    assert not Note.objects.exists()


@pytest.mark.usefixtures("real_clock")
def test_the_supervisor_gives_a_case_to_another_coordinator(case, aino, bertta):
    browser = browser_of(bertta)
    browser.post(address("case_reason", case), {"reason": "Aino leaves."})

    browser.post(address("case_reassign", case), {"coordinator": str(bertta.pk), "version": "1"})

    assert Case.objects.get().coordinator == bertta


def test_a_coordinator_gives_no_case_away(case, aino, bertta, aino_browser):
    answer = aino_browser.post(address("case_reassign", case), {"coordinator": str(bertta.pk), "version": "1"})

    assert answer.status_code == 403
    assert Case.objects.get().coordinator == aino


def test_the_second_of_two_editors_is_told_keeps_what_was_typed_and_may_save_knowingly(case, aino, aino_browser):
    cases.set_direction(case=case, direction="pension", direction_on=DAY, version=1, by=aino, at=NOON)
    form = {"direction": "work", "direction_on": "2026-11-10", "version": "1"}

    page = aino_browser.post(address("case_direction", case), form)

    assert page.context["form"].non_field_errors()
    assert page.context["form"]["direction"].value() == "work"
    assert page.context["form"]["version"].value() == "2"
    assert Case.objects.get().direction == "pension"
    aino_browser.post(address("case_direction", case), form | {"version": "2"})
    assert Case.objects.get().direction == "work"


def test_closing_asks_about_applications_under_way_and_reopening_brings_the_case_back(case, aino, aino_browser):
    application = application_at("filed", by=aino, case=case)
    assert len(aino_browser.get(address("case_close", case)).context["ends"]) == 1

    typed = {"outcome": "moved", "closed_on": "2026-11-16", "version": "1"}
    aino_browser.post(address("case_close", case), typed)
    assert Case.objects.get().is_open
    aino_browser.post(address("case_close", case), typed | {f"to_{application.pk}": "client"})
    closed = Case.objects.get()
    assert (closed.outcome, closed.closed_on) == ("moved", DAY)

    aino_browser.post(address("case_reopen", case))
    assert Case.objects.get().is_open


def test_working_on_a_closed_case_gets_a_friendly_refusal(case, aino, aino_browser):
    cases.close(case=case, outcome="moved", closed_on=DAY, version=1, by=aino, at=NOON)

    page = aino_browser.post(address("note_add", case), {"kind": "note", "on": "2026-11-16", "text": "Late thought"})
    assert page.context["form"].non_field_errors()
    again = aino_browser.post(address("case_reopen", case))
    assert (again.status_code, aino_browser.post(address("case_reopen", case)).status_code) == (302, 409)


def test_joining_the_team_lets_a_team_member_see_and_leaving_shuts(case, aino_browser, daavid):
    browser = browser_of(daavid)
    assert browser.get(address("case", case)).status_code == 404

    aino_browser.post(address("case_team", case), {"user": str(daavid.pk)})
    page = browser.get(address("case", case))
    assert page.status_code == 200
    assert reverse("note_add", args=[case.number]) not in page.content.decode()

    participant = case.participants.get()
    aino_browser.post(address("participant_remove", case, participant.pk))
    assert browser.get(address("case", case)).status_code == 404


def test_the_coordinator_is_not_offered_for_the_team(case, aino, bertta, aino_browser):
    people = aino_browser.get(address("case_team", case)).context["form"].fields["user"].queryset

    assert set(people) == {bertta}


def test_the_timeline_filter_and_its_pages(case, aino, aino_browser):
    for number in range(35):
        notes.write(case=case, kind="note", text=f"Thought {number}.", on=DAY, by=aino, at=NOON)

    first = aino_browser.get(address("case_timeline", case) + "?show=notes")
    second = aino_browser.get(address("case_timeline", case) + "?show=notes&page=2")

    assert (len(first.context["entries"]), len(second.context["entries"])) == (30, 5)
    assert "show=notes&amp;page=2" in first.content.decode()


def test_who_does_not_want_to_go_on_does_not_leave_by_the_closing_form(case, aino_browser):
    """It would leave visits, agendas and consents behind; the page leads to the withdrawal."""
    form = {"outcome": "withdrew", "closed_on": "2026-11-16", "version": "1"}

    page = aino_browser.post(address("case_close", case), form)

    assert "outcome" in page.context["form"].errors
    assert address("case_withdraw", case) in page.text
    assert Case.objects.get(pk=case.pk).is_open
