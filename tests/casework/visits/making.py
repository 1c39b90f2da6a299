"""Makes appointments for tests, through the real actions only."""

from datetime import date, datetime, time
from typing import Any

from casework.models import Appointment, Case
from casework.visits import actions as appointments
from casework.visits.actions import AppointmentDetails, Debrief, Preparation
from tenants.accounts.models import User
from tests.conftest import NOON

DAY = date(2026, 11, 26)  # the Thursday after NOON
BEFORE = date(2026, 11, 19)  # the Thursday before it
SALO = "Dr. Salo"
PLACE = "Health centre of Kaavi"
PREPARED = Preparation(
    wants_to_say="I cannot sit for an hour.", daily_limits="Back: sitting.", asked_for="A statement B."
)
SAID = Debrief(
    said="An MRI is needed.", ordered="MRI, sick leave", next_step="Book the MRI", next_on=date(2026, 11, 30)
)


def details(*, worker: User, **others: Any) -> AppointmentDetails:
    """Thursday 26.11.2026 from 9.00 to 9.45 with Dr. Salo, the worker coming along."""
    known: dict[str, Any] = {
        "kind": Appointment.Kind.DOCTOR,
        "on": DAY,
        "begins": time(9),
        "ends": time(9, 45),
        "place": PLACE,
        "with_whom": SALO,
        "is_accompanied": True,
    }
    return AppointmentDetails(**known | {"worker": worker} | others)


def an_appointment(
    case: Case, *, by: User, worker: User | None = None, at: datetime = NOON, **others: Any
) -> Appointment:
    """Agree a doctor's visit."""
    return appointments.agree(case=case, details=details(worker=worker or by, **others), by=by, at=at)


def prepared(appointment: Appointment, *, by: User, at: datetime = NOON) -> Appointment:
    """Write its sheet."""
    return appointments.prepare(
        appointment=appointment, preparation=PREPARED, version=appointment.version, by=by, at=at
    )


def debriefed(
    appointment: Appointment, *, by: User, at: datetime = NOON, debrief: Debrief = SAID, **others: Any
) -> Appointment:
    """Write down what came of it; its day must have come."""
    return appointments.debrief(
        appointment=appointment, debrief=debrief, version=appointment.version, by=by, at=at, **others
    )


def appointment_at(state: str, case: Case, *, by: User, at: datetime = NOON, **others: Any) -> Appointment:
    """Bring a doctor's visit of the Thursday before to a state."""
    made = an_appointment(case, by=by, at=at, **{"on": BEFORE} | others)
    if state == Appointment.State.HELD:
        return debriefed(made, by=by, at=at)
    if state == Appointment.State.MISSED:
        return appointments.miss(appointment=made, by=by, at=at)
    if state == Appointment.State.CANCELLED:
        return appointments.cancel(appointment=made, by=by, at=at)
    return made


def in_db(appointment: Appointment) -> Appointment:
    """Read it anew, as another request would."""
    return Appointment.objects.select_related("case__client", "worker").get(pk=appointment.pk)
