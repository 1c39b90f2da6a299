"""Tell whether this machine may run Suunta: the list that every process asks for when it starts, and more strictly."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tenants import starting


class Command(BaseCommand):
    """A process starts while the broker or the mail server is away; by hand, that is an error like the others."""

    help = "Lists what is missing or weak for production, and ends with an error when anything is."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        if settings.IS_LOCAL:
            raise CommandError(
                "This is localhost with the embedded database, which needs none of it: set DATABASE_URL."
            )
        if found := starting.findings(login=settings.LOGIN):
            self.stdout.write(starting.told(found))
            sys.exit(1)
        self.stdout.write("Nothing is missing here.")
