"""What is waited for: decisions that take longer than usual, and appeal clocks that run. For Today and the reminders.

Nothing is logged here and nobody's rights are asked: callers that show something to a person do both.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db.models import F, QuerySet

from casework.cases import clocks
from casework.law.workflow import ApplicationState
from casework.models import Appeal, Application, Case, Decision


@dataclass(frozen=True, kw_only=True)
class AppealClock:
    """A last day of appeal that runs: of a decision, or of an appeal to the court that has been begun."""

    of: Decision | Appeal
    last_day: date
    safe_day: date

    @property
    def about(self) -> uuid.UUID:
        return self.of.pk

    @property
    def application(self) -> Application:
        return self.of.application if isinstance(self.of, Decision) else self.of.decision.application

    @property
    def case(self) -> Case:
        return self.application.case

    @property
    def path(self) -> str:
        return self.of.get_absolute_url()


def overdue_applications(on: date) -> QuerySet[Application]:
    """Applications of open cases that are with their decider for longer than is usual, the longest first."""
    overdue = Application.objects.filter(state=ApplicationState.FILED, expected_by__lt=on, case__closed_on=None)
    return overdue.select_related("case__coordinator", "case__client").order_by("waiting_since")


def in_order(decisions: Iterable[Decision], appeals: Iterable[Appeal]) -> list[AppealClock]:
    """Put clocks of both kinds in the order of their last days."""
    ordered = [
        AppealClock(of=found, last_day=found.last_day, safe_day=found.safe_day)
        for found in chain[Decision | Appeal](decisions, appeals)
        if found.last_day is not None and found.safe_day is not None
    ]
    return sorted(ordered, key=lambda clock: clock.last_day)


def clocked_decisions(on: date) -> QuerySet[Decision]:
    """Decisions of open cases against which the first appeal can still be expected (`running_decisions`)."""
    return running_decisions(on).filter(application__case__closed_on=None)


def running_decisions(on: date) -> QuerySet[Decision]:
    """The decisions of `casework.cases.clocks` with their cases, the nearest last day first."""
    decisions = clocks.running_decisions(on)
    return decisions.select_related("application__case__coordinator", "application__case__client").order_by("last_day")


def clocked_appeals() -> QuerySet[Appeal]:
    """Appeals to the court that have been begun and are not filed."""
    drafts = clocks.begun_appeals().filter(decision__application__case__closed_on=None)
    related = ("decision__application__case__coordinator", "decision__application__case__client")
    return drafts.select_related(*related).order_by("last_day")


def reminded_clocks(*, until: date, on: date) -> list[AppealClock]:
    """Appeal clocks to remind of: those that were still running when they were written down."""
    decisions = clocked_decisions(on).filter(last_day__lte=until, last_day__gte=F("recorded_on"))
    return in_order(decisions, clocked_appeals().filter(last_day__lte=until, last_day__gte=F("drafted_on")))


def is_still_overdue(application: Application) -> bool:
    """Ask anew whether the decision is awaited as it was when the application was read."""
    same = Application.objects.filter(
        pk=application.pk, state=ApplicationState.FILED, expected_by=application.expected_by, case__closed_on=None
    )
    return same.exists()


def is_still_running(clock: AppealClock, *, on: date) -> bool:
    """Ask anew whether the clock runs to the same day as when it was read."""
    rows = clocked_decisions(on) if isinstance(clock.of, Decision) else clocked_appeals()
    return rows.filter(pk=clock.about, last_day=clock.last_day).exists()
