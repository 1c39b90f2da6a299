"""Bring the database to this version: roles (with the embedded server), public schema, template, every municipality."""

import os
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError

from deploy.local import embedded
from tenants import roles
from tenants.migrating import MigratedElsewhere, migrate_all
from tenants.rounds import SomeFailed


class Command(BaseCommand):
    help = "Creates or updates roles, the public schema, the template and every municipality's schema."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        if "DATABASE_URL" not in os.environ or "SUPERUSER_DATABASE_URL" in os.environ:
            make_roles()
        try:
            for schema in migrate_all():
                self.stdout.write(f"{schema} is up to date")
        except (MigratedElsewhere, SomeFailed) as failure:
            raise CommandError(str(failure)) from None


def make_roles() -> None:
    """Make the roles with the superuser's address: the embedded server's own, or the one given."""
    address = os.environ.get("SUPERUSER_DATABASE_URL") or embedded.database_url("superuser")
    passwords = roles.Passwords(
        app=roles.password_in(os.environ.get("DATABASE_URL") or embedded.database_url("app")),
        migrator=roles.password_in(os.environ.get("MIGRATOR_DATABASE_URL") or embedded.database_url("migrator")),
    )
    with psycopg.connect(address) as connection:
        roles.bootstrap(connection, passwords, connection.info.dbname)
