"""Rows that change once a year and are asked for with every page: read once, and remembered for some seconds."""

import time
from collections.abc import Callable

from tenants.database.current import connection

MEMORY = 5.0  # seconds for which they are not read again; what another process has put shows after them


class Remembered[R]:
    """What a query answers in a schema, in one query at most every few seconds."""

    def __init__(self, read: Callable[[], list[R]]) -> None:
        self._read = read
        self._known: dict[str | None, tuple[float, list[R]]] = {}  # by schema: until when, and the rows

    def rows(self) -> list[R]:
        until, rows = self._known.get(connection.schema_name, (0.0, []))
        if until < time.monotonic():
            rows = self._read()
            self._known[connection.schema_name] = time.monotonic() + MEMORY, rows
        return rows

    def forget(self) -> None:
        """Read them anew: one was put, or this is another database."""
        self._known.clear()
