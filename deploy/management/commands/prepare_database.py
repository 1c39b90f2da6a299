"""Bring the database to this version: roles (with the embedded server), public schema, template, every municipality."""

import os
from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from psycopg import sql

from deploy.local import embedded
from deploy.local.servers import QUIET_LOG
from tenants import roles, starting
from tenants.migrating import MigratedElsewhere, migrate_all
from tenants.rounds import SomeFailed


class Command(BaseCommand):
    help = "Creates or updates roles, the public schema, the template and every municipality's schema."
    requires_system_checks = [starting.ENVIRONMENT]

    def handle(self, **options: Any) -> None:
        try:
            if "DATABASE_URL" not in os.environ or "SUPERUSER_DATABASE_URL" in os.environ:
                make_roles()
            for schema in migrate_all():
                self.stdout.write(f"{schema} is up to date")
        except (MigratedElsewhere, SomeFailed, ImproperlyConfigured) as failure:
            raise CommandError(str(failure)) from None
        except (OperationalError, psycopg.OperationalError) as error:
            raise CommandError(f"The database does not let us in: {' '.join(str(error).split())}") from None
        self.stdout.write("The database is ready")


def make_roles() -> None:
    """Make the roles with the superuser's address: the embedded server's own, or the one given.

    Raises:
        CommandError: only one of the two logins was given.
    """
    if not settings.IS_LOCAL and "DATABASE_URL" not in os.environ:
        raise CommandError("DATABASE_URL is not set: the password in it is given to the application's login.")
    address = os.environ.get("SUPERUSER_DATABASE_URL") or embedded.database_url("superuser")
    passwords = roles.Passwords(
        app=roles.password_in(os.environ.get("DATABASE_URL") or embedded.database_url("app")),
        migrator=roles.password_in(os.environ.get("MIGRATOR_DATABASE_URL") or embedded.database_url("migrator")),
    )
    with psycopg.connect(address) as connection:
        roles.bootstrap(connection, passwords, connection.info.dbname)
        if not settings.IS_LOCAL:
            _keep_the_log_quiet(connection)


def _keep_the_log_quiet(connection: psycopg.Connection) -> None:
    """Let the server write no values of this database into its own log; the embedded one is started so."""
    for name, value in QUIET_LOG.items():
        statement = sql.SQL("ALTER DATABASE {} SET {} = {}")
        connection.execute(
            statement.format(sql.Identifier(connection.info.dbname), sql.Identifier(name), sql.Literal(value))
        )
