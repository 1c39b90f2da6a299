"""Appointments as people use them: the fortnight, one visit from agreeing to debriefing, protection, other people."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework.cases import actions as cases
from casework.models import Appointment, ServiceEntry, Task
from casework.visits.forms import usual_product
from tenants.audit.models import AccessEntry
from tenants.scope import in_municipality
from tests.casework.applications.making import an_illness
from tests.casework.cases.making import a_case
from tests.casework.visits.making import (
    BEFORE,
    DAY,
    PLACE,
    SALO,
    an_appointment,
    appointment_at,
    debriefed,
    in_db,
    prepared,
)
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)
BUDGET = 15
State = Appointment.State
PAGES_OF_ONE = [
    "appointment",
    "appointment_edit",
    "appointment_cancel",
    "appointment_reveal",
    "appointment_preparation",
    "appointment_sheet",
    "appointment_sheet_pdf",
    "appointment_debrief",
    "appointment_ics",
]
OF_WORKERS = {"appointment_edit", "appointment_cancel", "appointment_reveal", "appointment_preparation"} | {
    "appointment_debrief",
    "appointment_missed",
}
TYPED = {
    "kind": "doctor",
    "on": "2026-11-26",
    "begins": "09:00",
    "ends": "09:45",
    "place": PLACE,
    "with_whom": SALO,
    "is_accompanied": "on",
}


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


# --- from agreeing to debriefing --------------------------------------------------------------------------------


def test_an_appointment_is_agreed_from_the_page_of_the_case(case, aino, aino_browser):
    answer = aino_browser.post(address("appointment_new", case), TYPED | {"worker": str(aino.pk)})

    made = Appointment.objects.get()
    assert answer.headers["Location"] == made.get_absolute_url()
    assert made.starts_at == datetime(2026, 11, 26, 9, tzinfo=made.starts_at.tzinfo) - timedelta(hours=2)
    page = aino_browser.get(made.get_absolute_url())
    assert SALO in page.text
    assert "9.00–9.45" in page.text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"ends": "08:30"}, "ends"),
        ({"on": "1950-01-01"}, "on"),
        ({"on": "2027-03-28", "begins": "03:10", "ends": "04:10"}, "begins"),
        ({"begins": "25:00"}, "begins"),
        ({"kind": "picnic"}, "kind"),
        ({"worker": "daavid"}, "worker"),
        ({"on": "9999-12-31"}, "on"),
        ({"on": "0001-01-01"}, "on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(case, aino, daavid, aino_browser, typed, field):
    worker = str(daavid.pk) if typed.pop("worker", "") else str(aino.pk)

    page = aino_browser.post(address("appointment_new", case), TYPED | {"worker": worker} | typed)

    assert list(page.context["form"].errors) == [field]
    assert not Appointment.objects.exists()


def test_the_same_time_twice_warns_and_does_not_block(case, aino, aino_browser):
    other = an_appointment(a_case(by=aino, last_name="Toinen"), by=aino, begins=time(9, 30), ends=time(10))

    answer = aino_browser.post(address("appointment_new", case), TYPED | {"worker": str(aino.pk)}, follow=True)

    [overlap] = answer.context["overlaps"]
    assert other.case.number in overlap
    assert "Toinen" not in answer.text


def test_a_cancelled_or_following_appointment_is_no_overlap(case, aino, aino_browser):
    made = an_appointment(case, by=aino)
    an_appointment(case, by=aino, begins=time(9, 45), ends=time(10))
    appointment_at(State.CANCELLED, case, by=aino, on=DAY)

    assert aino_browser.get(made.get_absolute_url()).context["overlaps"] == []


def test_an_edit_opens_with_what_was_agreed_and_moves_it(case, aino, aino_browser):
    made = an_appointment(case, by=aino)
    page = aino_browser.get(address("appointment_edit", made))
    for shown in ('value="2026-11-26"', 'value="09:00"', 'value="09:45"', SALO):
        assert shown in page.text

    typed = TYPED | {"worker": str(aino.pk), "on": "2026-12-03", "version": "1"}
    assert aino_browser.post(address("appointment_edit", made), typed).status_code == 302
    assert in_db(made).sequence == 1
    again = aino_browser.post(address("appointment_edit", made), typed | {"place": "Elsewhere"})
    assert again.context["form"].non_field_errors()
    assert again.context["form"]["version"].value() == "2"
    assert in_db(made).place == PLACE


def test_cancelling_is_asked_first(case, aino, aino_browser):
    made = an_appointment(case, by=aino)
    assert aino_browser.get(address("appointment_cancel", made)).status_code == 200
    assert in_db(made).is_planned

    aino_browser.post(address("appointment_cancel", made))

    assert in_db(made).is_cancelled
    assert aino_browser.post(address("appointment_cancel", made)).status_code == 302


def test_a_step_that_is_no_longer_possible_gets_a_friendly_page(case, aino, aino_browser):
    held = appointment_at(State.HELD, case, by=aino)

    assert aino_browser.post(address("appointment_cancel", held)).status_code == 409
    assert aino_browser.post(address("appointment_missed", held)).status_code == 409


def test_the_sheet_begins_with_the_illnesses_the_first_time_only(case, aino, aino_browser):
    an_illness(case, "Back pain", effect="Cannot sit for an hour.", by=aino)
    made = an_appointment(case, by=aino)

    first = aino_browser.get(address("appointment_preparation", made))
    assert first.context["form"]["daily_limits"].value() == "Back pain: Cannot sit for an hour."
    typed = {"wants_to_say": "Sitting hurts.", "daily_limits": "", "asked_for": "", "version": "1"}
    aino_browser.post(address("appointment_preparation", made), typed)

    again = aino_browser.get(address("appointment_preparation", made))
    assert again.context["form"]["daily_limits"].value() == ""
    assert again.context["form"]["wants_to_say"].value() == "Sitting hurts."


def test_a_debrief_is_typed_once(case, aino, aino_browser):
    made = an_appointment(case, by=aino, on=BEFORE)
    page = aino_browser.get(address("appointment_debrief", made))
    shown = {name: page.context["form"][name].value() for name in ("logs_work", "product", "minutes", "is_billable")}
    assert shown == {"logs_work": True, "product": "doctor_visit", "minutes": 45, "is_billable": True}

    typed = {"said": "An MRI.", "next_step": "Book it", "next_on": "2026-11-30", "version": "1"}
    work = {"logs_work": "on", "product": "doctor_visit", "minutes": "95", "is_billable": "on"}
    assert aino_browser.post(address("appointment_debrief", made), typed | work).status_code == 302

    assert Task.objects.get().title == "Book it"
    assert ServiceEntry.objects.get().minutes == 95
    again = aino_browser.get(address("appointment_debrief", made))
    assert "minutes" not in again.context["form"].fields
    seen = aino_browser.get(made.get_absolute_url()).text
    assert reverse("statement_new", args=[case.number]) in seen
    assert "Book it" in seen


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"said": ""}, "said"),
        ({"next_step": "Call"}, "next_on"),
        ({"next_on": "2026-11-30"}, "next_step"),
        ({"logs_work": "on", "product": "doctor_visit"}, "minutes"),
        ({"logs_work": "on", "product": "doctor_visit", "minutes": "1441"}, "minutes"),
        ({"logs_work": "on", "product": "dance", "minutes": "60"}, "product"),
    ],
)
def test_half_a_debrief_is_refused_at_its_field_and_keeps_what_was_typed(case, aino, aino_browser, typed, field):
    made = an_appointment(case, by=aino, on=BEFORE)

    page = aino_browser.post(address("appointment_debrief", made), {"said": "An MRI.", "version": "1"} | typed)

    assert list(page.context["form"].errors) == [field]
    assert in_db(made).is_planned
    assert not ServiceEntry.objects.exists()


def test_without_the_tick_no_service_is_logged(case, aino, aino_browser):
    made = an_appointment(case, by=aino, on=BEFORE)
    typed = {"said": "x", "version": "1", "product": "doctor_visit", "minutes": "45", "is_billable": "on"}

    aino_browser.post(address("appointment_debrief", made), typed)

    assert in_db(made).is_debriefed
    assert not ServiceEntry.objects.exists()


@pytest.mark.parametrize(
    ("kind", "is_accompanied", "product"),
    [
        ("doctor", True, "doctor_visit"),
        ("doctor", False, "coordination"),
        ("office", False, "client_meeting"),
        ("home", False, "client_meeting"),
        ("phone", False, "coordination"),
        ("network", False, "network_meeting"),
        ("other", False, "coordination"),
    ],
)
def test_the_usual_service_of_a_kind_is_offered(kind, is_accompanied, product):
    assert usual_product(Appointment(kind=kind, is_accompanied=is_accompanied)) == product


def test_what_is_typed_on_a_phone_is_kept_by_itself(case, aino, aino_browser):
    made = an_appointment(case, by=aino, on=BEFORE)

    for name in ("appointment_preparation", "appointment_debrief"):
        assert "data-autosave" in aino_browser.get(address(name, made)).text


# --- lists ------------------------------------------------------------------------------------------------------


def test_the_pages_ask_few_questions_however_much_there_is(case, aino, aino_browser, django_assert_max_num_queries):
    for number in range(6):
        other = a_case(by=aino)
        debriefed(prepared(an_appointment(case, by=aino, on=BEFORE, begins=time(7, number)), by=aino), by=aino)
        an_appointment(case, by=aino, begins=time(8, number))
        an_appointment(other, by=aino, begins=time(8, number))
        an_appointment(other, by=aino, on=BEFORE)
    held = Appointment.objects.filter(state=State.HELD).first()
    urls = [address("case_visits", case), reverse("appointment_list"), reverse("appointment_list") + "?whose=everyones"]
    urls += [address(name, held) for name in PAGES_OF_ONE]

    for url in urls:
        with django_assert_max_num_queries(BUDGET):
            assert aino_browser.get(url).status_code == 200


# --- who --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*PAGES_OF_ONE, "appointment_missed"])
def test_a_coordinator_of_another_municipality_finds_nothing(case, aino, cecilia, tuusniemi, name):
    made = an_appointment(case, by=aino)

    with in_municipality(tuusniemi):
        browser = browser_of(cecilia)
        answers = [browser.get(address(name, made)), browser.post(address(name, made))]

    assert {answer.status_code for answer in answers} <= {404, 405}
    assert 404 in {answer.status_code for answer in answers}


@pytest.mark.parametrize("name", [*PAGES_OF_ONE, "appointment_missed"])
def test_a_team_member_reads_the_visits_of_the_own_team_and_changes_nothing(case, aino, daavid, name):
    made = an_appointment(case, by=aino)
    cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)
    browser = browser_of(daavid)

    answer = browser.post(address(name, made)) if name == "appointment_missed" else browser.get(address(name, made))

    assert answer.status_code == (403 if name in OF_WORKERS else 200)
    assert browser.post(address("appointment_new", case)).status_code == 403
    if name == "appointment":
        assert answer.context["steps"] == set()


def test_a_team_member_sees_the_appointments_of_the_own_team_only(case, aino, daavid):
    an_appointment(case, by=aino)
    an_appointment(a_case(by=aino, last_name="Muu"), by=aino)
    cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)

    page = browser_of(daavid).get(reverse("appointment_list") + "?whose=everyones")

    assert "Meikäläinen" in page.text
    assert "Muu" not in page.text
    assert not page.context["chooses_whose"]


def test_somebody_elses_visit_asks_for_a_reason_first(case, aino, bertta):
    made = an_appointment(case, by=aino)

    answer = browser_of(bertta).get(made.get_absolute_url())

    assert answer.headers["Location"].startswith(reverse("case_reason", args=[case.number]))


def test_an_appointment_of_another_case_is_not_found_under_this_one(case, aino, aino_browser):
    other = an_appointment(a_case(by=aino), by=aino)

    assert aino_browser.get(reverse("appointment", args=[case.number, other.pk])).status_code == 404


@pytest.mark.parametrize("state", State)
def test_the_page_offers_what_can_be_done(case, aino, aino_browser, state):
    past = appointment_at(state, case, by=aino)
    offered = {
        State.PLANNED: {"change", "prepare", "cancel", "miss", "debrief"},
        State.HELD: {"debrief"},
        State.MISSED: {"debrief"},
        State.CANCELLED: set(),
    }

    assert aino_browser.get(past.get_absolute_url()).context["steps"] == offered[state]


def test_a_coming_appointment_offers_neither_debrief_nor_missing(case, aino, aino_browser):
    made = an_appointment(case, by=aino)

    assert aino_browser.get(made.get_absolute_url()).context["steps"] == {"change", "prepare", "cancel"}


# --- a protective order -----------------------------------------------------------------------------------------

SECRETS = (PLACE, SALO, "040 765 4321", "Salakatu 7", "73600")


@pytest.fixture
def hidden(kaavi, aino):
    contact: dict[str, Any] = {"phone": "040 765 4321", "street": "Salakatu 7", "postal_code": "73600"}
    case = a_case(by=aino, protective_order_source="population information system", **contact)
    return prepared(an_appointment(case, by=aino), by=aino)


@pytest.mark.parametrize("name", [*PAGES_OF_ONE, "case_visits", "appointment_list"])
def test_no_page_tells_where_a_protected_client_is_met(hidden, aino_browser, name):
    url = (
        reverse(name) if name == "appointment_list" else address(name, hidden.case if name == "case_visits" else hidden)
    )

    content = aino_browser.get(url).content

    assert not [words for words in SECRETS if words.encode() in content]


def test_the_place_is_shown_once_with_a_reason(hidden, aino_browser):
    page = aino_browser.post(address("appointment_reveal", hidden), {"reason": "Driving there."})

    assert PLACE in page.text
    entry = AccessEntry.objects.get(action="appointment.revealed")
    assert (entry.subject, entry.reason) == (hidden.case.number, "Driving there.")
    assert PLACE not in aino_browser.post(address("appointment_reveal", hidden), {"reason": " "}).text


def test_moving_keeps_a_hidden_place(hidden, aino, aino_browser):
    typed = TYPED | {"worker": str(aino.pk), "place": "", "with_whom": "", "version": "2", "on": "2026-12-03"}

    aino_browser.post(address("appointment_edit", hidden), typed)

    assert (in_db(hidden).place, in_db(hidden).with_whom, in_db(hidden).sequence) == (PLACE, SALO, 1)
