"""Replaces the data keys of municipalities while the service runs. Stopped, it goes on where it was when run again."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tenants.keys import ring, rotation
from tenants.models import Municipality
from tenants.rounds import Round, SomeFailed
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
        everyone, begun = Round(), list[Municipality]()
        for place in _chosen(municipality):
            with everyone.turn(place.schema_name), in_municipality(place):
                self._begin(place, batch)
                begun.append(place)
        time.sleep(settle)
        left = rotation.Sweep()
        for place in begun:
            with everyone.turn(place.schema_name), in_municipality(place):
                left += self._finish(place, batch)
        self._say_what_is_left(left, everyone)

    def _begin(self, place: Municipality, batch: int) -> None:
        verb = "begun" if rotation.begin() else "continued"
        done = rotation.sweep(batch=batch)
        self.stdout.write(f"{place.schema_name}: {verb}, {done.resealed} sealed anew")

    def _finish(self, place: Municipality, batch: int) -> rotation.Sweep:
        """Seal what is left; the old key is retired when nothing needs it any more."""
        done = rotation.sweep(batch=batch)
        if done.is_whole:
            rotation.finish(at=timezone.now())
        self.stdout.write(f"{place.schema_name}: finished, {done.resealed} more, {done.unreadable} unreadable")
        return done

    def _say_what_is_left(self, left: rotation.Sweep, everyone: Round) -> None:
        reasons = [
            f"{left.unreadable} values cannot be read" if left.unreadable else "",
            f"{left.refused} values were refused by the database (the access log's need SUUNTA_LOGIN=migrator)"
            if left.refused
            else "",
        ]
        try:
            everyone.end()
        except SomeFailed as failure:
            reasons.append(str(failure))
        if any(reasons):
            raise CommandError(f"{'; '.join(filter(None, reasons))}; their keys were not retired.")


def _chosen(schema: str | None) -> list[Municipality]:
    try:
        if schema is not None:
            with in_municipality(schema) as municipality:
                return [municipality]
    except UnknownMunicipality:
        raise CommandError(f"There is no municipality {schema}.") from None
    with in_console():
        return active_municipalities()
