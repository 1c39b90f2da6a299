"""Within which time a decider corrects itself or passes an appeal on, from `data/self_correction.toml`. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from casework.law.benefits import TABLES
from casework.law.deadlines import DeciderKind
from casework.law.origins import Origin
from casework.law.tables import Key, Row, read_rows, row_on


@dataclass(frozen=True, kw_only=True)
class Forwarding(Row):
    """How many calendar days after the end of the time of appeal an appeal is passed on to the board.

    With `benefits`: of those only.
    """

    decider_kind: DeciderKind
    benefits: tuple[str, ...] = ("",)
    usual_days: int
    longest_days: int

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple((self.decider_kind, benefit) for benefit in self.benefits)


@dataclass(frozen=True, kw_only=True)
class ForwardingDays:
    """By when an appeal is passed on: as a rule, and at the very latest."""

    usual: date
    latest: date
    origin: Origin


@lru_cache(maxsize=1)
def table() -> tuple[Forwarding, ...]:
    """Read the shipped rows, once.

    Raises:
        RuleTableInvalid: they cannot be trusted.
    """
    rows: tuple[Forwarding, ...] = read_rows(TABLES / "self_correction.toml", forwarding=Forwarding)["forwarding"]
    return rows


def forwarding_days(decider_kind: DeciderKind, *, benefit: str, last_day: date) -> ForwardingDays | None:
    """Reckon by when the decider passes an appeal on; `last_day` ends the time of appeal. None: no time is known."""
    of_benefit = row_on(table(), (decider_kind, benefit), last_day)
    row = of_benefit or row_on(table(), (decider_kind, ""), last_day)
    if row is None:
        return None
    return ForwardingDays(
        usual=last_day + timedelta(days=row.usual_days),
        latest=last_day + timedelta(days=row.longest_days),
        origin=row,
    )
