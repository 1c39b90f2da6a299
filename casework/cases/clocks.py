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
    something else was chosen. While an appeal has been begun it runs, of a full grant too, whatever was said before:
    who had said no may think again.
    """
    is_ended = Q(
        coverage_check__conclusion__in=[Conclusion.RE_EXAMINATION, Conclusion.NEW_APPLICATION], last_day__lt=on
    )
    is_expected = _is_begun() | _is_open() & ~is_ended
    return is_expected & Q(last_day__isnull=False)


def is_day_unknown() -> Q:
    """Whether the last day of a decision is to be asked for: nobody knows it, nor has said that there is none."""
    return (_is_begun() | _is_open()) & UNKNOWN


def _is_begun() -> Q:
    """Whether an appeal has been begun that was not filed."""
    return Q(Exists(_first_appeals().filter(state=AppealState.DRAFT)))


def _is_open() -> Q:
    """Whether nobody has appealed, nor said that nobody does; a full grant as such is not.

    A draft that was withdrawn unfiled says nothing: another may be written, and the time runs on.
    """
    is_asked = Q(coverage_check__isnull=False) & ~Q(result=Decision.Result.GRANTED)
    is_appealed = Exists(_first_appeals().exclude(state=AppealState.WITHDRAWN, filed_on=None))
    return is_asked & ~Q(is_appealed) & ~Q(coverage_check__is_appeal_waived=True)


def _first_appeals() -> QuerySet[Appeal]:
    return Appeal.objects.filter(decision=OuterRef("pk"), level=FIRST)


def begun_appeals() -> QuerySet[Appeal]:
    """Appeals to a court that have been begun and are not filed, of closed cases too: each has a clock of its own."""
    return Appeal.objects.filter(state=AppealState.DRAFT).exclude(level=FIRST)


def claims() -> QuerySet[Application]:
    """Applications in preparation whose last day to claim is known, of closed cases too; over or not, until filed."""
    return Application.objects.filter(IS_TO_BE_CLAIMED)
