"""Queries that are compiled once a process: only their values change from one reader to the next.

Django builds and compiles the SQL of a query anew each time, which for a page's main queries costs more than the
database does. The SQL of a prepared query is kept as text with places for its values; rows become the same objects.
"""

import copy
import threading
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from django.db import connections
from django.db.models import QuerySet


class CannotPrepare(TypeError):
    """The query does not take a value as it is, so that its place in the SQL is not known."""


@dataclass(frozen=True)
class _Compiled:
    """SQL with the places of the values in its parameters, and what makes objects of the rows."""

    sql: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, str], ...]
    compiler: Any
    queryset: QuerySet[Any, Any]

    def run(self, values: dict[str, Any]) -> list[Any]:
        parameters = list(self.parameters)
        for place, name in self.places:
            parameters[place] = values[name]
        queryset: Any = self.queryset  # its inner names have no types
        database = queryset.db
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[database]  # of this thread
        compiler.as_sql = lambda *_args, **_known: (self.sql, tuple(parameters))
        source: Any = SimpleNamespace(
            db=database,
            model=queryset.model,
            query=_Query(queryset.query, compiler),
            _fetch_mode=queryset._fetch_mode,
            _known_related_objects={},
        )
        rows: list[Any] = list(queryset._iterable_class(source))
        return rows


class _Query:
    """Stands for a query and hands out the compiler that has done its work."""

    def __init__(self, query: Any, compiler: Any) -> None:
        self._query = query
        self._compiler = compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)

    def get_compiler(self, *_args: Any, **_known: Any) -> Any:
        return self._compiler


class Prepared[Row]:
    """A query by name: `build` makes it of named values, each a str, UUID, date or datetime that it only compares.

    A caller gets the rows as a list. Prefetching is not done: it would be queries of its own. `unused` are values that
    the query can do without, as when it is one of several that are asked in the same way.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], *, unused: Collection[str] = ()) -> None:
        self._build = build
        self._unused = unused
        self._lock = threading.Lock()
        self._compiled: _Compiled | None = None

    def __call__(self, **values: Any) -> list[Row]:
        """Read the rows for these values."""
        if self._compiled is None:
            with self._lock:
                self._compiled = self._compiled or _compile(self._build, values, self._unused)
        return self._compiled.run(values)


def _compile(build: Callable[..., QuerySet[Any, Any]], values: dict[str, Any], unused: Collection[str]) -> _Compiled:
    """Compile the query of values that stand nowhere else, and see where they come out.

    Raises:
        CannotPrepare
    """
    marks = {name: _mark(number, value) for number, (name, value) in enumerate(values.items())}
    queryset = build(**marks)
    compiler = queryset.query.get_compiler(using=queryset.db)
    sql, parameters = compiler.as_sql()
    names = {mark: name for name, mark in marks.items()}
    places = tuple((place, names[value]) for place, value in enumerate(parameters) if _is_in(names, value))
    missing = set(marks) - {name for _place, name in places} - set(unused)
    if missing:
        raise CannotPrepare(f"{', '.join(sorted(missing))} does not stand in the query as it was given")
    return _Compiled(sql, tuple(parameters), places, compiler, queryset)


def _mark(number: int, value: Any) -> Any:
    """Make a value of the same type that no query has of itself."""
    if isinstance(value, str):
        return f"\x01{number}"
    if isinstance(value, uuid.UUID):
        return uuid.UUID(int=number + 1)
    if isinstance(value, datetime):
        return datetime(9000 + number, 1, 1, tzinfo=UTC)
    if isinstance(value, date):
        return date(9000 + number, 1, 1)
    raise CannotPrepare(f"a value of {type(value).__name__}")


def _is_in(names: dict[Any, str], value: Any) -> bool:
    return isinstance(value, str | uuid.UUID | date) and value in names
