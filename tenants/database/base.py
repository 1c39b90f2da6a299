"""The database backend: one PostgreSQL role per municipality, set in the same round trip as the search path.

Fails closed everywhere the stock django-tenants backend fails open; each trap is told and
broken on purpose in tests/tenants/test_isolation.py, measured in deploy/decisions/0001.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django_tenants.postgresql_backend.base import DatabaseWrapper as TenantsWrapper
from django_tenants.utils import quote_schema_name
from psycopg.pq import TransactionStatus

from tenants.database import logins
from tenants.database.names import OWNER, role_for


class DatabaseWrapper(TenantsWrapper):
    """A connection that is always inside exactly one schema, with that schema's rights and no other."""

    schema_name: str | None
    tenant: Any
    search_path_set_schemas: list[str] | None
    _setting_search_path: bool

    def _handle_search_path(self, cursor: Any = None) -> None:
        if self._setting_search_path or self.search_path_set_schemas:
            return  # once per switch
        if not self.schema_name:
            raise ImproperlyConfigured("No municipality is set: enter one through tenants.scope.")
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return  # the caller's statement fails by itself
        paths = self._get_cursor_search_paths()
        role = OWNER if settings.LOGIN == "migrator" else role_for(self.schema_name)
        path = ", ".join(map(quote_schema_name, paths))
        self._setting_search_path = True
        try:
            with self.connection.cursor() as raw:  # psycopg's own cursor without parameters: one round trip
                raw.execute(f"SET ROLE {quote_schema_name(role)}; SET search_path = {path}")
            self.search_path_set_schemas = paths
        finally:
            self._setting_search_path = False

    def _commit(self) -> Any:
        is_aborted = self.connection.info.transaction_status == TransactionStatus.INERROR
        before, self.search_path_set_schemas = self.search_path_set_schemas, None
        answer = super()._commit()
        if not is_aborted:  # COMMIT of an aborted transaction is a ROLLBACK and undoes the SET
            self.search_path_set_schemas = before
        return answer

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
