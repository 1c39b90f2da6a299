"""Load the demo's people, clients and invoices into the municipalities that `add_demo_municipalities` made."""

from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone, translation

from deploy.demo import loading
from deploy.management.demo_command import DemoCommand
from tenants.scope import UnknownMunicipality


class Command(DemoCommand):
    help = "Loads the demo's data through the real actions. What is there already stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="the day it is, for example 2026-11-22")
        parser.add_argument("--clients", type=int, help="at most so many clients in each municipality")

    def handle(self, **options: Any) -> None:
        today = options["today"] or timezone.localdate()
        try:
            with translation.override("fi"):
                for line in loading.load(today=today, at_most=options["clients"]):
                    self.stdout.write(line)
                    self.stdout.flush()
        except UnknownMunicipality as error:
            raise CommandError(f"There is no municipality {error}: run add_demo_municipalities first") from None
