"""Bringing schemas to this version: the public one, the template, and each municipality. Needs the migrator's login."""

from collections.abc import Iterator

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db.migrations.recorder import MigrationRecorder

from tenants import keys, roles
from tenants.database.current import connection
from tenants.database.names import PUBLIC, TEMPLATE
from tenants.models import Municipality
from tenants.scope import in_console


def migrate_all() -> Iterator[str]:
    """Bring every schema to this version, yielding the name of each when it is done."""
    yield migrate_public()
    yield migrate_template()
    with in_console():
        schemas = list(
            Municipality.objects.filter(state=Municipality.State.ACTIVE).values_list("schema_name", flat=True)
        )
    for schema in schemas:
        yield migrate_schema(schema)


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


def _migrate(schema: str) -> None:
    try:
        connection.set_schema(schema, include_public=False)
        MigrationRecorder(connection).ensure_schema()  # else the public record would be read as this schema's own
        connection.set_schema(schema)
        call_command(DjangoMigrate(), verbosity=0, interactive=False)
    finally:
        connection.set_schema_to_public()
