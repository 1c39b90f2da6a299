"""The database backend: one PostgreSQL role per municipality, set in the same round trip as the search path.

Fails closed everywhere the stock django-tenants backend fails open; each trap is told and
broken on purpose in tests/tenants/test_isolation.py, measured in deploy/decisions/0001.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import ProgrammingError
from django_tenants.postgresql_backend.base import DatabaseWrapper as TenantsWrapper
from django_tenants.utils import quote_schema_name
from psycopg import sql
from psycopg.pq import TransactionStatus

from tenants.database import logins
from tenants.database.cursors import Cursor, DebugCursor
from tenants.database.introspection import Introspection
from tenants.database.names import APP_LOGIN, OWNER, role_for

# Statements after which role and path are what they were before. Of all others the server is told again.
STAYS = re.compile(r"\s*\(*\s*(select|insert|update|delete|with|savepoint|release)\b", re.IGNORECASE)


class DatabaseWrapper(TenantsWrapper):
    """A connection that is always inside exactly one schema, with that schema's rights and no other."""

    schema_name: str | None
    include_public_schema: bool
    tenant: Any
    search_path_set_schemas: list[str] | None
    _reported: bytes | None = None

    def __init__(self, *words: Any, **options: Any) -> None:
        super().__init__(*words, **options)
        self.introspection = Introspection(self)

    def go_inside(self, statement: Any) -> None:
        """Be in the active schema with its role before a statement runs; our cursors ask for it each time.

        From PostgreSQL 18 on the server reports each change of its search path, which says whether we are still there
        without a round trip: a transaction can end in many ways, and each takes back a switch inside of it.

        Raises:
            django.db.Error: the switch failed; the statement has not run.
            ProgrammingError: several statements in one text: the first could move us, and the others would run there.
        """
        with self.wrap_database_errors:
            text = statement if isinstance(statement, str) else sql.as_string(statement, self.connection)
            if settings.LOGIN == APP_LOGIN and ";" in text.rstrip("; \n"):
                raise ProgrammingError("One statement at a time.")
            if not self._is_inside():
                self._switch()
            if not STAYS.match(text):
                self.search_path_set_schemas = None

    @contextmanager
    def raw_cursor(self) -> Iterator[psycopg.Cursor[Any]]:
        """Lend psycopg's own cursor to what goes through several schemas; the next statement of others is back inside.

        Raises:
            django.db.Error: a statement failed.
        """
        self.ensure_connection()
        self.go_inside("select")
        try:
            with self.wrap_database_errors, self.connection.cursor() as raw:
                yield raw
        finally:
            self.search_path_set_schemas = None

    @contextmanager
    def without_public(self) -> Iterator[None]:
        """See the active schema alone for a while."""
        before, self.include_public_schema = self.include_public_schema, False
        self.search_path_set_schemas = None
        try:
            yield
        finally:
            self.include_public_schema = before
            self.search_path_set_schemas = None

    def _is_inside(self) -> bool:
        if not self.search_path_set_schemas:
            return False
        return bool(self.connection.pgconn.parameter_status(b"search_path") == self._reported)

    def _switch(self) -> None:
        if not self.schema_name:
            raise ImproperlyConfigured("No municipality is set: enter one through tenants.scope.")
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return  # the caller's statement fails by itself, or ends the transaction
        paths = self._get_cursor_search_paths()
        role = OWNER if settings.LOGIN == "migrator" else role_for(self.schema_name)
        path = ", ".join(map(quote_schema_name, paths))
        with self.connection.cursor() as raw:  # psycopg's own cursor: one round trip
            raw.execute(f"SET ROLE {quote_schema_name(role)}; SET search_path = {path}")
        self.search_path_set_schemas = paths
        self._reported = self.connection.pgconn.parameter_status(b"search_path")

    def make_cursor(self, cursor: Any) -> Cursor:
        return Cursor(cursor, self)

    def make_debug_cursor(self, cursor: Any) -> DebugCursor:
        return DebugCursor(cursor, self)

    def _handle_search_path(self, cursor: Any = None) -> None:
        """django-tenants switches when a cursor is made; ours ask before each statement."""

    def _commit(self) -> Any:
        is_aborted = self.connection.info.transaction_status == TransactionStatus.INERROR
        before, self.search_path_set_schemas = self.search_path_set_schemas, None
        answer = super()._commit()
        if not is_aborted:  # COMMIT of an aborted transaction is a ROLLBACK and undoes the SET
            self.search_path_set_schemas = before
        return answer

    def drop_if_lost(self) -> None:
        """Let go of a connection that does not answer any more, so that the next statement gets a new one."""
        if self.connection is not None and self.errors_occurred and not self.in_atomic_block and not self.is_usable():
            self.close()

    def leave_to_parent(self) -> None:
        """In a fork: leave the connection, open, to the process that it was made by, and get another."""
        self.connection: Any = None

    def leave(self) -> None:
        """Belong to no schema until somebody enters one; a query in between is refused."""
        self.tenant = None
        self.schema_name = None
        self.search_path_set_schemas = None

    def init_connection_state(self) -> None:
        super().init_connection_state()
        self.search_path_set_schemas = None
        faults = self._faults()
        if not self.get_autocommit():
            self.connection.commit()
        if faults:
            self.close()
            raise ImproperlyConfigured(f"The database login is too strong: {'; '.join(faults)}.")

    def _faults(self) -> list[str]:
        if self.connection.info.server_version < logins.OLDEST_SERVER:
            self.close()
            raise ImproperlyConfigured("PostgreSQL 16 or newer is needed.")
        with self.connection.cursor() as raw:
            return logins.faults(raw, settings.LOGIN)
