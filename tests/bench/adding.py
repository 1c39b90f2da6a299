"""Adding a municipality: from the template, against replaying migrations and against the same DDL executed raw."""

import itertools
from typing import Any

from django.db import transaction

from tenants import cloning, roles
from tenants.database.current import connection
from tenants.database.names import TEMPLATE
from tenants.migrating import migrate_schema
from tests import databases
from tests.bench import cost
from tests.bench.cost import Side

FREE_BUSINESS_ID = "0172718-0"
TARGET = "raw_target"
_numbers = itertools.count(1)


def measure(*, rounds: int = 5) -> dict[str, Any]:
    """Answer milliseconds and ratios. What is taken away again between two rounds is not measured."""
    with databases.as_migrator():
        cost.keep_connection()
        statements = _template_ddl()
        found = cost.in_turns(
            {
                "from_template": Side(_from_template, after=_forget_municipalities),
                "replaying_migrations": Side(_replay, after=_drop_schemas),
                "raw_ddl": Side(lambda: _raw(statements), after=lambda: _drop(TARGET)),
            },
            rounds=rounds,
            warm_up=1,
        )
    row = {
        "of_replaying": found.ratio("from_template", "replaying_migrations"),
        "of_raw_ddl": found.ratio("from_template", "raw_ddl"),
    }
    times = {name: {"milliseconds": found.milliseconds(name)} for name in found.costs}
    return {"rows": times | {"from_template": times["from_template"] | row}}


def _from_template() -> None:
    databases.add_municipality(f"bench{next(_numbers)}", FREE_BUSINESS_ID, admin_email="first@bench.example")


def _replay() -> None:
    schema = f"bench{next(_numbers)}"
    with connection.cursor() as cursor:
        roles.make_role(cursor, schema)
        cursor.execute(f'CREATE SCHEMA "{schema}"')
    migrate_schema(schema)


def _template_ddl() -> list[str]:
    with transaction.atomic(), connection.raw_cursor() as cursor:
        cursor.execute(f'SET LOCAL search_path = "{TEMPLATE}", public')
        return cloning.definitions(cursor, TEMPLATE, TARGET)


def _raw(statements: list[str]) -> None:
    with transaction.atomic(), connection.raw_cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA "{TARGET}"')
        cursor.execute(f'SET LOCAL search_path = "{TARGET}", public')
        cursor.execute(";\n".join(statements))


def _forget_municipalities() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select id from tenants_municipality where schema_name like 'bench%'")
        ours = [key for (key,) in cursor.fetchall()]
        for table, column in (("tenants_domain", "tenant_id"), ("tenants_duework", "municipality_id")):
            cursor.execute(f"delete from {table} where {column} = any(%s)", [ours])
        cursor.execute("delete from tenants_municipality where id = any(%s)", [ours])
    _drop_schemas()


def _drop_schemas() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select nspname from pg_namespace where nspname like 'bench%'")
        schemas = [schema for (schema,) in cursor.fetchall()]
    for schema in schemas:
        _drop(schema)


def _drop(schema: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA "{schema}" CASCADE')
