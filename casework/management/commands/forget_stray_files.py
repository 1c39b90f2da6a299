"""`manage.py forget_stray_files`: deletes files that no document names, in every municipality."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.documents import strays
from casework.management.daily import schemas
from tenants.rounds import Round, SomeFailed
from tenants.scope import in_municipality


class Command(BaseCommand):
    help = "Delete files whose row was never saved. Not after an older database was restored: it lacks newer rows."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipality", help="only this one, by its schema name")

    def handle(self, *args: Any, municipality: str | None, **options: Any) -> None:
        everyone = Round()
        for schema in schemas(municipality):
            with everyone.turn(schema), in_municipality(schema) as place:
                self.stdout.write(f"{place.name}: {strays.forget()}")
        try:
            everyone.end()
        except SomeFailed as failure:
            raise CommandError(str(failure)) from None
