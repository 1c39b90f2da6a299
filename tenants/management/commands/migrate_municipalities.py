"""Bring every schema to this version: what is of it already is skipped, and a killed run goes on where it was."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants.migrating import MigratedElsewhere, migrate_all
from tenants.rounds import SomeFailed


class Command(BaseCommand):
    help = "Migrates the public schema, the template and every municipality that is not of this version."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes that work at once, default 1")

    def handle(self, *, jobs: int, **options: Any) -> None:
        if jobs < 1:
            raise CommandError("--jobs is 1 or more.")
        try:
            for schema in migrate_all(jobs=jobs):
                self.stdout.write(f"{schema} is up to date")
        except (MigratedElsewhere, SomeFailed) as failure:
            raise CommandError(str(failure)) from None
        self.stdout.write("All schemas are of this version")
