"""What Today shows: clocks, promises and visits until the end of next week, checks, slow decisions, silence, referrals.

Every case and referral that is handed out is in the access log already, by one call.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet, Window

from casework.applications import waiting
from casework.applications.waiting import AppealClock
from casework.cases.door import own_cases, visible_cases
from casework.law.workflow import ApplicationState
from casework.models import (
    Appeal,
    Application,
    Appointment,
    Case,
    CoverageCheck,
    Decision,
    Referral,
    StatementRequest,
    Task,
)
from casework.overview.silence import SilentCase, silent_cases
from casework.referrals import queries as referrals
from casework.statements import queries as statements
from casework.statements.queries import Aging
from casework.visits import queries as appointments
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.display import helsinki, midnight

type Keys = QuerySet[Case, Any]  # of the cases a day is about

MOST = 100  # rows of one kind of deadline
SHOWN_TASKS = 50
SHOWN_VISITS = 25
SHOWN_WAITING = 10
SHOWN_SILENT = 10
SHOWN_REFERRALS = 5
TOTAL = Window(Count("pk"))  # how many there are, in the query that reads the first of them


@dataclass(frozen=True, kw_only=True)
class Day:
    """Everything one person should know today."""

    at: datetime
    clocks: list[AppealClock]
    returned: list[Application]
    tasks: list[Task]
    statements: list[StatementRequest]
    aging: list[Aging]
    visits: list[Appointment]
    unchecked: list[Decision]
    overdue: list[Application]
    silent: list[SilentCase]
    silent_count: int
    referrals: list[Referral]

    @property
    def on(self) -> date:
        return helsinki(self.at)

    @property
    def promise_count(self) -> int:
        """All of them, also the tasks that are not shown."""
        tasks: int = self.tasks[0].total if self.tasks else 0  # type: ignore[attr-defined]  # annotated
        return tasks + len(self.statements) + len(self.aging)

    @property
    def overdue_count(self) -> int:
        """All of them, also those that are not shown."""
        return self.overdue[0].overdue_total if self.overdue else 0  # type: ignore[attr-defined]

    @property
    def visit_count(self) -> int:
        """All of them, also those that are not shown."""
        return self.visits[0].total if self.visits else 0  # type: ignore[attr-defined]

    @property
    def referral_count(self) -> int:
        """All of them, also those that are not shown."""
        return self.referrals[0].total if self.referrals else 0  # type: ignore[attr-defined]


def read(user: User, *, at: datetime, is_everyones: bool) -> Day:
    """Read the day of one person: of their own cases, or of every case they may see."""
    on = helsinki(at)
    cases = (visible_cases(user) if is_everyones else own_cases(user)).filter(closed_on=None).order_by().values("pk")
    until = end_of_next_week(on)
    tasks = list(_tasks(user, cases, is_everyones=is_everyones).filter(due_on__lte=until)[:SHOWN_TASKS])
    decisions = list(_decisions(cases, on=on, until=until)[:MOST])
    applications = list(_applications(cases, on=on, until=until)[:MOST])
    silent = silent_cases(cases, on=on, at=at)
    day = Day(
        at=at,
        clocks=_clocks(decisions, _appeals(cases, until=until)),
        returned=[application for application in applications if application.is_returned],
        tasks=tasks,
        statements=_awaited(cases, tasks, until=until),
        aging=statements.aging(cases, until=until)[:MOST],
        visits=list(_visits(user, cases, at=at, is_everyones=is_everyones)[:SHOWN_VISITS]),
        unchecked=[decision for decision in decisions if _is_unchecked(decision)],
        overdue=[application for application in applications if not application.is_returned][:SHOWN_WAITING],
        silent=silent[:SHOWN_SILENT],
        silent_count=len(silent),
        referrals=list(_new_referrals(user)[:SHOWN_REFERRALS]),
    )
    access_log.record(by=user, action="today.seen", subjects=list(_subjects_of(day)))
    return day


def end_of_next_week(on: date) -> date:
    """The Sunday of the week after this one."""
    return on + timedelta(days=13 - on.weekday())


def _tasks(user: User, cases: Keys, *, is_everyones: bool) -> QuerySet[Task]:
    """What somebody promised stays theirs also when they no longer see the case, as after the closing of minutes."""
    theirs = Q(case__in=cases) | Q(assignee=user) if is_everyones else Q(assignee=user)
    sees_case = ExpressionWrapper(_visible(user), output_field=BooleanField())
    tasks: QuerySet[Task] = Task.objects.filter(theirs, done_at=None).annotate(sees_case=sees_case)
    tasks = tasks.select_related("case__client", "assignee", "occasion").order_by("due_on", "created_at")
    return tasks.annotate(total=TOTAL)


def _awaited(cases: Keys, tasks: list[Task], *, until: date) -> list[StatementRequest]:
    """Statements that are due; without those about which one of these tasks is."""
    told = {task.occasion.about for task in tasks if task.occasion is not None}
    due = statements.awaited(cases).filter(due_on__lte=until)[:MOST]
    return [request for request in due if request.pk not in told]


def _applications(cases: Keys, *, on: date, until: date) -> QuerySet[Application]:
    """Applications that wait for us until then, and after them those that the decider has for too long."""
    returned = Q(state=ApplicationState.RETURNED, more_due_on__lte=until)
    overdue = Q(pk__in=waiting.overdue_applications(on).order_by().values("pk"))
    found = Application.objects.filter(returned | overdue, case__in=cases).select_related("case__client")
    total = Window(Count("pk", filter=Q(state=ApplicationState.FILED)))
    return found.annotate(overdue_total=total).order_by("-state", "waiting_since")  # returned, filed


def _decisions(cases: Keys, *, on: date, until: date) -> QuerySet[Decision]:
    """Decisions whose clock runs out by then (the safe day is the one to aim at), and those to be checked."""
    clocked = waiting.clocked_decisions(on).filter(application__case__in=cases, safe_day__lte=until)
    is_clocked = Q(pk__in=clocked.order_by().values("pk"))
    is_unchecked = Q(coverage_check__state=CoverageCheck.State.OPEN)
    found: QuerySet[Decision] = Decision.objects.filter(is_clocked | is_unchecked, application__case__in=cases)
    found = found.annotate(is_clocked=ExpressionWrapper(is_clocked, BooleanField()))
    related = found.select_related("coverage_check", "application__case__client")
    return related.order_by(F("last_day").asc(nulls_last=True), "created_at")


def _appeals(cases: Keys, *, until: date) -> QuerySet[Appeal]:
    return waiting.clocked_appeals().filter(decision__application__case__in=cases, safe_day__lte=until)


def _clocks(decisions: list[Decision], appeals: QuerySet[Appeal]) -> list[AppealClock]:
    running = [decision for decision in decisions if decision.is_clocked]  # type: ignore[attr-defined]  # annotated
    return waiting.in_order(running, appeals[:MOST])


def _is_unchecked(decision: Decision) -> bool:
    return hasattr(decision, "coverage_check") and decision.coverage_check.is_open


def _visits(user: User, cases: Keys, *, at: datetime, is_everyones: bool) -> QuerySet[Appointment]:
    """Those of today and tomorrow, and before them those of earlier days that nobody has told about yet."""
    theirs = Q(case__in=cases) if is_everyones else Q(case__in=cases) | Q(worker=user)
    ends = midnight(helsinki(at) + timedelta(days=2))
    planned = Appointment.objects.filter(theirs, _visible(user), state=Appointment.State.PLANNED, starts_at__lt=ends)
    planned = planned.filter(case__closed_on=None).select_related("case__client", "worker").defer(*appointments.TEXTS)
    return planned.annotate(total=TOTAL).order_by("starts_at", "created_at")


def _new_referrals(user: User) -> QuerySet[Referral]:
    if not user.has(Permission.ACCEPT_REFERRAL):
        return Referral.objects.none()
    return referrals.inbox(is_settled=False).filter(state=Referral.State.NEW).annotate(total=TOTAL)


def _visible(user: User) -> Q:
    return Q(case__in=visible_cases(user).order_by().values("pk"))


def _subjects_of(day: Day) -> Iterator[Subject]:
    yield from (Subject("case", number) for number in dict.fromkeys(_numbers_of(day)))
    yield from (Subject("referral", str(referral.pk)) for referral in day.referrals)


def _numbers_of(day: Day) -> Iterator[str]:
    """The numbers of the cases whose client is shown."""
    yield from (task.case.number for task in day.tasks if task.case is not None)
    with_case = chain[Any](day.returned, day.overdue, day.clocks, day.statements, day.visits)
    yield from (shown.case.number for shown in with_case)
    yield from (decision.application.case.number for decision in day.unchecked)
    yield from (aged.case_number for aged in day.aging)
    yield from (silent.number for silent in day.silent)
