"""The tests' databases: one with four municipalities that every test rolls back, copies of it for tests that commit."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.test import override_settings
from psycopg import sql

from deploy import embedded
from tenants import provisioning, roles
from tenants.database.current import connection
from tenants.migrating import migrate_all
from tenants.models import Municipality

BASE = "suunta_test"
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


def make_base_database() -> None:
    """Make the database that every test starts from: migrated, with four municipalities and nobody in them."""
    embedded.ensure_running(durable=False)
    drop_database(BASE)
    _create(BASE, template="template1")
    point_to(BASE)
    with as_migrator():
        list(migrate_all())
        for schema, name, business_id in MUNICIPALITIES:
            provisioning.provision(
                provisioning.request(
                    schema_name=schema,
                    name=name,
                    business_id=business_id,
                    domain=f"{schema}.localhost",
                    admin_email="",
                )
            )
    connection.set_schema_to_public()


@contextmanager
def copied_database(name: str) -> Iterator[dict[str, str]]:
    """Work in a copy of the base database in which commits are real; yields the environment for other processes."""
    before = connection.settings_dict["NAME"]
    connection.close()
    drop_database(name)
    _create(name, template=BASE)
    point_to(name)
    try:
        yield environment(name)
    finally:
        connection.close()
        drop_database(name)
        point_to(before)


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


def _create(name: str, template: str) -> None:
    with as_superuser() as superuser:
        # a database can be copied only when nobody is connected to it: threads of earlier tests may linger
        superuser.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [template])
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        superuser.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
    with as_superuser(name) as superuser:
        passwords = roles.Passwords(app=embedded.password("app"), migrator=embedded.password("migrator"))
        roles.bootstrap(superuser, passwords, name)
