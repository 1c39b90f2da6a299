"""The tables of some schemas as they were: whether a run changed them, and how to put them back."""

from collections.abc import Iterable
from typing import Any, Self

from psycopg import Connection, sql

KEPT = "kept"  # the schema with the copies

type Marks = dict[str, tuple[int, int]]  # of each table: its rows, and a sum that every write changes
type Change = dict[str, int]  # of each table that was written to: how many rows more it has


class Books:
    """Reads and restores as superuser, past triggers and foreign keys; commits of others are seen at once."""

    def __init__(self, superuser: Connection[Any], schemas: Iterable[str]) -> None:
        self._superuser = superuser
        self._names = {name: (schema, name.partition(".")[2]) for schema, name in self._found(list(schemas))}

    def keep(self) -> Self:
        """Remember what is there now."""
        self._superuser.execute(sql.SQL("create schema {}").format(sql.Identifier(KEPT)))
        for name, place in self._names.items():
            copied = sql.SQL("create table {} as table {}")
            self._superuser.execute(copied.format(sql.Identifier(KEPT, name), sql.Identifier(*place)))
        self._marks = self._read(self._names)
        return self

    def change(self) -> Change:
        """Answer what was written since."""
        return {
            name: rows - self._marks[name][0]
            for name, (rows, mark) in self._read(self._names).items()
            if (rows, mark) != self._marks[name]
        }

    def put_back(self, change: Change) -> None:
        """Make these tables what they were."""
        if not change:
            return
        with self._superuser.transaction():
            self._superuser.execute("set local session_replication_role = replica")
            for name in change:
                self._restore(name)
        self._marks |= self._read(change)

    def _restore(self, name: str) -> None:
        table, kept = sql.Identifier(*self._names[name]), sql.Identifier(KEPT, name)
        question = (
            "select attname from pg_attribute"
            " where attrelid = %s::regclass and attnum > 0 and not attisdropped and attgenerated = ''"
        )
        found = self._superuser.execute(question, [table.as_string(self._superuser)]).fetchall()
        columns = sql.SQL(", ").join(sql.Identifier(column) for (column,) in found)
        self._superuser.execute(sql.SQL("delete from {}").format(table))
        statement = sql.SQL("insert into {} ({}) overriding system value select {} from {}")
        self._superuser.execute(statement.format(table, columns, columns, kept))

    def _read(self, names: Iterable[str]) -> Marks:
        parts = [
            sql.SQL("select {}, count(*)::int, coalesce(sum(xmin::text::bigint), 0)::bigint from {}").format(
                name, sql.Identifier(*self._names[name])
            )
            for name in names
        ]
        rows = self._superuser.execute(sql.SQL(" union all ").join(parts)).fetchall()
        return {name: (count, mark) for name, count, mark in rows}

    def _found(self, schemas: list[str]) -> list[tuple[str, str]]:
        question = "select schemaname, tablename from pg_tables where schemaname = any(%s) order by 1, 2"
        rows = self._superuser.execute(question, [schemas]).fetchall()
        return [(schema, f"{schema}.{table}") for schema, table in rows]
