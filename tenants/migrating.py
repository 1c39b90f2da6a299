"""Bringing schemas to this version: the public one, the template, and each municipality. Needs the migrator's login."""

from collections.abc import Callable, Iterator
from functools import partial

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db.migrations.recorder import MigrationRecorder

from tenants import keys, roles
from tenants.database.current import connection
from tenants.database.names import PUBLIC, TEMPLATE
from tenants.models import Municipality
from tenants.rounds import Round
from tenants.scope import in_console


def migrate_all() -> Iterator[str]:
    """Bring every schema to this version, yielding the name of each when it is done.

    Raises:
        SomeFailed: at the end, when some schemas could not be brought to it; the others were.
    """
    yield migrate_public()  # all others stand on it
    everyone = Round()
    for schema, bring in _others():
        with everyone.turn(schema):
            yield bring()
    everyone.end()


def migrate_public() -> str:
    """Bring the public schema and the console's grants to this version."""
    _migrate(PUBLIC)
    with connection.cursor() as cursor:
        roles.grant_public(cursor)
    keys.create()
    return PUBLIC


def migrate_template() -> str:
    """Bring the schema that municipalities are copied from to this version; nobody has rights on it."""
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA IF NOT EXISTS "{TEMPLATE}"')
    _migrate(TEMPLATE)
    return TEMPLATE


def migrate_schema(schema: str) -> str:
    """Bring one municipality's schema and grants to this version."""
    _migrate(schema)
    with connection.cursor() as cursor:
        roles.grant_schema(cursor, schema)
    return schema


def _others() -> list[tuple[str, Callable[[], str]]]:
    with in_console():
        active = Municipality.objects.filter(state=Municipality.State.ACTIVE).order_by("pk")
        schemas = list(active.values_list("schema_name", flat=True))
    return [(TEMPLATE, migrate_template), *((schema, partial(migrate_schema, schema)) for schema in schemas)]


def _migrate(schema: str) -> None:
    try:
        connection.set_schema(schema, include_public=False)
        MigrationRecorder(connection).ensure_schema()  # else the public record would be read as this schema's own
        connection.set_schema(schema)
        call_command(DjangoMigrate(), verbosity=0, interactive=False)
    finally:
        connection.set_schema_to_public()
