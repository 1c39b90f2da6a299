"""Whether the total of a month is far from what the contract usually costs. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from statistics import median

TIMES = 3  # a month may cost three times the usual one, or a third of it
UNREMARKABLE = Decimal(1000)  # euros: a smaller difference needs no explanation


def usual(history: Sequence[Decimal], expected: Decimal | None) -> Decimal | None:
    """Say what a month usually costs: the median of the last ones, else what was expected; None when nobody knows."""
    return median(history) if history else expected


def is_absurd(total: Decimal, expected: Decimal) -> bool:
    """Tell whether a total is so far from the expected one that a person must look first."""
    if abs(total - expected) < UNREMARKABLE:
        return False
    return total > expected * TIMES or total * TIMES < expected
