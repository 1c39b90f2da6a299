"""What the commands share that do a day's work in every municipality: which day, which municipalities, how many."""

from abc import ABC, abstractmethod
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tenants.models import Municipality
from tenants.rounds import Round, SomeFailed
from tenants.scope import UnknownMunicipality, active_municipalities, in_console, in_municipality


class DailyCommand(BaseCommand, ABC):
    """Works for a day, in every municipality or in one. May be run late, twice, or for a past day."""

    requires_system_checks = ()  # runs every hour, and the deploy has checked

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", help="the day, as 2026-12-01 (default: today in Finland)")
        parser.add_argument("--municipality", help="only this one, by its schema name")

    def handle(self, *args: Any, **options: Any) -> None:
        on = _day(options["on"])
        everyone = Round()
        for schema in schemas(options["municipality"]):
            with everyone.turn(schema), in_municipality(schema) as municipality:
                self._work_in(municipality, on=on)
        try:
            everyone.end()
        except SomeFailed as failure:
            raise CommandError(str(failure)) from None

    def _work_in(self, municipality: Municipality, *, on: date) -> None:
        """Do the day's work of one municipality and say how much was new, also when some of it failed."""
        try:
            count = self.work(on=on, at=timezone.now())
        except SomeFailed as failure:
            self.stdout.write(f"{municipality.name}: {failure.count}")
            raise
        self.stdout.write(f"{municipality.name}: {count}")

    @abstractmethod
    def work(self, *, on: date, at: datetime) -> int:
        """Do the day's work of the municipality one is inside of; answer how much of it was new."""


def schemas(only: str | None) -> list[str]:
    """Answer the schema of every municipality in use, or of the only one that is meant.

    Raises:
        CommandError: it is none in use.
    """
    if only is not None:
        return [_known(only)]
    with in_console():
        return [municipality.schema_name for municipality in active_municipalities()]


def _known(schema: str) -> str:
    try:
        with in_municipality(schema):
            return schema
    except UnknownMunicipality as error:
        raise CommandError(f"There is no municipality {schema!r} in use.") from error


def _day(word: str | None) -> date:
    if word is None:
        return timezone.localdate()
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise CommandError(f"--on {word!r} is not a day such as 2026-12-01.") from error
