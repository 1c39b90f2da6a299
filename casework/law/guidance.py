"""What a coordinator should know of an application before its decision and after, from `data/guidance.toml`. Pure."""

import enum
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product

from casework.law.benefits import TABLES
from casework.law.deadlines import DeciderKind
from casework.law.names import Names
from casework.law.tables import Key, Row, read_rows


class Moment(enum.StrEnum):
    """When something is to be known: what is looked into before the decision, what pays meanwhile, and afterwards."""

    BEFORE = "before"
    WAITING = "waiting"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True)
class Guidance(Row):
    """One sentence about some benefits and deciders; with `below_age` about clients younger than that only."""

    code: str
    moments: tuple[Moment, ...]
    benefits: tuple[str, ...]
    decider_kinds: tuple[DeciderKind, ...]
    below_age: int | None = None
    words: Names

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple((self.code, *of) for of in product(self.benefits, self.decider_kinds))

    def is_about(self, *, benefit: str, decider_kind: DeciderKind, age: int) -> bool:
        is_of_age = self.below_age is None or age < self.below_age
        return benefit in self.benefits and decider_kind in self.decider_kinds and is_of_age


@lru_cache(maxsize=1)
def table() -> tuple[Guidance, ...]:
    """Read the shipped rows, once.

    Raises:
        RuleTableInvalid: they cannot be trusted.
    """
    rows: tuple[Guidance, ...] = read_rows(TABLES / "guidance.toml", guidance=Guidance)["guidance"]
    return rows


def guidance(moment: Moment, *, benefit: str, decider_kind: DeciderKind, age: int, on: date) -> list[Guidance]:
    """Find what is to be known at a moment of an application of a day, in the order of the table. `age`: in years."""
    rows = (row for row in table() if row.is_valid_on(on) and moment in row.moments)
    return [row for row in rows if row.is_about(benefit=benefit, decider_kind=decider_kind, age=age)]
