"""What is waited for: decisions that take longer than usual, and appeal clocks that run. For Today and the reminders.

Of open cases, and of closed ones as far as somebody follows it (`casework.cases.kept_ends`).
Nothing is logged here and nobody's rights are asked: callers that show something to a person do both.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import F, Q, QuerySet

from casework.cases import clocks, kept_ends
from casework.law.workflow import ApplicationState
from casework.models import Appeal, Application, Case, Decision
from tenants.addresses import address

OF_OPEN_CASE = Q(application__case__closed_on=None)
OF_OPEN_CASE_OF_DECISION = Q(decision__application__case__closed_on=None)


@dataclass(frozen=True, kw_only=True)
class AppealTime:
    """The time of an appeal: against a decision, or to the court when that appeal has been begun."""

    of: Decision | Appeal

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


@dataclass(frozen=True, kw_only=True)
class AppealClock(AppealTime):
    """One that ends on a day that is known."""

    last_day: date
    safe_day: date
    keeper: uuid.UUID | None = None  # of a closed case: who follows it


@dataclass(frozen=True, kw_only=True)
class UnknownDay(AppealTime):
    """One of which nobody knows when it ends: somebody has to look or to ask."""

    @property
    def answer_path(self) -> str:
        """Where the day is written down, or why there is none."""
        name = "decision_notice" if isinstance(self.of, Decision) else "appeal_notice"
        return address(name, self.case.number, self.of.pk)


def overdue_applications(on: date) -> QuerySet[Application]:
    """Applications of open cases that are with their decider for longer than is usual, the longest first."""
    return _overdue(on).filter(case__closed_on=None)


def followed_overdue(on: date) -> QuerySet[Application]:
    """The same, and those of closed cases that somebody follows, each with `keeper`."""
    return kept_ends.with_keeper(_overdue(on)).filter(Q(case__closed_on=None) | Q(keeper__isnull=False))


def is_overdue(on: date) -> Q:
    """Whether an application is with its decider for longer than is usual."""
    return Q(state=ApplicationState.FILED, expected_by__lt=on)


def _overdue(on: date) -> QuerySet[Application]:
    return (
        Application.objects.filter(is_overdue(on))
        .select_related("case__coordinator", "case__client")
        .order_by("waiting_since")
    )


def reminded_claims(*, until: date) -> QuerySet[Any]:
    """Applications to be filed by then, of open cases and of those that somebody follows, each with `keeper`.

    One that was over when it was begun is not reminded of.
    """
    due = followed_claims().filter(claim_by__lte=until, claim_by__gte=F("drafted_on"))
    return due.select_related("case__coordinator", "case__client").order_by("claim_by")


def followed_claims() -> QuerySet[Any]:
    """Applications to be filed of open cases, and those of closed ones that somebody follows, each with `keeper`."""
    return kept_ends.with_keeper(clocks.claims()).filter(Q(case__closed_on=None) | Q(keeper__isnull=False))


def is_still_to_be_claimed(application: Application) -> bool:
    """Ask anew whether an application is to be filed by the day it had when it was read, and by whom."""
    same = {"pk": application.pk, "claim_by": application.claim_by, "keeper": kept_ends.keeper_of(application)}
    return followed_claims().filter(**same).exists()


def in_order(decisions: Iterable[Decision], appeals: Iterable[Appeal]) -> list[AppealClock]:
    """Put clocks of both kinds in the order of their last days."""
    ordered = [
        AppealClock(of=found, last_day=found.last_day, safe_day=found.safe_day, keeper=kept_ends.keeper_of(found))
        for found in chain[Decision | Appeal](decisions, appeals)
        if found.last_day is not None and found.safe_day is not None
    ]
    return sorted(ordered, key=lambda clock: clock.last_day)


def clocked_decisions(on: date) -> QuerySet[Decision]:
    """Decisions of open cases against which the first appeal can still be expected (`running_decisions`)."""
    return running_decisions(on).filter(OF_OPEN_CASE)


def followed_decisions(on: date) -> QuerySet[Decision]:
    """The same, and those of closed cases that somebody follows, each with `keeper`."""
    return kept_ends.clocks_with_keeper(running_decisions(on)).filter(OF_OPEN_CASE | Q(keeper__isnull=False))


def running_decisions(on: date) -> QuerySet[Decision]:
    """The decisions of `casework.cases.clocks` with their cases, the nearest last day first."""
    decisions = clocks.running_decisions(on)
    return decisions.select_related("application__case__coordinator", "application__case__client").order_by("last_day")


def followed_appeals() -> QuerySet[Appeal]:
    """Begun appeals of open cases, and those of closed ones that somebody follows, each with `keeper`."""
    return followed(begun_appeals())


def followed(appeals: QuerySet[Any]) -> QuerySet[Any]:
    """Keep of some appeals, or removals, those of open cases and those of closed ones that somebody follows.

    Each has its `keeper`.
    """
    kept = kept_ends.clocks_with_keeper(appeals).filter(OF_OPEN_CASE_OF_DECISION | Q(keeper__isnull=False))
    return kept.select_related("decision__application__case__coordinator")


def begun_appeals() -> QuerySet[Appeal]:
    """The appeals of `casework.cases.clocks` with their cases, the nearest last day first."""
    related = ("decision__application__case__coordinator", "decision__application__case__client")
    return clocks.begun_appeals().select_related(*related).order_by("last_day")


def dayless_decisions() -> QuerySet[Decision]:
    """Decisions of open cases of which the last day is to be asked for."""
    return Decision.objects.filter(clocks.is_day_unknown(), application__case__closed_on=None)


def reminded_clocks(*, until: date, on: date) -> list[AppealClock]:
    """Appeal clocks to remind of: those that were still running when they were written down."""
    decisions = followed_decisions(on).filter(last_day__lte=until, last_day__gte=F("recorded_on"))
    return in_order(decisions, followed_appeals().filter(last_day__lte=until, last_day__gte=F("drafted_on")))


def is_still_overdue(application: Application, *, on: date) -> bool:
    """Ask anew whether the decision is awaited as it was when the application was read, and by whom."""
    same = {"pk": application.pk, "expected_by": application.expected_by, "keeper": kept_ends.keeper_of(application)}
    return followed_overdue(on).filter(**same).exists()


def is_still_running(clock: AppealClock, *, on: date) -> bool:
    """Ask anew whether the clock runs to the same day as when it was read, and for whom."""
    same = {"pk": clock.about, "last_day": clock.last_day, "keeper": clock.keeper}
    if isinstance(clock.of, Decision):
        return followed_decisions(on).filter(**same).exists()
    return followed_appeals().filter(**same).exists()
