"""Today: deadlines by how near they are, decisions that take long, checks, referrals; mine or everyone's."""

from datetime import date, datetime, timedelta

import pytest

from casework.actions import cases, tasks
from tenants.audit.models import AccessEntry
from tenants.scope import in_municipality
from tests.casework.applying import LAST_DAY, SAFE_DAY, a_decision, appeal_at, application_at, closed_check
from tests.casework.making import a_case, a_referral
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


@pytest.mark.parametrize(("number", "words"), [(0, "määräaikaa"), (1, "määräaika"), (2, "määräaikaa")])
def test_one_of_a_kind_is_counted_in_the_singular(kaavi, aino, number, words):
    for _ in range(number):
        a_task("Soita lääkärille", by=aino, due_on=TODAY)

    answer = browser_of(aino).get("/")

    assert f'<span class="n">{number}</span><span class="k">{words}</span>' in answer.text


# --- who --------------------------------------------------------------------------------------------------------


def test_a_coordinator_of_another_municipality_sees_nothing_of_this_one(kaavi, aino, cecilia, tuusniemi):
    application_at("filed", by=aino)
    a_task("Call the doctor", by=aino, due_on=TODAY)

    with in_municipality(tuusniemi):
        answer = browser_of(cecilia).get("/?whose=everyones")

    assert answer.status_code == 200
    assert "Meikäläinen" not in answer.text
    assert "Call the doctor" not in answer.text


@pytest.mark.parametrize(("who", "place"), [("paula", "/people/"), ("tiina", "/access-log/")])
def test_people_without_case_content_are_led_to_their_own_place(request, kaavi, aino, who, place):
    application_at("filed", by=aino)

    answer = browser_of(request.getfixturevalue(who)).get("/")

    assert (answer.status_code, answer["Location"]) == (302, place)


def test_a_team_member_sees_only_the_cases_of_the_own_team_and_no_referrals(kaavi, aino, daavid):
    mine, other = (
        application_at("filed", by=aino),
        application_at("filed", case=a_case(by=aino, last_name="Muu"), by=aino),
    )
    cases.add_participant(case=mine.case, user=daavid, since=TODAY, by=aino, at=NOON)
    a_referral(by=aino)

    answer = browser_of(daavid).get("/?whose=everyones")

    assert [row.application for row in answer.context["waiting"]] == [mine]
    assert "Laine" not in answer.text
    assert other.case.client.name not in answer.text


def test_mine_are_the_cases_i_coordinate_and_everyone_s_are_all(kaavi, aino, bertta, aino_browser):
    mine = application_at("filed", by=aino)
    hers = application_at("filed", by=bertta)

    def waiting(url):
        return {row.application for row in aino_browser.get(url).context["waiting"]}

    assert waiting("/") == {mine}
    assert waiting("/?whose=everyones") == {mine, hers}


def test_every_case_that_is_shown_is_in_the_access_log(kaavi, aino, aino_browser):
    application = application_at("filed", by=aino)
    referral = a_referral(by=aino)

    aino_browser.get("/")

    seen = set(AccessEntry.objects.filter(action="today.seen").values_list("subject", flat=True))
    assert seen == {application.case.number, str(referral.pk)}


# --- what -------------------------------------------------------------------------------------------------------


def test_deadlines_are_grouped_by_how_near_they_are(kaavi, aino, aino_browser):
    days = {"Late": -3, "Now": 0, "Sunday": 6, "Monday": 7, "Next Sunday": 13, "Too far": 14}
    for title, days_ahead in days.items():
        a_task(title, by=aino, due_on=TODAY + timedelta(days=days_ahead))

    answer = aino_browser.get("/")

    assert list(groups(answer).values()) == [["Late"], ["Now"], ["Sunday"], ["Monday", "Next Sunday"]]
    assert answer.context["deadline_count"] == 5
    assert "Too far" not in answer.text


def test_more_information_that_is_due_stands_among_the_deadlines(kaavi, aino, aino_browser):
    application = application_at("returned", by=aino)  # due on 30.11.

    answer = aino_browser.get("/")

    [row] = answer.context["groups"][0].rows
    assert (row.on, row.url) == (date(2026, 11, 30), application.get_absolute_url())


def test_an_appeal_aims_at_the_safe_day_and_then_at_the_last_day(kaavi, aino, time_is):
    appeal_at("draft", by=aino)

    def only_row(day):
        time_is(noon_of(day))
        [group] = browser_of(aino).get("/").context["groups"]
        return group.rows[0].on

    assert only_row(SAFE_DAY - timedelta(days=3)) == SAFE_DAY
    assert only_row(SAFE_DAY + timedelta(days=1)) == LAST_DAY
    assert only_row(LAST_DAY + timedelta(days=1)) == LAST_DAY


def test_a_filed_or_given_up_appeal_is_no_deadline(kaavi, aino, time_is):
    appeal_at("filed", by=aino)
    appeal_at("withdrawn", by=aino)
    time_is(noon_of(LAST_DAY))

    assert browser_of(aino).get("/").context["groups"] == []


def test_another_way_than_appeal_leaves_today_when_the_last_day_is_over(kaavi, aino, time_is):
    closed_check(a_decision(by=aino), "re_examination", by=aino)

    def shown(day):
        time_is(noon_of(day))
        return browser_of(aino).get("/").context["deadline_count"]

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
    assert aino_browser.get("/").context["deadline_count"] == 0


def test_a_task_of_somebody_else_in_my_case_is_not_mine_but_everyone_s(kaavi, aino, bertta, aino_browser):
    a_task("Bertta's", by=aino, assignee=bertta, case=a_case(by=aino), due_on=TODAY)

    assert aino_browser.get("/").context["deadline_count"] == 0
    assert aino_browser.get("/?whose=everyones").context["deadline_count"] == 1


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


def test_today_asks_the_database_at_most_15_times_for_3_and_for_30_clients(
    kaavi, aino, aino_browser, django_assert_max_num_queries
):
    def clients(number):
        for _number in range(number):
            application_at("filed", by=aino)
            appeal_at("draft", by=aino)
            a_task("Call", by=aino, case=application_at("returned", by=aino).case, due_on=TODAY)
            a_referral(by=aino)

    clients(1)
    aino_browser.get("/")
    with django_assert_max_num_queries(15) as few:
        aino_browser.get("/")
    clients(10)

    with django_assert_max_num_queries(15) as many:
        aino_browser.get("/")
    assert len(many.captured_queries) == len(few.captured_queries)
