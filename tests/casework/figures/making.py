"""Puts a municipality's own figures in place for tests, through the real action only."""

from datetime import date, datetime

from casework.figures import actions as figures
from casework.figures.queries import figure_or_404
from casework.models import Case, OwnFigure
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tests.conftest import NOON
from tests.people import person

BEFORE = date(2026, 1, 1)
TODAY = date(2026, 11, 23)


def own_figure(
    key: str,
    value: str,
    *,
    source: str = "own cases of 2025",
    valid_from: date = BEFORE,
    by: User | None = None,
    at: datetime = NOON,
) -> OwnFigure:
    """Put a figure in place, by a supervisor when nobody is named."""
    figure = figure_or_404(key, on=TODAY)
    by = by or person("Bertta", Role.SUPERVISOR)
    return figures.put(figure=figure, value=value, valid_from=valid_from, source=source, checked_on=TODAY, by=by, at=at)


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """One figure of practice that was corrected; answers the argument of its address."""
    own_figure("answer.psychologist", "60", by=by, at=at)
    return {"figure_key": "answer.psychologist"}
