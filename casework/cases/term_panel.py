"""What the panel of a benefit granted until a day says: its end, the steps before it, and what has become of them."""

from dataclasses import dataclass
from datetime import date

from casework.cases import terms
from casework.law import continuations
from casework.law.continuations import Continued, Due, Step
from casework.models import Application, Decision, NoContinuation


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """One step towards the continuation, by when."""

    due: Due
    is_doctor: bool
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class ContinuationPanel:
    """The panel as a page shows it."""

    decision: Decision
    ends_on: date
    steps: list[StepLine]
    row: Continued
    continuation: Application | None
    refused: NoContinuation | None
    is_covered: bool
    is_open: bool


def panel(decision: Decision, *, today: date) -> ContinuationPanel | None:
    """Describe what goes on from a decision; None when nothing does."""
    term = terms.term_of(decision) if decision.granted_until else None
    if term is None:
        return None
    dues = continuations.steps(ends_on=term.ends_on, known_on=decision.recorded_on) if term.is_open else []
    return ContinuationPanel(
        decision=decision,
        ends_on=term.ends_on,
        steps=[StepLine(due=due, is_doctor=due.step is Step.DOCTOR, is_late=due.on < today) for due in dues],
        row=term.row,
        continuation=term.continuation,
        refused=term.refused,
        is_covered=term.is_covered,
        is_open=term.is_open,
    )


def panel_of_application(application: Application, *, today: date) -> ContinuationPanel | None:
    """The panel of the grant that stands, of an application whose decisions say as `has_fallen` whether they do not."""
    standing = terms.newest_grant(found for found in application.decisions.all() if not vars(found)["has_fallen"])
    return panel(standing, today=today) if standing else None
