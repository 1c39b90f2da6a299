"""Replaces the data keys of municipalities while the service runs. Stopped, it goes on where it was when run again."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tenants.keys import ring, rotation
from tenants.models import Municipality
from tenants.scope import UnknownMunicipality, active_municipalities, in_console, in_municipality


class Command(BaseCommand):
    """Two passes: the second finds what other processes wrote with the old key before they noticed the new one."""

    help = "Gives municipalities a new data key and seals their fields and files anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipality", metavar="SCHEMA", help="only this one")
        parser.add_argument("--batch", type=int, default=500, help="values in one transaction")
        parser.add_argument(
            "--settle", type=float, default=ring.CURRENT_SECONDS + 5, help="seconds between the two passes"
        )

    def handle(self, *args: Any, municipality: str | None, batch: int, settle: float, **options: Any) -> None:
        chosen = _chosen(municipality)
        for place in chosen:
            with in_municipality(place):
                begun = rotation.begin()
                done = rotation.sweep(batch=batch)
            verb = "begun" if begun else "continued"
            self.stdout.write(f"{place.schema_name}: {verb}, {done.resealed} sealed anew")
        time.sleep(settle)
        unreadable = sum([self._finish(place, batch) for place in chosen])
        if unreadable:
            raise CommandError(f"{unreadable} values cannot be read; their keys were not retired.")

    def _finish(self, place: Municipality, batch: int) -> int:
        with in_municipality(place):
            done = rotation.sweep(batch=batch)
            if not done.unreadable:
                rotation.finish(at=timezone.now())
        self.stdout.write(f"{place.schema_name}: finished, {done.resealed} more, {done.unreadable} unreadable")
        return done.unreadable


def _chosen(schema: str | None) -> list[Municipality]:
    try:
        if schema is not None:
            with in_municipality(schema) as municipality:
                return [municipality]
    except UnknownMunicipality:
        raise CommandError(f"There is no municipality {schema}.") from None
    with in_console():
        return active_municipalities()
