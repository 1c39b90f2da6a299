"""Visits on Today: those of today and tomorrow, those to be debriefed, mine and everyone's."""

from datetime import date, time, timedelta

import pytest

from tests.casework.cases.making import a_case
from tests.casework.visits.making import an_appointment, debriefed
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


def visits(browser, url="/"):
    return [
        (row.when, row.act and row.act.url) for group in browser.get(url).context["entry_groups"] for row in group.rows
    ]


def test_visits_of_today_and_tomorrow_have_their_time_and_what_they_need(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    over = an_appointment(case, by=aino, on=TODAY, begins=time(9), ends=time(10), at=NOON - timedelta(days=1))
    unprepared = an_appointment(case, by=aino, on=TODAY, begins=time(14), ends=time(15))
    call = an_appointment(case, by=aino, kind="phone", on=TODAY + timedelta(1), begins=time(8), ends=time(9))
    an_appointment(case, by=aino, on=TODAY + timedelta(2))

    assert visits(aino_browser) == [
        ("9.00", f"{over.get_absolute_url()}debrief/"),
        ("14.00", f"{unprepared.get_absolute_url()}preparation/"),
        ("8.00", call.get_absolute_url()),
    ]


def test_a_visit_of_an_earlier_day_stays_until_somebody_tells_what_was_said(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    visit = an_appointment(case, by=aino, on=TODAY - timedelta(3), at=NOON - timedelta(days=4))
    assert visits(aino_browser) == [("pe\N{NO-BREAK SPACE}20.11.", f"{visit.get_absolute_url()}debrief/")]

    debriefed(visit, by=aino)

    assert visits(aino_browser) == []


def test_my_visits_are_mine_also_in_a_case_of_somebody_else_and_those_of_others_name_them(kaavi, aino, bertta):
    hers = a_case(by=bertta)
    an_appointment(hers, by=bertta, worker=aino, on=TODAY + timedelta(1))
    an_appointment(hers, by=bertta, on=TODAY + timedelta(1), begins=time(12), ends=time(13))

    assert len(visits(browser_of(aino))) == 1
    assert len(visits(browser_of(aino), "/?whose=everyones")) == 2
    [group] = browser_of(bertta).get("/").context["entry_groups"]
    assert [row.who for row in group.rows] == ["Aino", ""]
