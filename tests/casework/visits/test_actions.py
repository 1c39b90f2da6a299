"""Appointments: times that exist, and changes that calendars can follow."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.cases import actions as cases
from casework.cases.door import visible_cases
from casework.cases.queries import phase_of
from casework.law.errors import BeforeBirth, CaseIsClosed
from casework.law.phases import Phase
from casework.law.workflow import APPOINTMENT, StepNotAllowed, transition
from casework.models import Appointment, Client
from casework.timeline import corrections
from casework.visits import actions as appointments
from casework.visits.actions import Debrief, Preparation
from tenants.versions import EditedMeanwhile
from tests.casework.cases.making import BORN, a_case
from tests.casework.visits.making import (
    BEFORE,
    DAY,
    PLACE,
    PREPARED,
    SAID,
    an_appointment,
    appointment_at,
    debriefed,
    details,
    in_db,
    prepared,
)
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
Kind, State = Appointment.Kind, Appointment.State
STEPS = tuple(dict.fromkeys(found.step for found in APPOINTMENT))


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino)


# --- agreeing ---------------------------------------------------------------------------------------------------


def test_an_appointment_is_agreed_and_stands_on_the_timeline_without_words(case, aino):
    made = an_appointment(case, by=aino)

    found = in_db(made)
    assert (found.kind, found.place, found.with_whom) == ("doctor", "Health centre of Kaavi", "Dr. Salo")
    assert found.starts_at == datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
    event = case.events.get(kind="appointment.agreed")
    assert event.facts == {"kind": "doctor", "starts_at": "2026-11-26T07:00:00+00:00"}


@pytest.mark.parametrize(("begins", "ends"), [(time(9), time(9)), (time(10), time(9)), (time(23, 30), time(0, 15))])
def test_an_appointment_ends_after_it_begins(case, aino, begins, ends):
    with pytest.raises(appointments.EndsBeforeItBegins):
        an_appointment(case, by=aino, begins=begins, ends=ends)


def test_nobody_has_an_appointment_before_birth_but_a_past_one_may_be_written_down(case, aino):
    with pytest.raises(BeforeBirth):
        an_appointment(case, by=aino, on=BORN - timedelta(1))
    with pytest.raises(BeforeBirth):
        an_appointment(case, by=aino, on=date.min)
    assert an_appointment(case, by=aino, on=date(2025, 1, 7)).is_planned


def test_an_appointment_belongs_to_somebody_who_works_with_cases(case, aino, daavid):
    with pytest.raises(appointments.NotAWorker):
        an_appointment(case, by=aino, worker=daavid)


def test_who_no_longer_works_with_cases_keeps_an_appointment_until_it_is_given_on(case, aino, bertta):
    made = an_appointment(case, by=aino, worker=bertta)
    bertta.is_active = False
    bertta.save()

    moved = change(in_db(made), by=aino, worker=bertta, on=DAY + timedelta(1))

    assert moved.worker == bertta


def test_nothing_is_agreed_in_a_closed_case(case, aino):
    cases.close(case=case, outcome="moved", closed_on=TODAY, version=1, by=aino, at=NOON)

    with pytest.raises(CaseIsClosed):
        an_appointment(case, by=aino)


# --- nights in which the clocks are moved -----------------------------------------------------------------------

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize(("begins", "ends", "field"), [((3, 30), (4, 30), "begins"), ((2, 30), (3, 30), "ends")])
def test_a_time_that_the_clocks_jump_over_is_refused_at_its_field(case, aino, begins, ends, field):
    with pytest.raises(appointments.NoSuchTime) as refused:
        an_appointment(case, by=aino, on=SPRING, begins=time(*begins), ends=time(*ends))

    assert refused.value.field == field


@pytest.mark.parametrize(("on", "minutes"), [(SPRING, 60), (AUTUMN, 180), (date(2026, 6, 1), 120)])
def test_a_night_is_as_long_as_it_really_was(case, aino, on, minutes):
    assert an_appointment(case, by=aino, on=on, begins=time(2, 30), ends=time(4, 30)).minutes == minutes


def test_in_the_hour_that_comes_twice_the_first_is_meant(case, aino):
    made = an_appointment(case, by=aino, on=AUTUMN, begins=time(3, 15, fold=1), ends=time(3, 45))

    assert made.starts_at == datetime(2026, 10, 25, 0, 15, tzinfo=UTC)
    assert made.minutes == 30


# --- changing, cancelling, missing ------------------------------------------------------------------------------


def change(appointment, *, by, at=NOON, version=None, **others):
    return appointments.change(
        appointment=appointment,
        details=details(**{"worker": by} | others),
        version=version or appointment.version,
        by=by,
        at=at,
    )


def test_a_change_is_a_newer_state_of_the_same_event(case, aino):
    made = an_appointment(case, by=aino)
    later = NOON + timedelta(hours=1)

    moved = change(made, by=aino, at=later, on=DAY + timedelta(7))

    assert (moved.calendar_uid, moved.sequence, moved.changed_at) == (made.calendar_uid, 1, later)
    assert in_db(moved).starts_at.date() == DAY + timedelta(7)


def test_a_moved_appointment_keeps_the_old_agreement(case, aino, bertta):
    made = an_appointment(case, by=aino)

    moved = change(made, by=aino, on=DAY + timedelta(7), worker=bertta)

    [earlier] = corrections.of_row(in_db(moved))
    assert [(str(old.label), str(old.said)) for old in earlier.olds] == [
        ("Alkaa", "26.11.2026 klo\N{NO-BREAK SPACE}9.00"),
        ("Päättyy", "26.11.2026 klo\N{NO-BREAK SPACE}9.45"),
        ("Kenen käynti", "Aino"),
    ]


def test_saving_what_is_agreed_already_is_no_newer_state(case, aino):
    made = an_appointment(case, by=aino)

    same = change(made, by=aino)

    assert (same.sequence, same.version) == (0, 1)
    assert not case.events.filter(kind="appointment.changed").exists()


def test_an_order_that_came_later_hides_the_old_place_too(case, aino):
    made = change(an_appointment(case, by=aino), by=aino, place="Toimisto")
    Client.objects.update(protective_order_source="DVV")

    for earlier in (corrections.of_row(in_db(made)), corrections.described(corrections.of_case(case))):
        assert [str(old.said) for old in earlier[0].olds] == ["Piilotettu: asiakkaalla on turvakielto."]
    [shown] = corrections.of_row(in_db(made), is_hidden=False)
    assert [old.said for old in shown.olds] == [PLACE]


def test_the_second_of_two_editors_is_told(case, aino):
    made = an_appointment(case, by=aino)
    change(made, by=aino, place="First")

    with pytest.raises(EditedMeanwhile):
        change(made, by=aino, place="Second", version=1)

    assert in_db(made).place == "First"


def test_cancelling_twice_is_well_and_the_row_stays(case, aino):
    made = an_appointment(case, by=aino)

    appointments.cancel(appointment=made, by=aino, at=NOON)
    cancelled = appointments.cancel(appointment=made, by=aino, at=NOON)

    assert (cancelled.state, cancelled.sequence) == (State.CANCELLED, 1)
    assert case.events.filter(kind="appointment.cancelled").count() == 1


def test_what_will_not_take_place_is_cancelled_in_a_closed_case_too(case, aino):
    made = an_appointment(case, by=aino)
    cases.close(case=case, outcome="withdrew", closed_on=TODAY, version=1, by=aino, at=NOON)

    assert appointments.cancel(appointment=made, by=aino, at=NOON).is_cancelled
    with pytest.raises(CaseIsClosed):
        prepared(made, by=aino)


def test_a_client_is_missed_only_when_the_time_has_come(case, aino):
    made = an_appointment(case, by=aino)
    with pytest.raises(appointments.NotYet):
        appointments.miss(appointment=made, by=aino, at=NOON)

    begun = made.starts_at + timedelta(minutes=15)
    appointments.miss(appointment=made, by=aino, at=begun)
    appointments.miss(appointment=made, by=aino, at=begun)

    assert in_db(made).state == State.MISSED
    assert case.events.get(kind="appointment.missed").on == DAY


ACTS = {
    "change": lambda one, by: change(one, by=by, on=BEFORE, begins=time(8)),
    "prepare": lambda one, by: prepared(one, by=by),
    "cancel": lambda one, by: appointments.cancel(appointment=one, by=by, at=NOON),
    "miss": lambda one, by: appointments.miss(appointment=one, by=by, at=NOON),
    "debrief": lambda one, by: debriefed(one, by=by, debrief=Debrief(said="Rest helps.")),
}
TWICE_IS_WELL = {("cancel", State.CANCELLED), ("miss", State.MISSED)}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_starts_from_its_states_only(case, aino, state, step):
    appointment = appointment_at(state, case, by=aino)
    before = in_db(appointment).version

    if transition(APPOINTMENT, state, step):
        ACTS[step](appointment, aino)
        assert in_db(appointment).version == before + 1
    elif (step, state) in TWICE_IS_WELL:
        ACTS[step](appointment, aino)
        assert in_db(appointment).version == before
    else:
        with pytest.raises(StepNotAllowed):
            ACTS[step](appointment, aino)


def test_every_step_has_an_act():
    assert set(ACTS) == set(STEPS)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(sorted(ACTS)), min_size=1, max_size=8))
def test_the_event_of_a_calendar_keeps_its_key_and_its_sequence_only_grows(case, aino, edits):
    made = appointment_at(State.PLANNED, case, by=aino)
    seen = [(made.sequence, _shown_in_calendars(made))]
    for step in edits:
        try:
            ACTS[step](in_db(made), aino)
        except StepNotAllowed:
            continue
        now = in_db(made)
        assert now.calendar_uid == made.calendar_uid
        assert now.sequence >= seen[-1][0]
        assert now.sequence > seen[-1][0] or _shown_in_calendars(now) == seen[-1][1]
        seen.append((now.sequence, _shown_in_calendars(now)))


def _shown_in_calendars(appointment):
    return appointment.starts_at, appointment.ends_at, appointment.kind, appointment.is_cancelled


# --- the preparation sheet --------------------------------------------------------------------------------------


def test_a_sheet_is_written_and_an_emptied_one_counts_as_not_written(case, aino):
    sheet = prepared(an_appointment(case, by=aino), by=aino)
    assert (in_db(sheet).wants_to_say, in_db(sheet).prepared_at) == ("I cannot sit for an hour.", NOON)

    appointments.prepare(appointment=sheet, preparation=Preparation(), version=2, by=aino, at=NOON)

    assert in_db(sheet).prepared_at is None
    assert case.events.filter(kind="appointment.prepared").count() == 1
    assert case.events.filter(kind="appointment.sheet_changed").count() == 1
    [earlier] = corrections.of_row(sheet)
    assert [old.said for old in earlier.olds] == [PREPARED.wants_to_say, PREPARED.daily_limits, PREPARED.asked_for]


def test_two_who_write_the_sheet_at_once_lose_nothing(case, aino):
    made = an_appointment(case, by=aino)
    prepared(made, by=aino)

    with pytest.raises(EditedMeanwhile):
        appointments.prepare(
            appointment=made, preparation=Preparation(asked_for="Something else"), version=1, by=aino, at=NOON
        )


# --- what it shows of the case ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "state", "phase"),
    [
        (Kind.OFFICE, State.PLANNED, Phase.CONTACT),
        (Kind.OFFICE, State.MISSED, Phase.CONTACT),
        (Kind.OFFICE, State.CANCELLED, Phase.CONTACT),
        (Kind.OFFICE, State.HELD, Phase.MAPPING),
        (Kind.DOCTOR, State.HELD, Phase.ASSESSING),
    ],
)
def test_an_appointment_that_was_held_shows_that_the_client_was_met(case, aino, kind, state, phase):
    appointment_at(state, case, by=aino, kind=kind)

    assert phase_of(visible_cases(aino).get()) is phase


def test_the_words_of_a_visit_are_sealed_in_the_database(case, aino):
    held = debriefed(prepared(an_appointment(case, by=aino, on=BEFORE), by=aino), by=aino)

    with connection.cursor() as cursor:
        cursor.execute("select casework_appointment::text from casework_appointment where id = %s", [held.pk])
        row = cursor.fetchone()[0]

    words = (SAID.said, SAID.ordered, SAID.next_step, "Dr. Salo", "Health centre", "I cannot sit", "statement B")
    assert not [word for word in words if word in row or word.encode().hex() in row]
