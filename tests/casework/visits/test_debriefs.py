"""The debrief of an appointment: typed once, it makes the task and the service entry, and never twice."""

from datetime import date, timedelta

import pytest

from casework.case_tasks import actions as tasks
from casework.models import Appointment, ServiceEntry, Task
from casework.services import actions as service_entries
from casework.timeline import corrections
from casework.visits import actions as appointments
from casework.visits.actions import Debrief, Work
from tests.asking import asked
from tests.casework.cases.making import a_case
from tests.casework.visits.making import (
    BEFORE,
    DAY,
    an_appointment,
    debriefed,
    in_db,
)
from tests.conftest import NOON

State = Appointment.State


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino)


def test_a_debrief_holds_the_appointment_and_makes_the_task_and_the_service_entry(case, aino):
    made = an_appointment(case, by=aino, on=BEFORE)

    held = debriefed(made, by=aino, work=Work(product="doctor_visit", minutes=95))

    assert (in_db(held).state, in_db(held).said) == (State.HELD, "An MRI is needed.")
    task, entry = Task.objects.get(), ServiceEntry.objects.get()
    assert (task.title, task.due_on, task.assignee) == ("Book the MRI", date(2026, 11, 30), aino)
    assert (entry.product, entry.minutes, entry.on, entry.is_billable) == ("doctor_visit", 95, BEFORE, True)
    assert case.events.get(kind="appointment.held").on == BEFORE


def test_a_corrected_debrief_makes_nothing_twice_and_its_open_task_follows(case, aino):
    held = debriefed(an_appointment(case, by=aino, on=BEFORE), by=aino, work=Work(product="doctor_visit", minutes=95))
    corrected = Debrief(said="An X-ray is needed.", next_step="Book the X-ray", next_on=date(2026, 12, 2))

    debriefed(held, by=aino, debrief=corrected, work=Work(product="doctor_visit", minutes=5))

    task = Task.objects.get()
    assert (task.title, task.due_on) == ("Book the X-ray", date(2026, 12, 2))
    assert ServiceEntry.objects.get().minutes == 95
    assert case.events.filter(kind="appointment.debrief_changed").count() == 1
    kept = [old.said for row in (held, task) for earlier in corrections.of_row(row) for old in earlier.olds]
    assert kept == ["An MRI is needed.", "MRI, sick leave", "Book the MRI", "30.11.2026", "Book the MRI", "30.11.2026"]


def test_a_task_that_is_done_stays_as_it_was(case, aino):
    held = debriefed(an_appointment(case, by=aino, on=BEFORE), by=aino)
    tasks.do(task=Task.objects.get(), by=aino, at=NOON)

    debriefed(in_db(held), by=aino, debrief=Debrief(said="x", next_step="Else", next_on=DAY))

    assert Task.objects.get().title == "Book the MRI"


def test_a_debrief_without_a_next_step_makes_no_task(case, aino):
    debriefed(an_appointment(case, by=aino, on=BEFORE), by=aino, debrief=Debrief(said="All is well."))

    assert not Task.objects.exists()
    assert not ServiceEntry.objects.exists()


@pytest.mark.parametrize(("half", "field"), [({"next_step": "Call"}, "next_on"), ({"next_on": DAY}, "next_step")])
def test_a_next_step_has_a_day_and_a_day_has_a_step(case, aino, half, field):
    made = an_appointment(case, by=aino, on=BEFORE)

    with pytest.raises(appointments.NextStepHalfSaid) as refused:
        debriefed(made, by=aino, debrief=Debrief(said="x", **half))

    assert refused.value.field == field
    assert in_db(made).is_planned


def test_an_appointment_is_debriefed_from_its_day_on(case, aino):
    made = an_appointment(case, by=aino)
    with pytest.raises(appointments.NotYet):
        debriefed(made, by=aino)

    early = made.starts_at - timedelta(hours=2)  # the doctor was ahead of time

    assert debriefed(made, by=aino, at=early).state == State.HELD


def test_work_that_cannot_be_logged_leaves_the_debrief_unwritten(case, aino):
    made = an_appointment(case, by=aino, on=date(2026, 5, 1))  # the case was opened on 1.6.

    with asked(service_entries.BeforeTheCase):
        debriefed(made, by=aino, work=Work(product="doctor_visit", minutes=60))

    assert in_db(made).is_planned
    assert not Task.objects.exists()


def test_the_task_goes_to_whoever_writes_when_the_worker_has_left(case, aino, bertta):
    made = an_appointment(case, by=aino, worker=bertta, on=BEFORE)
    bertta.is_active = False
    bertta.save()

    debriefed(in_db(made), by=aino)

    assert Task.objects.get().assignee == aino
