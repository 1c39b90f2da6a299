"""The lists of visits: of a case, of a fortnight, and what waits for a debrief."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from casework.cases import actions as cases
from casework.models import Appointment
from tenants.audit.models import AccessEntry
from tests.casework.cases.making import a_case
from tests.casework.visits.making import (
    BEFORE,
    DAY,
    an_appointment,
    appointment_at,
    prepared,
)
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
State = Appointment.State


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino)


def address(name: str, of) -> str:
    if isinstance(of, Appointment):
        return reverse(name, args=[of.case.number, of.pk])
    return reverse(name, args=[of.number])


def test_the_visits_of_a_case_say_what_is_missing(case, aino, aino_browser):
    an_appointment(case, by=aino)
    prepared(an_appointment(case, by=aino, on=DAY + timedelta(1)), by=aino)
    an_appointment(case, by=aino, on=BEFORE)
    appointment_at(State.HELD, case, by=aino, on=date(2026, 9, 1))

    page = aino_browser.get(address("case_visits", case))

    assert [len(page.context[name]) for name in ("to_debrief", "coming", "past")] == [1, 2, 1]
    [bare, ready] = page.context["coming"]
    assert bare.act_url.endswith("/preparation/")
    assert (ready.tag, ready.act_url) == ("", "")
    assert page.context["to_debrief"][0].act_url.endswith("/debrief/")


def test_the_fortnight_shows_my_own_by_day_and_everyones_when_asked(case, aino, bertta, aino_browser):
    an_appointment(case, by=aino)
    an_appointment(case, by=aino, on=TODAY, kind="phone", begins=time(15), ends=time(15, 30))
    hers = an_appointment(a_case(by=bertta, last_name="Bertan"), by=bertta)
    an_appointment(case, by=aino, on=TODAY + timedelta(14))

    mine = aino_browser.get(reverse("appointment_list"))
    assert [len(on.rows) for on in mine.context["days"]] == [1, 1]
    assert "Bertan" not in mine.text

    everyones = aino_browser.get(reverse("appointment_list") + "?whose=everyones")
    assert [len(on.rows) for on in everyones.context["days"]] == [1, 2]
    assert hers.worker.name in everyones.text


def test_what_waits_for_a_debrief_stands_first_whatever_the_weeks(case, aino, aino_browser):
    an_appointment(case, by=aino, on=date(2026, 9, 1))
    later = aino_browser.get(reverse("appointment_list") + "?from=2026-12-23")

    assert later.context["to_debrief_count"] == 1
    assert later.context["days"] == []
    assert "7.12.2026" not in later.context["heading_note"]
    assert "21.12.2026" in later.context["heading_note"]


@pytest.mark.parametrize("asked", ["nonsense", "0001-01-01", "9999-12-31", "2026-13-45", ""])
def test_a_day_that_is_none_shows_some_weeks(case, aino, aino_browser, asked):
    assert aino_browser.get(reverse("appointment_list") + f"?from={asked}").status_code == 200


def test_a_closed_case_waits_for_no_debrief(case, aino, aino_browser):
    an_appointment(case, by=aino, on=BEFORE)
    cases.close(case=case, outcome="moved", closed_on=TODAY, version=1, by=aino, at=NOON)

    assert aino_browser.get(reverse("appointment_list")).context["to_debrief"] == []
    page = aino_browser.get(address("case_visits", case))
    assert (page.context["to_debrief"], len(page.context["past"])) == ([], 1)
    assert page.context["past"][0].act_label == ""


def test_every_case_of_the_list_is_in_the_access_log(case, aino, bertta, aino_browser):
    an_appointment(case, by=aino)
    an_appointment(a_case(by=bertta), by=bertta)

    aino_browser.get(reverse("appointment_list"))

    assert list(AccessEntry.objects.filter(action="appointment.listed").values_list("subject", flat=True)) == [
        case.number
    ]
