"""Visits in every state: one ahead with its sheet, one to be debriefed, and one that was held; a private calendar."""

from datetime import time, timedelta

from django.utils import timezone

from casework.models import Appointment, Case
from casework.visits import actions as appointments
from casework.visits import feeds as calendar_feeds
from casework.visits.actions import AppointmentDetails, Debrief, Preparation, Work
from tenants.accounts.models import User


def furnish(case: Case, aino: User) -> dict[str, object]:
    """Make one of each object of the room; the answer are the arguments of its addresses."""
    now, today = timezone.now(), timezone.localdate()

    def agreed(days: int, kind: str = "doctor", hour: int = 9) -> Appointment:
        details = AppointmentDetails(
            kind=kind,
            on=today + timedelta(days=days),
            begins=time(hour),
            ends=time(hour, 45),
            worker=aino,
            place="Terveysasema",
            with_whom="Tri Salo",
            is_accompanied=kind == "doctor",
        )
        return appointments.agree(case=case, details=details, by=aino, at=now)

    held = agreed(-20)
    sheet = Preparation(
        wants_to_say="En jaksa istua tuntia.", daily_limits="Selkä: istuminen, nostaminen.", asked_for="B-lausunto."
    )
    held = appointments.prepare(appointment=held, preparation=sheet, version=held.version, by=aino, at=now)
    debrief = Debrief(
        said="Selkä kuvataan.", ordered="Magneettikuvaus", next_step="Varaa kuvaus", next_on=today + timedelta(days=5)
    )
    work = Work(product="doctor_visit", minutes=95)
    appointments.debrief(appointment=held, debrief=debrief, work=work, version=held.version, by=aino, at=now)
    missed = agreed(-10, "phone", 13)
    appointments.miss(appointment=missed, by=aino, at=now)
    appointments.cancel(appointment=agreed(3, "home", 10), by=aino, at=now)
    agreed(-2, "network", 12)
    agreed(3, "office", 9)
    coming = agreed(3)
    coming = appointments.prepare(appointment=coming, preparation=sheet, version=coming.version, by=aino, at=now)
    return {"appointment_id": coming.pk, "secret": calendar_feeds.make(user=aino, at=now)}
