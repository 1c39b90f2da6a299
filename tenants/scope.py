"""The only door into a municipality for commands, tasks and tests. Requests enter in tenants.hosts."""

from collections.abc import Iterator
from contextlib import contextmanager

from tenants import schema_versions
from tenants.database.current import connection
from tenants.database.names import PUBLIC, role_for
from tenants.models import Municipality

type MunicipalityReference = Municipality | str | int


class UnknownMunicipality(LookupError):
    """No active municipality has this id or schema name."""


class ScopeBroken(RuntimeError):
    """The connection is not where it should be; nothing more may be read or written."""


@contextmanager
def in_municipality(reference: MunicipalityReference) -> Iterator[Municipality]:
    """Work inside one municipality, and be back where one was afterwards.

    Raises:
        UnknownMunicipality: no municipality in use has this id or schema name.
        BeingUpdated: its schema is not of the version of this code.
        ScopeBroken: the role or the search path is not the municipality's at the start or the end.
    """
    municipality = _resolve(reference)
    schema_versions.check(municipality)
    with _inside(municipality.schema_name, lambda: connection.set_tenant(municipality)):
        yield municipality


@contextmanager
def in_console() -> Iterator[None]:
    """Work on the public side: municipalities, contracts, invoices; no right in any municipality's schema."""
    with _inside(PUBLIC, connection.set_schema_to_public):
        yield


def active_municipality() -> Municipality | None:
    """The municipality this connection is inside of, None on the public side."""
    return connection.tenant if isinstance(connection.tenant, Municipality) else None


def active_municipalities() -> list[Municipality]:
    """All municipalities in use, for fan-out and the console."""
    return list(Municipality.objects.filter(state=Municipality.State.ACTIVE).order_by("pk"))


def cache_key(key: str, key_prefix: str, version: int) -> str:
    """Prefix every cache key with the municipality (settings.CACHES KEY_FUNCTION)."""
    return f"{connection.schema_name or 'nowhere'}:{key_prefix}:{version}:{key}"


def _resolve(reference: MunicipalityReference) -> Municipality:
    if isinstance(reference, Municipality):
        return reference
    by = {"pk": reference} if isinstance(reference, int) else {"schema_name": reference}
    found: Municipality | None = None
    with in_console():
        found = Municipality.objects.filter(state=Municipality.State.ACTIVE, **by).first()
    if found is None:
        raise UnknownMunicipality(str(reference))
    return found


@contextmanager
def _inside(schema: str, enter: object) -> Iterator[None]:
    before = connection.tenant
    enter()  # type: ignore[operator]
    try:
        _assert_inside(schema)
        yield
        _assert_inside(schema)
    finally:
        connection.set_tenant(before) if before is not None else connection.leave()


def _assert_inside(schema: str) -> None:
    if connection.schema_name != schema:
        raise ScopeBroken(f"expected {schema}, connection says {connection.schema_name}")
    with connection.cursor() as cursor:
        cursor.execute("select current_user, current_schema()")
        role, path = cursor.fetchone()
    if (role, path) not in {(role_for(schema), schema), ("suunta_owner", schema)}:
        raise ScopeBroken(f"expected {schema}, the database says {role} in {path}")
