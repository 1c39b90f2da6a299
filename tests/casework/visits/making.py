"""Makes appointments for tests, through the real actions only."""

from datetime import date, datetime, time, timedelta
from typing import Any

from casework.models import Appointment, Case
from casework.visits import actions as appointments
from casework.visits import feeds
from casework.visits.actions import AppointmentDetails, Debrief, Preparation, Work
from tenants.accounts.models import User
from tenants.display import helsinki
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


def prepared(
    appointment: Appointment, *, by: User, at: datetime = NOON, preparation: Preparation = PREPARED
) -> Appointment:
    """Write its sheet."""
    return appointments.prepare(
        appointment=appointment, preparation=preparation, version=appointment.version, by=by, at=at
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


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """Fill the pages of visits: visits in every state and a private calendar; answers the arguments of addresses."""
    today = helsinki(at)

    def agreed(days: int, hour: int = 9, **others: Any) -> Appointment:
        when = {"on": today + timedelta(days=days), "begins": time(hour), "ends": time(hour, 45)}
        known: dict[str, Any] = {"place": "Terveysasema", "with_whom": "Tri Salo", "is_accompanied": False}
        return an_appointment(case, by=by, at=at, **known | when | others)

    sheet = Preparation(
        wants_to_say="En jaksa istua tuntia.", daily_limits="Selkä: istuminen, nostaminen.", asked_for="B-lausunto."
    )
    said = Debrief(
        said="Selkä kuvataan.", ordered="Magneettikuvaus", next_step="Varaa kuvaus", next_on=today + timedelta(days=5)
    )
    held = prepared(agreed(-20, is_accompanied=True), by=by, at=at, preparation=sheet)
    debriefed(held, by=by, at=at, debrief=said, work=Work(product="doctor_visit", minutes=95))
    appointments.miss(appointment=agreed(-10, 13, kind="phone"), by=by, at=at)
    appointments.cancel(appointment=agreed(3, 10, kind="home"), by=by, at=at)
    agreed(-2, 12, kind="network")
    agreed(3, kind="office")
    coming = prepared(agreed(3, is_accompanied=True), by=by, at=at, preparation=sheet)
    return {"appointment_id": coming.pk, "secret": feeds.make(user=by, at=at)}
