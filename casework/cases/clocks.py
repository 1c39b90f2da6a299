"""Which days of appeal and of claiming run, and which are to be asked for.

Nothing is logged here and nobody's rights are asked.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from casework.law.workflow import AppealState, ApplicationState
from casework.models import Appeal, Application, CoverageCheck, Decision

Conclusion = CoverageCheck.Conclusion
FIRST = Appeal.Level.SELF_CORRECTION_AND_BOARD
IS_TO_BE_CLAIMED = Q(state=ApplicationState.DRAFT, claim_by__isnull=False)
UNKNOWN = Q(last_day=None, no_last_day_reason__isnull=True)


def running_decisions(on: date) -> QuerySet[Decision]:
    """Decisions against which the first appeal can still be expected, of closed cases too."""
    return Decision.objects.filter(is_running(on))


def is_running(on: date) -> Q:
    """Whether the clock of a decision runs.

    It stops when the appeal is filed or given up, when the client does not appeal, and when the last day is over while
    something else was chosen. Of a full grant it runs when an appeal against it has been begun.
    """
    is_ended = Q(
        coverage_check__conclusion__in=[Conclusion.RE_EXAMINATION, Conclusion.NEW_APPLICATION], last_day__lt=on
    )
    return _is_appeal_expected() & Q(last_day__isnull=False) & ~is_ended


def is_day_unknown() -> Q:
    """Whether the last day of a decision is to be asked for: nobody knows it, nor has said that there is none."""
    return _is_appeal_expected() & UNKNOWN


def _is_appeal_expected() -> Q:
    first = Appeal.objects.filter(decision=OuterRef("pk"), level=FIRST)
    is_begun = Q(Exists(first.filter(state=AppealState.DRAFT)))
    is_open = ~Q(Exists(first)) & Q(coverage_check__isnull=False) & ~Q(result=Decision.Result.GRANTED)
    return (is_begun | is_open) & ~Q(coverage_check__is_appeal_waived=True)


def begun_appeals() -> QuerySet[Appeal]:
    """Appeals to the court that have been begun and are not filed, of closed cases too."""
    return Appeal.objects.filter(state=AppealState.DRAFT, level=Appeal.Level.INSURANCE_COURT)


def claims() -> QuerySet[Application]:
    """Applications in preparation whose last day to claim is known, of closed cases too; over or not, until filed."""
    return Application.objects.filter(IS_TO_BE_CLAIMED)
