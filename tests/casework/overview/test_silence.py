"""The silence list: what counts as contact, what should be followed by one, and who is left in peace."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.cases import actions as cases
from casework.cases import notes
from casework.clients import actions as clients
from casework.figures.queries import forget_figures
from casework.law import benefits as rules
from casework.law import products
from casework.law.origins import Certainty
from casework.law.silence import Facts, Occasion, limits, services_of_contact, too_long
from casework.models import Appointment, Case, Decision
from casework.overview import silence
from casework.overview.silence import silent_cases
from casework.overview.whose import Whose
from casework.services import actions as service_entries
from casework.visits import actions as appointments
from tenants.accounts.models import User
from tests.casework.applications.making import a_decision, application_at
from tests.casework.cases.making import a_case
from tests.casework.visits.making import an_appointment, debriefed
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
OPENED = date(2026, 6, 1)
LIMITS = limits(TODAY)
REHABILITATIONS = {"AK-K", "AK-T", "HVK", "VLK", "KSEL", "KTP"}


def ago(days):
    return TODAY - timedelta(days=days)


def judged(**facts):
    found = too_long(Facts(**{"opened_on": OPENED} | facts), on=TODAY, limits=LIMITS)
    return found and (found.occasion, found.since)


# --- the rule -----------------------------------------------------------------------------------------------------


def test_every_occasion_has_its_days_known_from_experience_and_known_benefits():
    assert set(LIMITS.silences) == set(Occasion)
    assert all(row.certainty is Certainty.UNVERIFIED for row in LIMITS.silences.values())
    assert LIMITS.rehabilitations == REHABILITATIONS
    assert {benefit.code for benefit in rules.benefits_on(TODAY)} > REHABILITATIONS


@pytest.mark.parametrize(
    ("facts", "occasion"),
    [
        ({"contact_on": ago(44)}, None),
        ({"contact_on": ago(45)}, Occasion.USUAL),
        ({}, Occasion.USUAL),
        ({"opened_on": ago(44)}, None),
        ({"contact_on": ago(20), "rejected_on": ago(13)}, None),
        ({"contact_on": ago(20), "rejected_on": ago(14)}, Occasion.REJECTION),
        ({"contact_on": ago(14), "rejected_on": ago(14)}, None),
        ({"contact_on": ago(13), "rejected_on": ago(14)}, None),
        ({"contact_on": ago(30), "rehabilitation_granted_on": ago(20)}, None),
        ({"contact_on": ago(30), "rehabilitation_granted_on": ago(21)}, Occasion.REHABILITATION_GRANTED),
        ({"contact_on": ago(30), "rehabilitation_ended_on": ago(21)}, Occasion.REHABILITATION_ENDED),
        ({"contact_on": ago(90), "rejected_on": ago(60)}, Occasion.REJECTION),
        ({"opened_on": ago(30), "rejected_on": ago(60)}, None),
        ({"opened_on": ago(14), "rejected_on": ago(14)}, Occasion.REJECTION),
        ({"contact_on": ago(90), "agreed_on": TODAY + timedelta(14)}, None),
        ({"contact_on": ago(90), "agreed_on": TODAY + timedelta(15)}, Occasion.USUAL),
    ],
)
def test_silence_is_too_long_after_its_days(facts, occasion):
    assert (judged(**facts) or (None,))[0] == occasion


DAY = st.integers(0, 200).map(ago)
DAYS = st.none() | DAY


@given(contact=DAYS, rejected=DAYS, granted=DAYS, ended=DAYS, later=st.integers(0, 200))
def test_silence_only_grows_longer_until_somebody_is_in_contact(contact, rejected, granted, ended, later):
    facts = {
        "opened_on": ago(200),
        "contact_on": contact,
        "rejected_on": rejected,
        "rehabilitation_granted_on": granted,
        "rehabilitation_ended_on": ended,
    }
    then = TODAY + timedelta(days=later)

    if too_long(Facts(**facts), on=TODAY, limits=LIMITS):
        assert too_long(Facts(**facts), on=then, limits=LIMITS)
    assert too_long(Facts(**facts | {"contact_on": then}), on=then, limits=LIMITS) is None


# --- the list -----------------------------------------------------------------------------------------------------


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino, opened_on=OPENED)


def listed(on=TODAY):
    at = datetime.combine(on, NOON.timetz())
    found = silent_cases(Whose.EVERYONES, User.objects.get(name="Aino"), on=on, at=at)
    return [(one.number, str(one.silence.occasion), one.silence.since) for one in found]


def test_without_any_contact_silence_is_counted_from_the_opening(case):
    assert listed() == [(case.number, "usual", OPENED)]


@pytest.mark.parametrize(
    ("kind", "is_contact"), [("call", True), ("meeting", True), ("message", True), ("note", False)]
)
def test_a_call_a_meeting_and_a_message_are_contact_and_a_bare_note_is_not(case, aino, kind, is_contact):
    notes.write(case=case, kind=kind, text="x", on=ago(3), by=aino, at=NOON)

    assert listed() == ([] if is_contact else [(case.number, "usual", OPENED)])
    assert listed(ago(3) + timedelta(45))[0][2] == (ago(3) if is_contact else OPENED)


@pytest.mark.parametrize(("product", "is_contact"), [("client_meeting", True), ("coordination", False)])
def test_a_service_done_with_the_client_is_contact_and_one_done_for_the_client_is_not(case, aino, product, is_contact):
    work = {"product": product, "minutes": 30, "what": "", "is_billable": True}
    service_entries.log(case=case, on=ago(2), **work, by=aino, at=NOON)

    assert (listed() == []) is is_contact


def test_every_service_that_is_contact_is_a_known_product():
    assert {code for row in services_of_contact() for code in row.services} < {
        product.code for product in products.products()
    }


def test_a_visit_that_was_held_is_contact_and_one_the_client_missed_is_not(case, aino):
    earlier = NOON - timedelta(days=8)
    visit = an_appointment(case, by=aino, on=ago(7), at=earlier)
    assert listed() == [(case.number, "usual", OPENED)]

    visit = appointments.miss(appointment=visit, by=aino, at=NOON)
    assert listed() == [(case.number, "usual", OPENED)]

    debriefed(visit, by=aino)
    assert listed() == []


def test_a_time_that_is_agreed_soon_is_company_enough_until_it_is_cancelled(case, aino):
    visit = an_appointment(case, by=aino, on=TODAY + timedelta(10), begins=time(9), ends=time(10))
    assert listed() == []

    appointments.cancel(appointment=visit, by=aino, at=NOON)
    assert len(listed()) == 1


def test_after_a_rejection_somebody_calls_within_a_fortnight(case, aino):
    notes.write(case=case, kind="call", text="x", on=ago(10), by=aino, at=NOON)
    a_decision("rejected", application=application_at("filed", case=case, by=aino), by=aino)  # notice 17.11.

    after = date(2026, 11, 17) + timedelta(14)

    assert (listed(after - timedelta(1)), listed(after)) == ([], [(case.number, "rejection", ago(10))])


def test_granted_rehabilitation_and_its_end_are_followed_and_a_granted_pension_is_not(case, aino):
    notes.write(case=case, kind="call", text="x", on=ago(10), by=aino, at=NOON)
    pension = application_at("filed", case=case, by=aino)
    a_decision("granted", application=pension, by=aino)
    assert listed(date(2026, 12, 20)) == []
    course = application_at("filed", case=case, benefit="HVK", decider="kela", by=aino)
    a_decision("granted_until", application=course, granted_until=date(2026, 12, 11), by=aino)

    assert listed(date(2026, 12, 7)) == []
    assert listed(date(2026, 12, 8)) == [(case.number, "rehabilitation_granted", ago(10))]
    assert listed(date(2027, 1, 1)) == [(case.number, "rehabilitation_ended", ago(10))]


def test_a_closed_case_and_a_client_who_said_no_are_left_in_peace(case, aino):
    asked = {"is_voluntary": False, "asked_on": TODAY, "version": case.client.version}
    clients.record_voluntariness(client=case.client, **asked, by=aino, at=NOON)
    assert listed() == []

    other = a_case(by=aino, opened_on=OPENED)
    cases.close(case=other, outcome="moved", closed_on=TODAY, version=other.version, by=aino, at=NOON)
    assert listed() == []


def test_the_list_costs_one_query_and_one_for_own_figures_however_many_there_are(case, aino, django_assert_num_queries):
    for _number in range(5):
        a_decision(application=application_at("filed", by=aino), by=aino)

    forget_figures()
    with django_assert_num_queries(2):
        assert silent_cases(Whose.EVERYONES, aino, on=TODAY, at=NOON)


def test_of_very_many_one_more_is_read_than_is_counted(kaavi, aino, monkeypatch):
    monkeypatch.setattr("casework.overview.silence.COUNTED", 2)
    silence._question.cache_clear()
    for days in (60, 80, 50, 70):
        a_case(by=aino, opened_on=ago(days))

    found = silent_cases(Whose.OWN, aino, on=TODAY, at=NOON)
    silence._question.cache_clear()

    assert [one.silence.since for one in found] == [ago(80), ago(70), ago(60)]


@pytest.fixture
def decided(case, aino):
    """A case with a rejection, a rehabilitation and an agreed time, whose days are then written anew."""
    a_decision("rejected", application=application_at("filed", case=case, by=aino), by=aino)
    course = application_at("filed", case=case, benefit="HVK", decider="kela", by=aino)
    a_decision("granted_until", application=course, granted_until=date(2026, 12, 11), by=aino)
    an_appointment(case, by=aino, on=TODAY + timedelta(10), begins=time(9), ends=time(10))
    return case


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contact=DAYS, rejected=DAY, granted=DAY, ended=DAY, agreed=st.integers(1, 40), opened=st.integers(0, 90))
def test_the_database_lists_whom_the_law_calls_silent(decided, aino, contact, rejected, granted, ended, agreed, opened):
    begins = datetime.combine(TODAY + timedelta(agreed), time(9), NOON.tzinfo)
    Case.objects.update(contact_on=contact, opened_on=ago(opened))
    Decision.objects.update(decided_on=ago(200))
    Decision.objects.filter(result="rejected").update(notice_on=rejected)
    Decision.objects.exclude(result="rejected").update(notice_on=granted, granted_until=ended)
    Appointment.objects.update(starts_at=begins, ends_at=begins + timedelta(hours=1))

    said = judged(
        opened_on=ago(opened),
        contact_on=contact,
        agreed_on=TODAY + timedelta(agreed),
        rejected_on=rejected,
        rehabilitation_granted_on=granted,
        rehabilitation_ended_on=ended,
    )

    assert [(occasion, since) for _number, occasion, since in listed()] == ([said] if said else [])
