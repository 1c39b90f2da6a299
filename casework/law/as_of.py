"""The benefits and deciders of a day that may lie far back: the row of that day, else the one nearest to it. Pure.

What somebody brings is older than the table, or known better than by it; it must be shown and written all the same.
Whoever asks what may be applied for on a day asks `casework.law.benefits`.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.formats import date_format

from casework.law.benefits import Benefit, Decider, NamedRow, NoRule, tables
from casework.law.tables import Row


def benefit(code: str, on: date) -> Benefit:
    """Find the row of a benefit by which an application of a day is shown and checked.

    Raises:
        NoRule: no such benefit at all.
    """
    return _of_code(tables().benefits, code, on)


def decider(code: str, on: date) -> Decider:
    """Find the row of a decider for an application of a day.

    Raises:
        NoRule: no such decider at all.
    """
    return _of_code(tables().deciders, code, on)


def benefits(on: date) -> tuple[Benefit, ...]:
    """Answer every benefit there ever was, each by its row of a day or the nearest, in the order of the table."""
    return tuple(benefit(code, on) for code in _codes(tables().benefits))


def deciders(on: date) -> tuple[Decider, ...]:
    """Answer every decider there ever was, each by its row of a day or the nearest, in the order of the table."""
    return tuple(decider(code, on) for code in _codes(tables().deciders))


def nearest[R: Row](rows: Sequence[R], on: date) -> R:
    """Choose the row that is in force on a day, else the one that ended last before it, else the first after it."""
    return min(rows, key=lambda row: _away(row, on))


def _codes(rows: Iterable[NamedRow]) -> Iterable[str]:
    return dict.fromkeys(row.code for row in rows)


def _of_code[R: NamedRow](rows: Iterable[R], code: str, on: date) -> R:
    found = [row for row in rows if row.code == code]
    if not found:
        raise NoRule(subject=code, day=date_format(on, "j.n.Y"))
    return nearest(found, on)


def _away(row: Row, on: date) -> tuple[bool, int]:
    if on < row.valid_from:
        return True, (row.valid_from - on).days
    return False, max((on - row.valid_to).days, 0) if row.valid_to else 0
