"""The tests' databases, all copied from one kept between runs: one that every test rolls back, others to commit in."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from django.conf import settings
from django.test import override_settings
from psycopg import sql

from deploy.local import embedded, recipe
from tenants import provisioning, roles
from tenants.database.current import connection
from tenants.database.names import MUNICIPALITY_PREFIX
from tenants.keys import ring
from tenants.migrating import migrate_all
from tenants.models import Municipality
from tests.clock import NOON

BASE = "suunta_test"
KEPT = "suunta_kept_"  # and the mark of what it was made by
HALF_MADE = "suunta_half_made"
MUNICIPALITIES = (
    ("varkaus", "Varkaus", "0207506-5"),
    ("kaavi", "Kaavi", "0172337-4"),
    ("tuusniemi", "Tuusniemi", "0172739-1"),
    ("rautavaara", "Rautavaara", "0172642-8"),
)


@contextmanager
def as_superuser(database: str = "postgres") -> Iterator[psycopg.Connection]:
    """Open a raw connection as the cluster's superuser, outside Django."""
    address = embedded.database_url("superuser").rpartition("/")[0]
    with psycopg.connect(f"{address}/{database}", autocommit=True) as superuser:
        yield superuser


@contextmanager
def as_migrator() -> Iterator[None]:
    """Let Django's connection sign in as the migrator for a while, as `manage.py add_municipality` does."""
    before = dict(connection.settings_dict)
    tenant = connection.tenant
    connection.close()
    connection.settings_dict.update(USER="suunta_migrator", PASSWORD=embedded.password("migrator"))
    connection.set_schema_to_public()
    try:
        with override_settings(LOGIN="migrator"):
            yield
    finally:
        connection.close()
        connection.settings_dict.update(USER=before["USER"], PASSWORD=before["PASSWORD"])
        connection.set_tenant(tenant) if tenant is not None else connection.leave()


def make_base_database(*, is_copied: bool) -> None:
    """Make the database that every test starts from: migrated, with four municipalities and nobody in them.

    It is a copy of one that is kept between runs and that nobody ever enters, so nothing of a killed run is in it.
    `is_copied` is what `start_and_copy` answered.
    """
    if not is_copied:
        _make_kept()
        copy_kept(BASE)
    point_to(BASE)


def start_and_copy() -> bool:
    """Start the servers and copy the kept database, if there is one. Touches no connection of Django's."""
    embedded.ensure_running(durable=False)
    is_kept = _is_there(_kept())
    if is_kept:
        copy_kept(BASE)
    return is_kept


def _make_kept() -> None:
    """Migrate and provision under another name, and give it its own when it is whole; older ones go."""
    drop_database(HALF_MADE)
    create_database(HALF_MADE)
    point_to(HALF_MADE)
    with as_migrator():
        list(migrate_all())
        for schema, name, business_id in MUNICIPALITIES:
            add_municipality(schema, business_id, name=name)
    connection.close()
    _kept.cache_clear()  # the master key may have been made just now
    with as_superuser() as superuser:
        for (old,) in superuser.execute("select datname from pg_database where starts_with(datname, %s)", [KEPT]):
            drop_database(old)
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        superuser.execute(rename.format(sql.Identifier(HALF_MADE), sql.Identifier(_kept())))


@cache
def _kept() -> str:
    """Name the kept database: its keys are wrapped with the state folder's master key, so that is in the mark too."""
    return KEPT + recipe.mark(also=[Path(__file__), settings.MASTER_KEYS_FILE])


def _is_there(name: str) -> bool:
    with as_superuser() as superuser:
        return superuser.execute("select from pg_database where datname = %s", [name]).fetchone() is not None


@contextmanager
def copied_database(name: str, *, of: str = "") -> Iterator[dict[str, str]]:
    """Work in a copy of the base database, or of another, in which commits are real.

    Yields the environment for other processes. Roles belong to the server: those that were made meanwhile go, too.
    """
    before, known = connection.settings_dict["NAME"], _roles_of_municipalities()
    connection.close()
    drop_database(name)
    create_database(name, template=of or _kept())
    point_to(name)
    ring.forget_all()  # what an earlier copy has made since has other keys under the same names
    try:
        yield environment(name)
    finally:
        ring.forget_all()
        connection.close()
        drop_database(name)
        _drop_roles(_roles_of_municipalities() - known)
        point_to(before)


def _roles_of_municipalities() -> set[str]:
    with as_superuser() as superuser:
        found = superuser.execute("select rolname from pg_roles where starts_with(rolname, %s)", [MUNICIPALITY_PREFIX])
        return {name for (name,) in found}


def _drop_roles(names: set[str]) -> None:
    with as_superuser() as superuser:
        for name in names:
            superuser.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def environment(database: str) -> dict[str, str]:
    """The environment with which another process works on this database with the application's login."""
    addresses = {
        variable: embedded.database_url(login).rpartition("/")[0] + f"/{database}"
        for variable, login in (("DATABASE_URL", "app"), ("MIGRATOR_DATABASE_URL", "migrator"))
    }
    return {**os.environ, **addresses, "REDIS_URL": settings.REDIS_URL}


def point_to(database: str) -> None:
    """Let Django's connection use this database from now on."""
    connection.close()
    connection.settings_dict["NAME"] = database
    connection.set_schema_to_public()


def drop_database(name: str) -> None:
    """Drop a database whoever is still connected."""
    with as_superuser() as superuser:
        superuser.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def municipality(schema: str) -> Municipality:
    """Fetch one of the four."""
    found: Municipality = Municipality.objects.prefetch_related("domains").get(schema_name=schema)
    return found


def add_municipality(schema: str, business_id: str, *, name: str = "", admin_email: str = "") -> None:
    """Make a municipality at `<schema>.localhost`; the caller is the migrator."""
    known = {"schema_name": schema, "name": name or schema.title(), "business_id": business_id}
    asked = provisioning.request(**known, domain=f"{schema}.localhost", admin_email=admin_email)
    provisioning.provision(asked, at=NOON)


def business_id(number: int) -> str:
    """Make a business ID that no other number has: not every row of digits has a check digit."""
    weights = (7, 9, 10, 5, 8, 4, 2)
    base = 9_000_000 + number * 2
    while True:
        rest = sum(weight * int(digit) for weight, digit in zip(weights, str(base), strict=True)) % 11
        if rest != 1:
            return f"{base}-{0 if rest == 0 else 11 - rest}"
        base += 1


def copy_kept(name: str) -> None:
    """Make this database anew as a copy of the kept one."""
    drop_database(name)
    create_database(name, template=_kept())


def create_database(name: str, *, template: str = "template1") -> None:
    """Make a database, empty or a copy, that belongs to its owner as a new installation's does."""
    with as_superuser() as superuser:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        superuser.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
    with as_superuser(name) as superuser:
        passwords = roles.Passwords(app=embedded.password("app"), migrator=embedded.password("migrator"))
        roles.bootstrap(superuser, passwords, name)
