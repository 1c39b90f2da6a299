"""What Today shows: deadlines and tasks until the end of next week, decisions that take long, checks, new referrals.

Every case and referral that is handed out is in the access log already, by one call.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window

from casework.models import Application, Case, CoverageCheck, Referral, Task
from casework.queries import referrals, waiting
from casework.queries.cases import own_cases, subject, visible_cases
from casework.queries.waiting import AppealClock
from casework.workflow import ApplicationState
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.audit import access_log
from tenants.audit.access_log import Subject

type Keys = QuerySet[Case, Any]  # of the cases a day is about

MOST = 100  # rows of one kind of deadline
SHOWN_WAITING = 25
SHOWN_REFERRALS = 5
TOTAL = Window(Count("pk"))  # how many there are, in the query that reads the first of them


@dataclass(frozen=True, kw_only=True)
class Day:
    """Everything one person should know today."""

    on: date
    tasks: list[Task]
    returned: list[Application]
    clocks: list[AppealClock]
    overdue: list[Application]
    checks: list[CoverageCheck]
    referrals: list[Referral]

    @property
    def overdue_count(self) -> int:
        """All of them, also those that are not shown."""
        return self.overdue[0].total if self.overdue else 0  # type: ignore[attr-defined]

    @property
    def referral_count(self) -> int:
        """All of them, also those that are not shown."""
        return self.referrals[0].total if self.referrals else 0  # type: ignore[attr-defined]


def read(user: User, *, on: date, is_everyones: bool) -> Day:
    """Read the day of one person: of their own cases, or of every case they may see."""
    cases = (visible_cases(user) if is_everyones else own_cases(user)).filter(closed_on=None).order_by().values("pk")
    until = end_of_next_week(on)
    overdue = waiting.overdue_applications(on).filter(case__in=cases).annotate(total=TOTAL)
    new = _new_referrals() if user.has(Permission.ACCEPT_REFERRAL) else Referral.objects.none()
    day = Day(
        on=on,
        tasks=list(_tasks(user, cases, is_everyones=is_everyones).filter(due_on__lte=until)[:MOST]),
        returned=list(_returned(cases).filter(more_due_on__lte=until)[:MOST]),
        clocks=_clocks(cases, on=on, until=until),
        overdue=list(overdue[:SHOWN_WAITING]),
        checks=list(_checks(cases)[:MOST]),
        referrals=list(new[:SHOWN_REFERRALS]),
    )
    access_log.record(by=user, action="today.seen", subjects=list(_subjects_of(day)))
    return day


def end_of_next_week(on: date) -> date:
    """The Sunday of the week after this one."""
    return on + timedelta(days=13 - on.weekday())


def _tasks(user: User, cases: Keys, *, is_everyones: bool) -> QuerySet[Task]:
    theirs = Q(case__in=cases) | Q(assignee=user, case=None) if is_everyones else Q(assignee=user)
    visible = Q(case=None) | Q(case__in=visible_cases(user).order_by().values("pk"))
    tasks = Task.objects.filter(theirs, visible, done_at=None).select_related("case__client", "assignee")
    return tasks.order_by("due_on", "created_at")


def _returned(cases: Keys) -> QuerySet[Application]:
    found = Application.objects.filter(state=ApplicationState.RETURNED, case__in=cases)
    return found.select_related("case__client").order_by("more_due_on")


def _clocks(cases: Keys, *, on: date, until: date) -> list[AppealClock]:
    """Clocks whose safe or last day comes by then: the safe day is the one to aim at."""
    decisions = waiting.clocked_decisions(on).filter(application__case__in=cases, safe_day__lte=until)
    appeals = waiting.clocked_appeals().filter(decision__application__case__in=cases, safe_day__lte=until)
    decisions = decisions.select_related(
        "coverage_check", "application__case__coordinator", "application__case__client"
    )
    return waiting.in_order(decisions[:MOST], appeals[:MOST])


def _checks(cases: Keys) -> QuerySet[CoverageCheck]:
    checks = CoverageCheck.objects.filter(state=CoverageCheck.State.OPEN, decision__application__case__in=cases)
    return checks.select_related("decision__application__case__client").order_by(
        F("decision__last_day").asc(nulls_last=True)
    )


def _new_referrals() -> QuerySet[Referral]:
    return referrals.inbox(is_settled=False).filter(state=Referral.State.NEW).annotate(total=TOTAL)


def _subjects_of(day: Day) -> Iterator[Subject]:
    yield from (subject(case) for case in _cases_of(day))
    yield from (Subject("referral", str(referral.pk)) for referral in day.referrals)


def _cases_of(day: Day) -> Iterable[Case]:
    shown = chain(
        (task.case for task in day.tasks if task.case is not None),
        (application.case for application in day.returned + day.overdue),
        (clock.case for clock in day.clocks),
        (check.decision.application.case for check in day.checks),
    )
    return {case.pk: case for case in shown}.values()
