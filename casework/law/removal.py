"""Removal of a final decision: for which decisions it may be asked, and within how many years. Pure.

The rows are those of `data/removal.toml`. What comes late is never refused here.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from casework.law.benefits import TABLES
from casework.law.calendar import months_after
from casework.law.tables import Key, Row, read_rows, row_on

MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Window(Row):
    """Within how many years removal is asked of decisions whose first appeal goes to one of these bodies."""

    bodies: tuple[str, ...]
    years: int

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple((body,) for body in self.bodies)

    def ends_on(self, final_on: date) -> date:
        """The last day, counted from the day on which the decision became final.

        It is not moved to an office day: too early does no harm.

        Raises:
            OutsideCalendar
        """
        return months_after(final_on, self.years * MONTHS)


@lru_cache(maxsize=1)
def table() -> tuple[Window, ...]:
    """Read the shipped rows, once.

    Raises:
        RuleTableInvalid: they cannot be trusted.
    """
    rows: tuple[Window, ...] = read_rows(TABLES / "removal.toml", window=Window)["window"]
    return rows


def window(body: str, on: date) -> Window | None:
    """Find the window of decisions of a day whose first appeal goes to a body; None where no rule is known."""
    return row_on(table(), (body,), on)
