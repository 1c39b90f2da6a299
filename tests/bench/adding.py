"""Adding a municipality: from the template, against replaying migrations and against the same DDL executed raw."""

import itertools

from django.db import connection, transaction

from tenants import cloning, provisioning, roles
from tenants.database.names import TEMPLATE
from tenants.migrating import migrate_schema
from tests import databases
from tests.bench.timing import medians, ratio
from tests.clock import NOON

WANTED = {"of_replaying": 1 / 3, "of_raw_ddl": 4}
FREE_BUSINESS_ID = "0172718-0"
_numbers = itertools.count(1)


def measure() -> dict[str, object]:
    """Answer medians in milliseconds and their ratios."""
    with databases.as_migrator():
        statements = _template_ddl()
        times = medians(
            {"from_template": _from_template, "replaying_migrations": _replay, "raw_ddl": lambda: _raw(statements)},
            rounds=5,
            warm_up=1,
        )
        _forget_roles()
    return {
        "milliseconds": times,
        "of_replaying": ratio(times["from_template"], times["replaying_migrations"]),
        "of_raw_ddl": ratio(times["from_template"], times["raw_ddl"]),
        "wanted": WANTED,
    }


def _from_template() -> None:
    number = next(_numbers)
    municipality = provisioning.request(
        schema_name=f"bench{number}",
        name=f"Bench {number}",
        business_id=FREE_BUSINESS_ID,
        domain=f"bench{number}.localhost",
        admin_email="first@bench.example",
    )
    provisioning.provision(municipality, at=NOON)
    municipality.domains.all().delete()
    type(municipality).objects.filter(pk=municipality.pk).delete()


def _replay() -> None:
    schema = f"bench{next(_numbers)}"
    with connection.cursor() as cursor:
        roles.make_role(cursor, schema)
        cursor.execute(f'CREATE SCHEMA "{schema}"')
    migrate_schema(schema)


def _template_ddl() -> list[str]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'SET LOCAL search_path = "{TEMPLATE}", public')
        return cloning.definitions(cursor, TEMPLATE, "raw_target")


def _raw(statements: list[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute('CREATE SCHEMA "raw_target"')
        cursor.execute('SET LOCAL search_path = "raw_target", public')
        cursor.execute(";\n".join(statements))
    with connection.cursor() as cursor:
        cursor.execute('DROP SCHEMA "raw_target" CASCADE')


def _forget_roles() -> None:
    """Roles outlive the copied database."""
    with databases.as_superuser("suunta_bench") as superuser:
        for (role,) in superuser.execute("select rolname from pg_roles where rolname like 't_bench%'").fetchall():
            superuser.execute(f"drop owned by {role}; drop role {role}")
