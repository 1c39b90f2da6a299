"""What can be done to an appointment, from agreeing to debriefing. Overlaps are shown by queries, never refused."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.case_tasks import actions as tasks
from casework.cases.actions import NotACoordinator, locked_open
from casework.law import workflow
from casework.law.errors import BeforeBirth
from casework.law.workflow import APPOINTMENT_STATE_LABELS
from casework.models import Appointment, Case
from casework.services import actions as service_entries
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.display import HELSINKI, helsinki
from tenants.errors import Refusal


class EndsBeforeItBegins(Refusal):
    user_message = _("It must end after it begins.")
    field = "ends"


class NoSuchTime(Refusal):
    user_message = _("The clocks are moved forward that night: there is no such time.")

    def __init__(self, *, field: str) -> None:
        super().__init__()
        self.field = field


class NotYet(Refusal):
    user_message = _("The appointment has not been yet. This is written down when its time has come.")


class NextStepHalfSaid(Refusal):
    user_message = _("A next step needs both what is done and by which day.")

    def __init__(self, *, field: str) -> None:
        super().__init__()
        self.field = field


class NotAWorker(NotACoordinator):
    field = "worker"


@dataclass(frozen=True, kw_only=True)
class AppointmentDetails:
    """What was agreed. Times are those of the clock in Finland; in the hour that comes twice, the first is meant."""

    kind: str
    on: date
    begins: time
    ends: time
    worker: User
    place: str = ""
    with_whom: str = ""
    is_accompanied: bool = False


@dataclass(frozen=True, kw_only=True)
class Preparation:
    """The preparation sheet, in the client's own words."""

    wants_to_say: str = ""
    daily_limits: str = ""
    asked_for: str = ""


@dataclass(frozen=True, kw_only=True)
class Debrief:
    """What came of it."""

    said: str
    ordered: str = ""
    next_step: str = ""
    next_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Work:
    """The piece of work to be logged with a debrief."""

    product: str
    minutes: int
    is_billable: bool = True


@transaction.atomic
def agree(*, case: Case, details: AppointmentDetails, by: User, at: datetime) -> Appointment:
    """Write down a time that was agreed; it may be in the past.

    Raises:
        EndsBeforeItBegins, NoSuchTime, BeforeBirth, NotAWorker, CaseIsClosed
    """
    case = locked_open(case)
    appointment = Appointment(case=case, changed_at=at)
    for name, value in _checked(appointment, details).items():
        setattr(appointment, name, value)
    appointment.save()
    _tell(appointment, "appointment.agreed", by=by, at=at)
    return appointment


@transaction.atomic
def change(
    *, appointment: Appointment, details: AppointmentDetails, version: int, by: User, at: datetime
) -> Appointment:
    """Move it or change what was agreed; that stays in its history. Calendars take it as a newer state of the event.

    Raises:
        EditedMeanwhile, StepNotAllowed, EndsBeforeItBegins, NoSuchTime, BeforeBirth, NotAWorker, CaseIsClosed
    """
    appointment = _locked(appointment)
    _check_step(appointment, "change", by)
    appointment.check_version(version)
    values = _checked(appointment, details)
    if corrections.correct(appointment, values, _why("appointment.changed", appointment, values, by=by, at=at)):
        appointment.save(update_fields=appointment.renew_in_calendars(at))
    return appointment


@transaction.atomic
def hand_over(*, appointment: Appointment, worker: User, version: int, by: User, at: datetime) -> Appointment:
    """Give an agreed time to another worker; calendars take it as a newer state of the event.

    Raises:
        StepNotAllowed: it was held, missed or cancelled.
        EditedMeanwhile, NotAWorker, CaseIsClosed
    """
    appointment = _locked(appointment)
    _check_step(appointment, "change", by)
    appointment.check_version(version)
    if not worker.has(Permission.WORK_CASE):
        raise NotAWorker(name=worker.name)
    values = {"worker": worker}
    if corrections.correct(appointment, values, _why("appointment.changed", appointment, values, by=by, at=at)):
        appointment.save(update_fields=appointment.renew_in_calendars(at))
    return appointment


@transaction.atomic
def cancel(*, appointment: Appointment, by: User, at: datetime) -> Appointment:
    """Cancel it; it stays in the case and in calendars, as cancelled. Twice is well.

    Also in a closed case: what will not take place must leave the calendars.

    Raises:
        StepNotAllowed: it was held or missed.
    """
    Case.objects.select_for_update().get(pk=appointment.case_id)
    appointment = _row(appointment)
    if appointment.is_cancelled:
        return appointment
    _check_step(appointment, "cancel", by)
    appointment.save_version(*appointment.cancel_in_calendars(at))
    _tell(appointment, "appointment.cancelled", by=by, at=at)
    return appointment


@transaction.atomic
def miss(*, appointment: Appointment, by: User, at: datetime) -> Appointment:
    """Note that the client did not come. Twice is well; a debrief corrects it.

    Raises:
        NotYet, StepNotAllowed, CaseIsClosed
    """
    appointment = _locked(appointment)
    if appointment.state == Appointment.State.MISSED:
        return appointment
    _check_step(appointment, "miss", by)
    if at < appointment.starts_at:
        raise NotYet
    appointment.state = Appointment.State.MISSED
    appointment.save_version("state")
    _tell(appointment, "appointment.missed", by=by, at=at, on=helsinki(appointment.starts_at))
    return appointment


@transaction.atomic
def prepare(*, appointment: Appointment, preparation: Preparation, version: int, by: User, at: datetime) -> Appointment:
    """Write the preparation sheet; an empty one counts as not written, and what stood on it stays in the history.

    Raises:
        EditedMeanwhile, StepNotAllowed, CaseIsClosed
    """
    appointment = _locked(appointment)
    _check_step(appointment, "prepare", by)
    appointment.check_version(version)
    values = asdict(preparation)
    is_first, is_empty = appointment.prepared_at is None, preparation == Preparation()
    if is_first and is_empty:
        return appointment
    if is_first:
        _write(appointment, values)
        _tell(appointment, "appointment.prepared", by=by, at=at)
    elif not corrections.correct(
        appointment, values, _why("appointment.sheet_changed", appointment, values, by=by, at=at)
    ):
        return appointment
    appointment.prepared_at = None if is_empty else at
    appointment.save(update_fields=["prepared_at"])
    return appointment


@transaction.atomic
def debrief(
    *, appointment: Appointment, debrief: Debrief, work: Work | None = None, version: int, by: User, at: datetime
) -> Appointment:
    """Write down what came of it: it was held. The next step becomes a task, the work a service entry, each once.

    Raises:
        EditedMeanwhile, StepNotAllowed, CaseIsClosed
        NotYet: its day has not come.
        NextStepHalfSaid: a next step without a day, or a day without a step.
        BeforeTheCase, NotADaysWork, UnknownProduct: of the work.
    """
    appointment = _locked(appointment)
    _check_step(appointment, "debrief", by)
    appointment.check_version(version)
    if helsinki(at) < helsinki(appointment.starts_at):
        raise NotYet
    _check_next_step(debrief)
    if appointment.is_debriefed:
        _correct_debrief(appointment, debrief, work, by=by, at=at)
    else:
        _hold(appointment, debrief, work, by=by, at=at)
    return appointment


def moment_of(on: date, clock: time, *, field: str) -> datetime:
    """Read a day and a time of the clock in Finland as a moment; in the hour that comes twice, the first.

    Raises:
        NoSuchTime: the clocks jump over it.
    """
    local = datetime.combine(on, clock.replace(fold=0), HELSINKI)
    moment = local.astimezone(UTC)
    if moment.astimezone(HELSINKI).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(field=field)
    return moment


def _checked(appointment: Appointment, details: AppointmentDetails) -> dict[str, Any]:
    """Check what was agreed; answer it as it is stored."""
    born_on = appointment.case.client.born_on
    if details.on < born_on:
        raise BeforeBirth(born_on=born_on, field="on")
    starts_at = moment_of(details.on, details.begins, field="begins")
    ends_at = moment_of(details.on, details.ends, field="ends")
    if ends_at <= starts_at:
        raise EndsBeforeItBegins
    is_new_worker = appointment.worker_id != details.worker.pk
    if is_new_worker and not details.worker.has(Permission.WORK_CASE):
        raise NotAWorker(name=details.worker.name)
    return {
        "kind": details.kind,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "worker": details.worker,
        "place": details.place,
        "with_whom": details.with_whom,
        "is_accompanied": details.is_accompanied,
    }


def _check_next_step(debrief: Debrief) -> None:
    if debrief.next_step and debrief.next_on is None:
        raise NextStepHalfSaid(field="next_on")
    if debrief.next_on is not None and not debrief.next_step:
        raise NextStepHalfSaid(field="next_step")


def _hold(appointment: Appointment, debrief: Debrief, work: Work | None, *, by: User, at: datetime) -> None:
    """Note the first debrief, which is the proof that it was held."""
    appointment.state = Appointment.State.HELD
    _write(appointment, asdict(debrief), "state")
    _follow(appointment, work, by=by, at=at)
    _tell(appointment, "appointment.held", by=by, at=at, on=helsinki(appointment.starts_at))


def _correct_debrief(appointment: Appointment, debrief: Debrief, work: Work | None, *, by: User, at: datetime) -> None:
    values = asdict(debrief)
    corrections.correct(appointment, values, _why("appointment.debrief_changed", appointment, values, by=by, at=at))
    _follow(appointment, work, by=by, at=at)


def _write(appointment: Appointment, values: Mapping[str, Any], *others: str) -> None:
    """Write words where none stood."""
    for name, value in values.items():
        setattr(appointment, name, value)
    appointment.save_version(*values, *others)


def _follow(appointment: Appointment, work: Work | None, *, by: User, at: datetime) -> None:
    """Let what a debrief makes follow its words."""
    _promise(appointment, by=by, at=at)
    _log(appointment, work, by=by, at=at)
    appointment.debriefed_at, appointment.debriefed_by = at, by
    appointment.save(update_fields=["debriefed_at", "debriefed_by", "next_task", "service_entry"])


def _promise(appointment: Appointment, *, by: User, at: datetime) -> None:
    """Make the next step a task of the worker; while it is open, it follows a corrected debrief."""
    if appointment.next_on is None:
        return
    task = appointment.next_task
    if task is None or task.is_removed:
        assignee = appointment.worker if appointment.worker.has(Permission.SEE_CASE) else by
        appointment.next_task = tasks.add(
            case=appointment.case,
            title=appointment.next_step,
            due_on=appointment.next_on,
            assignee=assignee,
            by=by,
            at=at,
        )
    elif not task.is_done:
        values = {"title": appointment.next_step, "due_on": appointment.next_on}
        facts: dict[str, str | int] = {"due_on": appointment.next_on.isoformat(), "assignee": task.assignee.name}
        why = Why(reason="", by=by, at=at, case=appointment.case, kind="task.corrected", facts=facts)
        corrections.correct(task.locked("assignee"), values, why)


def _log(appointment: Appointment, work: Work | None, *, by: User, at: datetime) -> None:
    logged = appointment.service_entry
    if work is None or (logged is not None and not logged.is_removed):
        return
    appointment.service_entry = service_entries.log(
        case=appointment.case,
        on=helsinki(appointment.starts_at),
        product=work.product,
        minutes=work.minutes,
        what=str(appointment.get_kind_display()),
        is_billable=work.is_billable,
        by=by,
        at=at,
    )


def _check_step(appointment: Appointment, step: str, by: User) -> workflow.Transition:
    found = workflow.required(workflow.APPOINTMENT, appointment.state, step, labels=APPOINTMENT_STATE_LABELS)
    if not by.has(found.permission):
        raise PermissionDenied
    return found


def _why(kind: str, appointment: Appointment, values: Mapping[str, Any], *, by: User, at: datetime) -> Why:
    """Say where a change is told, with what is agreed after it."""
    starts_at: datetime = values.get("starts_at", appointment.starts_at)
    facts: dict[str, str | int] = {
        "kind": values.get("kind", appointment.kind),
        "starts_at": starts_at.isoformat(),
    }
    return Why(reason="", by=by, at=at, case=appointment.case, kind=kind, facts=facts)


def _tell(appointment: Appointment, kind: str, *, by: User, at: datetime, on: date | None = None) -> None:
    facts = {"kind": appointment.kind, "starts_at": appointment.starts_at.isoformat()}
    timeline.add(case=appointment.case, kind=kind, by=by, at=at, on=on, about=appointment, facts=facts)


def _locked(appointment: Appointment) -> Appointment:
    case = locked_open(appointment.case, about=appointment.pk)
    appointment = _row(appointment)
    appointment.case = case
    return appointment


def _row(appointment: Appointment) -> Appointment:
    return appointment.locked("case__client", "worker")
