"""Puts a municipality's own figures in place for tests, through the real action only."""

from datetime import date, datetime
from typing import Any

from casework.figures import actions as figures
from casework.figures import annexes
from casework.figures.annexes import OwnAnnexDetails
from casework.figures.queries import figure_or_404
from casework.models import Case, OwnAnnex, OwnFigure
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


def own_annex(benefit: str, code: str = "", *, by: User | None = None, at: datetime = NOON, **details: Any) -> OwnAnnex:
    """Put a row of what goes with a benefit's application, by a supervisor when nobody is named."""
    said: dict[str, Any] = {
        "name": "palkkatodistus",
        "need": "needed",
        "source": "Kelan kirje 12.10.2026",
        "checked_on": TODAY,
    }
    return annexes.put_annex(
        benefit=annexes.benefit_or_404(benefit, on=TODAY),
        code=code,
        details=OwnAnnexDetails(**(said | details)),
        by=by or person("Bertta", Role.SUPERVISOR),
        at=at,
    )


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """A figure of practice and a row of a list that were corrected; answers the arguments of their addresses."""
    own_figure("answer.psychologist", "60", by=by, at=at)
    own_annex("TKE-T", "abroad", by=by, at=at)
    return {"figure_key": "answer.psychologist", "benefit_code": "TKE-T"}
