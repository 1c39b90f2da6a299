"""The version of a schema: the migrations and rights that this code expects in it, as one short mark.

A municipality's stands beside its row, so whoever finds the municipality has it without another query. The public
schema's and the template's are their comments.
"""

import hashlib
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tenants.database.current import connection
from tenants.database.names import PUBLIC, TEMPLATE
from tenants.errors import BeingUpdated
from tenants.models import Municipality

UNDER_WAY = ""  # somebody changes the schema, or was killed over it: no code may use it

ALL = """
    select nspname, coalesce(obj_description(oid, 'pg_namespace'), '') from pg_namespace where nspname = %s
    union all (select schema_name, schema_version from public.tenants_municipality where state = 'active' order by id)
"""
KNOWN = "select count(*) from public.django_migrations where app || '.' || name = any(%s)"
COMMENT = "select obj_description(to_regnamespace(%s), 'pg_namespace')"


@cache
def expected() -> str:
    """Answer the mark of this code: how many migrations it knows, a hash of their names and of what grants rights."""
    rights = (Path(__file__).parent / "roles.py").read_bytes()
    known = hashlib.sha256(" ".join(migrations()).encode() + rights).hexdigest()
    return f"{len(migrations()):05}-{known[:10]}"


def is_served(version: str) -> bool:
    """Tell whether this code works in a schema: in one of its version, and in a later one, which has only more.

    What a version may add, and what only the one after it may take away, is a rule (`tests/rules/test_old_code.py`).
    """
    ours, its = expected()[:5], version[:5]  # PostgreSQL calls a new one "standard public schema"
    return version == expected() or (its.isdigit() and its > ours)


@cache
def migrations() -> tuple[str, ...]:
    """Name all migrations that this code knows."""
    return tuple(sorted(name for app in apps.get_app_configs() for name in _of_app(app.label)))


def is_current(municipality: Municipality) -> bool:
    """Ask the database whether a municipality's schema is of this code's version now; the row one has may be older."""
    return bool(Municipality.objects.filter(pk=municipality.pk, schema_version=expected()).exists())


def lock_of(schema: str) -> str:
    """Name the advisory lock of whoever changes a schema or copies it."""
    return f"suunta: schema {schema}"


def check(municipality: Municipality) -> None:
    """Let nobody into a schema that is older than this code, or under way to another version.

    Raises:
        BeingUpdated
    """
    if not is_served(municipality.schema_version):
        raise BeingUpdated(municipality.schema_name)


def check_template() -> None:
    """Let nobody copy the template unless it is of exactly this version: the copy gets this code's rights.

    Raises:
        BeingUpdated
    """
    if of(TEMPLATE) != expected():
        raise BeingUpdated(TEMPLATE)


def behind() -> list[str]:
    """Name the template and the municipalities in use in which this code does not work, by one query over all."""
    with connection.cursor() as cursor:
        cursor.execute(ALL, [TEMPLATE])
        versions = dict(cursor.fetchall())
    first = [] if TEMPLATE in versions else [TEMPLATE]
    return first + [schema for schema, version in versions.items() if not is_served(version)]


def is_public_behind() -> bool:
    """Tell whether the public schema lacks a migration that this code knows. With more of them the code lives."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [list(migrations())])
        [count] = cursor.fetchone()
    return bool(count < len(migrations()))


def of(schema: str) -> str:
    """Read the version of the public schema or the template."""
    with connection.cursor() as cursor:
        cursor.execute(COMMENT, [schema])
        [version] = cursor.fetchone()
    return version or ""


def write_down(schema: str, version: str) -> None:
    """Say what a schema is now; the caller holds the transaction that made it so."""
    if schema in {PUBLIC, TEMPLATE}:
        with connection.cursor() as cursor:
            cursor.execute(f"COMMENT ON SCHEMA \"{schema}\" IS '{version}'")
    else:
        Municipality.objects.filter(schema_name=schema).update(schema_version=version)


def _of_app(label: str) -> list[str]:
    """Name an app's migrations without importing them, which would take every process a while."""
    package, _is_explicit = MigrationLoader.migrations_module(label)
    try:
        folder = import_module(str(package)).__path__
    except ModuleNotFoundError:
        return []
    return [f"{label}.{module.name}" for module in iter_modules(folder) if module.name[0] not in "_~"]
