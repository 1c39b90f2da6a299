"""Reads effective-dated rule rows from TOML into frozen dataclasses, strictly. Knows nothing of what the rows say."""

import enum
import tomllib
import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from casework.law.names import Names
from casework.law.origins import Origin

type Key = tuple[str, ...]


class RuleTableInvalid(Exception):
    """A shipped table cannot be trusted; the message names the file, the table and the row."""


@dataclass(frozen=True, kw_only=True)
class Row(Origin):
    """What every row carries; both days of validity are included. `disputed`: what of it nobody knows for sure."""

    valid_from: date
    valid_to: date | None = None
    disputed: Names | None = None

    @property
    def keys(self) -> tuple[Key, ...]:
        """What the row is about: two rows with a key in common may not be valid on the same day."""
        raise NotImplementedError

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def read_rows(path: Path, **row_types: type[Row]) -> dict[str, tuple[Any, ...]]:
    """Read a file whose tables are the keyword names, each an array of rows of that type.

    Raises:
        RuleTableInvalid: broken TOML; an unknown table or key; a missing key or a wrong type; a figure whose source,
            confidence and day of checking do not agree (`Origin.fault`); a row that ends before it begins; two rows
            about the same thing on the same day.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleTableInvalid(f"{path.name}: {error}") from error
    if content.keys() != row_types.keys():
        raise RuleTableInvalid(f"{path.name}: has tables {sorted(content)}, not {sorted(row_types)}")
    return {name: _table(f"{path.name} [[{name}]]", content[name], row_types[name]) for name in row_types}


def row_on[R: Row](rows: Iterable[R], key: Key, on: date) -> R | None:
    """Find the row about something that is valid on a day: there is at most one, which `read_rows` sees to."""
    return next((row for row in rows if key in row.keys and row.is_valid_on(on)), None)


def _table(place: str, raw_rows: Any, row_type: type[Row]) -> tuple[Row, ...]:
    if not isinstance(raw_rows, list):
        raise RuleTableInvalid(f"{place}: is not an array of tables")
    rows = tuple(_built(f"{place} row {number}", raw, row_type) for number, raw in enumerate(raw_rows, start=1))
    for number, row in enumerate(rows, start=1):
        if row.valid_to and row.valid_to < row.valid_from:
            raise RuleTableInvalid(f"{place} row {number}: ends before it begins")
    _refuse_overlaps(place, rows)
    return rows


def _refuse_overlaps(place: str, rows: Sequence[Row]) -> None:
    for earlier, later in combinations(sorted(rows, key=lambda row: row.valid_from), 2):
        if earlier.is_valid_on(later.valid_from) and (common := set(earlier.keys) & set(later.keys)):
            raise RuleTableInvalid(f"{place}: two rows for {common.pop()} on {later.valid_from}")


def _built(place: str, raw: Any, built_type: Any) -> Any:
    if not isinstance(raw, Mapping):
        raise RuleTableInvalid(f"{place}: is not a table")
    needed = {field.name for field in fields(built_type) if field.default is MISSING}
    hints = get_type_hints(built_type)
    if unknown := raw.keys() - hints.keys():
        raise RuleTableInvalid(f"{place}: unknown key {min(unknown)}")
    if missing := needed - raw.keys():
        raise RuleTableInvalid(f"{place}: {min(missing)} is missing")
    built = built_type(**{name: _value(f"{place}, {name}", value, hints[name]) for name, value in raw.items()})
    if isinstance(built, Origin) and built.fault:
        raise RuleTableInvalid(f"{place}: {built.fault}")
    return built


def _value(place: str, raw: Any, wanted: Any) -> Any:
    """Turn a value of TOML into the annotated type: a nested table, an array, a word of an enum or a plain value."""
    if isinstance(wanted, types.UnionType):
        return _value(place, raw, next(kind for kind in get_args(wanted) if kind is not types.NoneType))
    if get_origin(wanted) is tuple and isinstance(raw, list):
        return tuple(_value(place, item, get_args(wanted)[0]) for item in raw)
    if is_dataclass(wanted):
        return _built(place, raw, wanted)
    if isinstance(wanted, enum.EnumType) and raw in list(wanted):
        return wanted(raw)
    if type(raw) is wanted:  # exactly: a bool is no number of days and a moment is no day
        return raw
    raise RuleTableInvalid(f"{place}: {raw!r} is not {getattr(wanted, '__name__', wanted)}")
