"""The one table of what `make bench` asks for: how much each value of a measured row may be at most."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Limit(NamedTuple):
    """The most that a value may be; a row's own limit stands before that of every row ("*")."""

    measurement: str
    row: str
    value: str
    most: float


LIMITS = (
    Limit("pages", "*", "queries", 15),
    Limit("pages", "*", "growth_2000", 1.2),
    Limit("pages", "*", "growth_10000", 1.2),
    Limit("pages", "case", "yardsticks", 8),
    Limit("pages", "today", "yardsticks", 13),
    Limit("overhead", "*", "of_plain", 1.1),
    Limit("adding", "from_template", "of_replaying", 1 / 3),
    Limit("adding", "from_template", "of_raw_ddl", 4),
    Limit("documents", "print_consents_pdf", "milliseconds", 300),
    Limit("documents", "print_long_pdf", "milliseconds", 300),
    Limit("documents", "print_long_docx", "milliseconds", 300),
    Limit("sweeping", "queue_reminders", "growth_100", 1.2),
    Limit("letters", "forty_pages", "seconds", 2),
)


def missed(results: Mapping[str, Any], limits: tuple[Limit, ...] = LIMITS) -> list[str]:
    """Name every row that misses its limit, and every limit of which nothing was measured."""
    return [
        line
        for limit in limits
        if limit.measurement in results
        for line in _missed(results[limit.measurement]["rows"], limit, _own(limits, limit))
    ]


def _own(limits: tuple[Limit, ...], limit: Limit) -> set[str]:
    """The rows to which a limit of every row does not apply."""
    same = {other.row for other in limits if (other.measurement, other.value) == (limit.measurement, limit.value)}
    return same - {"*"} if limit.row == "*" else set()


def _missed(rows: Mapping[str, Mapping[str, float]], limit: Limit, exempt: set[str]) -> Iterator[str]:
    names = [limit.row]
    if limit.row == "*":
        names = [name for name, row in rows.items() if name not in exempt and limit.value in row] or ["no row"]
    for name in names:
        value = rows.get(name, {}).get(limit.value)
        if value is None:
            yield f"{limit.measurement}: {name}: {limit.value} was not measured."
        elif value > limit.most:
            yield f"{limit.measurement}: {name}: {limit.value} is {value:g}, at most {limit.most:g} is wanted."
