"""What the page of a rejection says of the law after it; whether rehabilitation was looked into, the check answers."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.applications.guiding import known_of
from casework.law.guidance import Guidance, Moment
from casework.models import CoverageCheck, Decision

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

GUIDED = "guided_after_rejection"
ANSWERS: "dict[bool | None, StrOrPromise]" = {
    None: _("The check has not answered yet."),
    True: _("According to the check the decider looked into rehabilitation."),
    False: _("According to the check the decider did not look into rehabilitation. Ask it where to turn."),
}


@dataclass(frozen=True)
class AfterRejection:
    """The sentences of law, and what the check says of rehabilitation where the decider owes guidance to it."""

    rows: list[Guidance]
    is_guided: bool
    is_unanswered: bool
    answer: "StrOrPromise"


def after_rejection(decision: Decision, check: CoverageCheck | None, *, today: date) -> AfterRejection | None:
    """Describe what follows from a rejection; None of another result, and where nothing is known."""
    rows = known_of(decision.application, Moment.REJECTED, today=today) if decision.is_rejection else []
    if not rows or check is None:
        return None
    said = check.is_rehabilitation_considered
    return AfterRejection(rows, _is_guided(rows), said is None, ANSWERS[said])


def rehabilitation_help(decision: Decision) -> str:
    """Say in the check what counts as an answer, where the decider owes guidance to rehabilitation."""
    rows = known_of(decision.application, Moment.REJECTED, today=decision.decided_on)
    return str(_("A decision that points to rehabilitation counts as a yes.")) if _is_guided(rows) else ""


def _is_guided(rows: list[Guidance]) -> bool:
    return any(row.code == GUIDED for row in rows)
