"""Today: clocks, promises, visits, referrals, slow decisions, silence; each row with one action; mine or all."""

from datetime import date, datetime, time, timedelta

import pytest

from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.models import Case, StatementRequest, Task
from casework.reminders.sweep import sweep
from tenants.accounts.languages import LANGUAGE_COOKIE
from tenants.audit.models import AccessEntry
from tests.casework.applications.making import (
    LAST_DAY,
    SAFE_DAY,
    a_decision,
    appeal_at,
    application_at,
    closed_check,
    evidence_of,
)
from tests.casework.cases.making import a_case, a_referral
from tests.casework.meetings.making import a_meeting, an_item
from tests.casework.statements.making import a_statement
from tests.casework.visits.making import an_appointment
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


def a_task(title, *, by, due_on, case=None, assignee=None):
    return tasks.add(case=case, title=title, due_on=due_on, assignee=assignee or by, by=by, at=NOON)


def groups(answer):
    return {str(group.label): [row.title for row in group.rows] for group in answer.context["groups"]}


def noon_of(day):
    return datetime.combine(day, NOON.timetz())


# --- the strip --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "words"), [(0, "promises"), (1, "promise"), (2, "promises")])
def test_one_of_a_kind_is_counted_in_the_singular(kaavi, aino, number, words):
    for _ in range(number):
        a_task("Soita lääkärille", by=aino, due_on=TODAY)
    browser = browser_of(aino)
    browser.cookies[LANGUAGE_COOKIE] = "en"

    answer = browser.get("/")

    assert f'<span class="n">{number}</span><span class="k">{words}</span>' in answer.text


# --- what -------------------------------------------------------------------------------------------------------


def test_promises_are_grouped_by_how_near_they_are(kaavi, aino, aino_browser):
    days = {"Late": -3, "Now": 0, "Sunday": 6, "Monday": 7, "Next Sunday": 13, "Too far": 14}
    for title, days_ahead in days.items():
        a_task(title, by=aino, due_on=TODAY + timedelta(days=days_ahead))

    answer = aino_browser.get("/")

    assert list(groups(answer).values()) == [["Late"], ["Now"], ["Sunday"], ["Monday", "Next Sunday"]]
    assert answer.context["promise_count"] == 5
    assert "Too far" not in answer.text


def test_next_week_is_folded_when_there_is_enough_before_it(kaavi, aino, aino_browser):
    for days_ahead in (0, 0, 0, 0, 1, 1, 1, 7):
        a_task("Call", by=aino, due_on=TODAY + timedelta(days=days_ahead))
    assert "<details" not in aino_browser.get("/").text

    a_task("Call", by=aino, due_on=TODAY)

    assert "<details" in aino_browser.get("/").text


def test_of_very_many_promises_the_nearest_are_shown_and_it_is_said_how_many_there_are(kaavi, aino, aino_browser):
    for number in range(52):
        a_task(f"Call {number}", by=aino, due_on=TODAY)

    answer = aino_browser.get("/")

    assert (answer.context["shown_promises"], answer.context["promise_count"]) == (50, 52)


def test_clocks_of_the_law_stand_apart_from_promises_and_before_them(kaavi, aino, aino_browser, time_is):
    time_is(noon_of(SAFE_DAY))
    browser = browser_of(aino)
    appeal = appeal_at("draft", by=aino)
    a_task("Call the doctor", by=aino, due_on=SAFE_DAY)

    answer = browser.get("/")

    assert [row.url for row in answer.context["clocks"]] == [appeal.decision.get_absolute_url()]
    assert groups(answer) == {str(answer.context["groups"][0].label): ["Call the doctor"]}
    assert answer.text.index('id="clocks"') < answer.text.index('id="promises"') < answer.text.index('id="visits"')


def test_more_information_that_is_due_is_a_clock_and_its_action_is_to_supply(kaavi, aino, aino_browser):
    application = application_at("returned", by=aino)  # due on 30.11.

    [row] = aino_browser.get("/").context["clocks"]

    assert (row.on, row.url) == (date(2026, 11, 30), application.get_absolute_url())
    assert row.act.url.endswith("/supply/")


def test_an_appeal_aims_at_the_safe_day_and_then_at_the_last_day(kaavi, aino, time_is):
    appeal_at("draft", by=aino)

    def only_row(day):
        time_is(noon_of(day))
        [row] = browser_of(aino).get("/").context["clocks"]
        return row.on

    assert only_row(SAFE_DAY - timedelta(days=3)) == SAFE_DAY
    assert only_row(SAFE_DAY + timedelta(days=1)) == LAST_DAY
    assert only_row(LAST_DAY + timedelta(days=1)) == LAST_DAY


def test_a_filed_or_given_up_appeal_is_no_deadline(kaavi, aino, time_is):
    appeal_at("filed", by=aino)
    appeal_at("withdrawn", by=aino)
    time_is(noon_of(LAST_DAY))

    assert browser_of(aino).get("/").context["clocks"] == []


def test_another_way_than_appeal_leaves_today_when_the_last_day_is_over(kaavi, aino, time_is):
    closed_check(a_decision(by=aino), "re_examination", by=aino)

    def shown(day):
        time_is(noon_of(day))
        return len(browser_of(aino).get("/").context["clocks"])

    assert (shown(LAST_DAY), shown(LAST_DAY + timedelta(days=1))) == (1, 0)


def test_a_decision_that_takes_long_is_shown_with_its_bar(kaavi, aino, aino_browser):
    application_at("filed", by=aino)
    application_at("filed", filed_on=date(2026, 11, 2), by=aino)

    answer = aino_browser.get("/")

    [row] = answer.context["waiting"]
    assert (row.waited, row.usual) == (83, 39)
    assert '<svg class="waitbar"' in answer.text


def test_an_open_check_is_there_until_it_is_closed(kaavi, aino, aino_browser):
    decision = a_decision(by=aino)
    assert len(aino_browser.get("/").context["checks"]) == 1

    closed_check(decision, "appeal", by=aino)

    assert aino_browser.get("/").context["checks"] == []


def test_new_referrals_are_there_with_the_age_of_the_oldest(kaavi, aino, aino_browser):
    a_referral(by=aino)

    answer = aino_browser.get("/")

    assert answer.context["referral_count"] == 1
    assert "3" in answer.context["oldest_note"]
    assert "Laine" in answer.text


def test_a_task_is_done_from_today_and_leads_back_here(kaavi, aino, aino_browser):
    task = a_task("Call the doctor", by=aino, case=a_case(by=aino), due_on=TODAY)

    answer = aino_browser.post(f"/tasks/{task.pk}/done/", {"next": "/?whose=everyones"})

    assert answer["Location"] == "/?whose=everyones"
    assert aino_browser.get("/").context["promise_count"] == 0


def test_a_task_of_somebody_else_in_my_case_is_not_mine_but_everyone_s(kaavi, aino, bertta, aino_browser):
    a_task("Bertta's", by=aino, assignee=bertta, case=a_case(by=aino), due_on=TODAY)

    assert aino_browser.get("/").context["promise_count"] == 0
    assert aino_browser.get("/?whose=everyones").context["promise_count"] == 1


def test_a_deadline_names_its_client_and_among_everyone_s_who_does_it(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    a_task("Call the doctor", by=aino, case=case, due_on=TODAY)

    def only_row(url):
        [group] = aino_browser.get(url).context["groups"]
        [row] = group.rows
        return row.client, row.case_url, row.note

    named = (case.client.name, case.get_absolute_url())
    assert only_row("/") == (*named, "")
    assert only_row("/?whose=everyones") == (*named, aino.name)


def test_a_closed_case_has_nothing_on_today(kaavi, aino, aino_browser):
    case = application_at("filed", by=aino).case
    cases.close(case=case, outcome="moved", closed_on=TODAY, version=case.version, by=aino, at=NOON)

    assert aino_browser.get("/").context["waiting"] == []


# --- statements -------------------------------------------------------------------------------------------------


def only_promise(browser):
    [group] = browser.get("/").context["groups"]
    [row] = group.rows
    return row


def test_a_statement_that_is_expected_is_a_promise_to_be_received_and_when_late_reminded_of(kaavi, aino, aino_browser):
    request = a_statement(by=aino, due_on=TODAY + timedelta(days=2))
    row = only_promise(aino_browser)
    assert (row.on, row.client, row.act.url) == (
        request.due_on,
        request.case.client.name,
        f"{request.get_absolute_url()}receive/",
    )

    StatementRequest.objects.update(due_on=TODAY - timedelta(days=1))

    assert only_promise(aino_browser).act.url == f"{request.get_absolute_url()}remind/"


def test_a_statement_about_which_there_is_a_task_is_there_once_as_the_task(kaavi, aino, aino_browser):
    request = a_statement(by=aino)
    sweep(on=TODAY, at=NOON)

    row = only_promise(aino_browser)

    assert row.title == Task.objects.get().title
    assert row.url == request.get_absolute_url()
    assert row.act.url == f"{row.url}remind/"


def test_an_application_that_would_be_filed_with_a_too_old_statement_is_warned_of(kaavi, aino, aino_browser):
    application = application_at("draft", by=aino)
    evidence_of(application, by=aino, dated_on=date(2026, 5, 20))

    row = only_promise(aino_browser)

    assert (row.on, row.url) == (date(2026, 11, 20), application.get_absolute_url())
    assert "20.5.2026" in row.note


# --- visits -----------------------------------------------------------------------------------------------------


def visits(browser, url="/"):
    return [
        (row.when, row.act and row.act.url) for group in browser.get(url).context["entry_groups"] for row in group.rows
    ]


# --- silence ----------------------------------------------------------------------------------------------------


def test_meetings_of_today_and_tomorrow_stand_among_the_visits_and_name_nobody(kaavi, aino, bertta, aino_browser):
    case = a_case(by=aino)
    an_appointment(case, by=aino, on=TODAY, begins=time(15), ends=time(16))
    for starts_at in (NOON + timedelta(hours=2), NOON + timedelta(days=1), NOON + timedelta(days=2)):
        an_item(a_meeting(by=aino, starts_at=starts_at), case, by=aino)
    a_meeting(by=bertta, starts_at=NOON)

    answer = aino_browser.get("/")
    rows = [row for group in answer.context["entry_groups"] for row in group.rows]

    assert [(row.when, row.client) for row in rows] == [("14.00", ""), ("15.00", case.client.name), ("12.00", "")]
    assert answer.context["entry_count"] == 3
    assert len(visits(aino_browser, "/?whose=everyones")) == 4


def test_who_has_been_silent_longest_comes_first_with_the_reason_and_one_action(kaavi, aino, aino_browser):
    silent = a_case(by=aino, opened_on=TODAY - timedelta(days=60))
    longest = a_case(by=aino, opened_on=TODAY - timedelta(days=90))
    a_case(by=aino, opened_on=TODAY - timedelta(days=44))

    answer = aino_browser.get("/")

    assert answer.context["silent_count"] == 2
    assert [row.url for row in answer.context["silent"]] == [longest.get_absolute_url(), silent.get_absolute_url()]
    first = answer.context["silent"][0]
    assert "90" in first.days
    assert first.contact_url == f"/cases/{longest.number}/notes/add/?kind=call"
    assert first.contact_url in answer.text


def test_writing_down_a_contact_takes_the_case_off_the_list(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    contact_url = aino_browser.get("/").context["silent"][0].contact_url
    form = aino_browser.get(contact_url).context["form"]
    assert form["kind"].value() == "call"

    aino_browser.post(contact_url, {"kind": "call", "on": TODAY.isoformat(), "text": "Spoke about the plan."})

    assert case.notes.count() == 1
    assert aino_browser.get("/").context["silent"] == []


def test_only_the_longest_are_shown_and_it_is_said_how_many_there_are(kaavi, aino, aino_browser):
    for _number in range(12):
        a_case(by=aino)

    answer = aino_browser.get("/")

    assert (len(answer.context["silent"]), answer.context["silent_count"]) == (10, 12)


# --- who may do what, and how much it costs -----------------------------------------------------------------------


def test_an_empty_day_helps(kaavi, aino, aino_browser):
    answer = aino_browser.get("/")

    assert answer.text.count('class="nothing"') == 7


def everything(number, *, by):
    for _number in range(number):
        application_at("filed", by=by)
        appeal_at("draft", by=by)
        case = application_at("returned", by=by).case
        a_task("Call", by=by, case=case, due_on=TODAY)
        a_statement(by=by, due_on=TODAY)
        evidence_of(application_at("draft", by=by), by=by, dated_on=date(2026, 5, 20))
        an_appointment(case, by=by, on=TODAY, begins=time(14), ends=time(15))
        a_referral(by=by)


def test_today_asks_the_database_at_most_15_times_for_few_and_for_many_clients(
    kaavi, aino, aino_browser, django_assert_max_num_queries
):
    everything(1, by=aino)
    aino_browser.get("/")
    aino_browser.get("/")
    with django_assert_max_num_queries(15) as few:
        aino_browser.get("/")
    everything(8, by=aino)
    aino_browser.get("/")  # the host is remembered for five seconds, and making all this may take longer

    with django_assert_max_num_queries(15) as many:
        aino_browser.get("/?whose=everyones")
    assert len(many.captured_queries) == len(few.captured_queries)


def test_every_client_that_is_shown_is_logged_in_one_call(kaavi, aino, aino_browser):
    everything(1, by=aino)

    page = aino_browser.get("/").text

    logged = AccessEntry.objects.filter(action="today.seen")
    numbers = set(Case.objects.values_list("number", flat=True))
    assert set(logged.values_list("subject", flat=True)) >= {number for number in numbers if f"/{number}/" in page}
    assert logged.values("request_id").distinct().count() == 1
