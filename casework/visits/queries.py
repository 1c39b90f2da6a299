"""Reading appointments: of a case, of a worker's fortnight, and which others a worker has at the same time."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from casework.cases.door import in_visible_cases
from casework.cases.queries import case_or_404, record_list
from casework.models import Appointment, Illness
from casework.models.case import Case
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.display import COUNTED, midnight
from tenants.paging import KeysFirst

State = Appointment.State
DAYS_SHOWN = 14
ON_A_PAGE = 50
PAST_ON_A_PAGE = 25
MOST_OPEN = 25  # debriefs that are missing, and what comes, on one page
TEXTS = ("wants_to_say", "daily_limits", "asked_for", "said", "ordered", "next_step")  # no list shows them


@dataclass(frozen=True, kw_only=True)
class OfCase:
    """The appointments of a case: those to be debriefed, those that come, and one page of the others."""

    to_debrief: list[Appointment]
    coming: list[Appointment]
    past: Page[Appointment]


@dataclass(frozen=True, kw_only=True)
class Fortnight:
    """Two weeks of one worker or of everybody, from a Monday."""

    monday: date
    to_debrief: list[Appointment]
    to_debrief_count: int  # also those that are not shown, up to one over COUNTED
    page: Page[Appointment]


def illnesses_of(appointment: Appointment) -> list[Illness]:
    """What stands on the list of the client's illnesses, for the sheet of a visit."""
    return list(appointment.case.client.illnesses.all())


def appointment_or_404(
    user: User, number: str, appointment_id: uuid.UUID, *, on: date, action: str = "case.seen"
) -> Appointment:
    """Fetch an appointment of a case the person may see; its case has what the head shows. The look is logged.

    Raises:
        Http404, ReasonNeeded
    """
    case = case_or_404(user, number, on=on, action=action)
    related = ("worker", "debriefed_by", "next_task", "service_entry")
    return get_object_or_404(case.appointments.select_related(*related), pk=appointment_id)


def of_case(case: Case, *, at: datetime, page: str | None = None) -> OfCase:
    """Read the appointments of a case that was fetched before."""
    rows = case.appointments.select_related("worker").defer(*TEXTS)
    over = Q(state=State.PLANNED, ends_at__gt=at)
    due = Q(state=State.PLANNED, ends_at__lte=at)
    return OfCase(
        to_debrief=list(rows.filter(due)[:MOST_OPEN]) if case.is_open else [],
        coming=list(rows.filter(over)[:MOST_OPEN]),
        past=Paginator(
            rows.exclude(over | due if case.is_open else over).order_by("-starts_at"), PAST_ON_A_PAGE
        ).get_page(page),
    )


def fortnight(user: User, *, monday: date, at: datetime, is_everyones: bool, page: str | None = None) -> Fortnight:
    """Read two weeks from a Monday, and what waits for its debrief; every case that is shown is logged.

    Team members have no appointments of their own: they see those of the cases of their teams.
    """
    rows = _seen_by(user, is_everyones=is_everyones)
    begins, ends = midnight(monday), midnight(monday + timedelta(days=DAYS_SHOWN))
    shown = rows.filter(starts_at__gte=begins, starts_at__lt=ends).exclude(state=State.PLANNED, ends_at__lte=at)
    waiting = waiting_for_debrief(rows, at=at)
    to_debrief = list(waiting.values_list("pk", flat=True)[: COUNTED + 1])
    found = Fortnight(
        monday=monday,
        to_debrief=listed(to_debrief[:MOST_OPEN]),
        to_debrief_count=len(to_debrief),
        page=KeysFirst(shown, ON_A_PAGE, read=listed).get_page(page),
    )
    cases = {appointment.case_id: appointment.case for appointment in [*found.to_debrief, *found.page]}
    record_list(user, cases.values(), action="appointment.listed")
    return found


def listed(keys: Iterable[uuid.UUID]) -> list[Appointment]:
    """Read the appointments of a list, in its order, with client and worker."""
    keys = list(keys)
    rows = Appointment.objects.select_related("case__client", "worker").defer(*TEXTS)
    found = {appointment.pk: appointment for appointment in rows.filter(pk__in=keys).order_by()}
    return [found[key] for key in keys]


def waiting_for_debrief(rows: QuerySet[Appointment], *, at: datetime) -> QuerySet[Appointment]:
    """Keep those whose time is over and of which nothing is written yet, in cases that can still be written in."""
    return rows.filter(state=State.PLANNED, ends_at__lte=at, case__closed_on=None)


def chooses_whose(user: User) -> bool:
    """Tell whether a person's own appointments are a part of those they may see."""
    return user.has(Permission.WORK_CASE) or user.has(Permission.SEE_WORKLOAD)


def overlapping(appointment: Appointment) -> list[Appointment]:
    """Find what the same worker has at the same time; nothing for an appointment that is over or off."""
    if not appointment.is_planned:
        return []
    others = Appointment.objects.filter(
        worker=appointment.worker_id,
        state__in=[State.PLANNED, State.HELD],
        starts_at__lt=appointment.ends_at,
        ends_at__gt=appointment.starts_at,
    )
    return list(others.exclude(pk=appointment.pk).select_related("case").defer(*TEXTS)[:5])


def _seen_by(user: User, *, is_everyones: bool) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(in_visible_cases(user))
    return rows if is_everyones or not chooses_whose(user) else rows.filter(worker=user)
