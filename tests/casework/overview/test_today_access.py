"""Who sees what on Today: the outsider, a team member, a colleague, a client under a protective order."""

from datetime import date, time

import pytest
from django.urls import reverse

from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.models import Task
from tenants.audit.models import AccessEntry
from tenants.scope import in_municipality
from tests.casework.applications.making import (
    application_at,
)
from tests.casework.cases.making import a_case, a_referral
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


def visits(browser, url="/"):
    return [
        (row.when, row.act and row.act.url) for group in browser.get(url).context["entry_groups"] for row in group.rows
    ]


def test_a_team_member_reads_and_is_offered_only_the_own_tasks(kaavi, aino, daavid):
    case = application_at("returned", case=a_case(by=aino, opened_on=date(2026, 6, 1)), by=aino).case
    cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)
    a_statement(case=case, by=aino, due_on=TODAY)
    an_appointment(case, by=aino, on=TODAY, begins=time(14), ends=time(15))
    a_task("Write the statement", by=aino, case=case, assignee=daavid, due_on=TODAY)

    answer = browser_of(daavid).get("/")

    [clock] = answer.context["clocks"]
    [group] = answer.context["groups"]
    assert clock.act is None
    assert [row.act and row.act.is_post for row in group.rows] == [True, None]
    assert visits(browser_of(daavid)) == [("14.00", None)]
    assert "/notes/add/" not in answer.text
    assert len(answer.context["silent"]) == 0


def test_a_promise_stays_ones_own_when_one_no_longer_sees_the_case(kaavi, aino, daavid):
    case = a_case(by=aino)
    joined = cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)
    task = a_task("Write the statement", by=aino, case=case, assignee=daavid, due_on=TODAY)
    cases.remove_participant(participant=joined, until=TODAY, by=aino, at=NOON)
    browser = browser_of(daavid)

    page = browser.get("/").text
    answer = browser.post(reverse("task_done", args=[task.pk]), {"next": "/"})

    assert "Write the statement" in page
    assert case.number in page
    assert case.client.name not in page
    assert case.get_absolute_url() not in page
    assert answer.status_code == 302
    assert Task.objects.get(pk=task.pk).is_done


def test_under_a_protective_order_today_shows_no_place(kaavi, aino, aino_browser):
    case = a_case(by=aino, protective_order_source="DVV", street="Salakuja 1", phone="0401234567")
    an_appointment(case, by=aino, on=TODAY, begins=time(14), ends=time(15), place="Salapaikka 2")
    a_statement(case=case, by=aino)

    page = aino_browser.get("/").text

    assert not any(word in page for word in ("Salakuja", "0401234567", "Salapaikka"))
