"""Cursors of our backend: before each statement the connection is where it should be, whatever was said before."""

from typing import Any

from django.db.backends.postgresql.base import CursorDebugWrapper as DjangosDebugCursor
from django.db.backends.utils import CursorWrapper


class _Inside:
    """Asks the connection before each statement. A cursor may outlive a switch, and a text may end a transaction."""

    cursor: Any
    db: Any

    def _execute(self, sql: Any, params: Any, *ignored: Any) -> Any:
        self.db.go_inside(sql)
        return super()._execute(sql, params, *ignored)  # type: ignore[misc]  # Django's cursor stands after us

    def _executemany(self, sql: Any, param_list: Any, *ignored: Any) -> Any:
        self.db.go_inside(sql)
        return super()._executemany(sql, param_list, *ignored)  # type: ignore[misc]  # the same

    def callproc(self, procname: Any, params: Any = None, kparams: Any = None) -> Any:
        self.db.go_inside("call")
        return super().callproc(procname, params, kparams)  # type: ignore[misc]  # the same

    def copy(self, statement: Any, *words: Any, **options: Any) -> Any:
        self.db.go_inside(statement)
        return self.cursor.copy(statement, *words, **options)

    def stream(self, query: Any, *words: Any, **options: Any) -> Any:
        self.db.go_inside(query)
        return self.cursor.stream(query, *words, **options)


class Cursor(_Inside, CursorWrapper):
    """What `connection.cursor()` answers."""


class DebugCursor(_Inside, DjangosDebugCursor):
    """The same, which writes down what it runs."""
