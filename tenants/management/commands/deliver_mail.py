"""Deliver what is due in every outbox by hand, as beat does: first find out what is unclear, then send."""

from contextlib import AbstractContextManager
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tenants.mail import delivery
from tenants.mail.conversation import Unreachable
from tenants.mail.models import OutgoingEmail
from tenants.models import Municipality
from tenants.rounds import Round, SomeFailed
from tenants.scope import UnknownMunicipality, active_municipalities, in_console, in_municipality


class Command(BaseCommand):
    help = "Sends the mails that are due, of every municipality and the console."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipality", metavar="SCHEMA", help="only this one, for example kaavi")

    def handle(self, *, municipality: str | None, **options: Any) -> None:
        everyone = Round(stopped_by=(Unreachable,))
        try:
            for name, place in _places(municipality):
                with everyone.turn(name), place:
                    self.stdout.write(f"{name}: {_deliver()}")
            everyone.end()
        except Unreachable as error:
            raise CommandError(f"The mail server cannot be reached ({error}). What is due stays due.") from None
        except SomeFailed as failure:
            raise CommandError(str(failure)) from None


def _places(schema: str | None) -> list[tuple[str, AbstractContextManager[Municipality | None]]]:
    if schema:
        return [(schema, in_municipality(_known(schema)))]
    with in_console():
        municipalities = active_municipalities()
    return [("console", in_console()), *((place.schema_name, in_municipality(place)) for place in municipalities)]


def _known(schema: str) -> Municipality:
    try:
        with in_municipality(schema) as municipality:
            return municipality
    except UnknownMunicipality:
        raise CommandError(f"No municipality in use is called {schema}.") from None


def _deliver() -> str:
    """Send until nothing is due; answer what happened in words."""
    delivery.reconcile(at=timezone.now())
    sent = 0
    while count := delivery.deliver_due(at=timezone.now()):
        sent += count
    open_ones = {
        state: OutgoingEmail.objects.filter(state=state).count()
        for state in (OutgoingEmail.State.PENDING, OutgoingEmail.State.UNKNOWN, OutgoingEmail.State.FAILED)
    }
    return ", ".join([f"{sent} sent", *(f"{count} {state}" for state, count in open_ones.items() if count)])
