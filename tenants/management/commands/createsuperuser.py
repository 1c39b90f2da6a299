"""Django's command of this name knows nothing of sides of the house, roles and second factors: it is refused."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

INSTEAD = "Suunta has no superusers. The first operator of the console: manage.py add_operator EMAIL"


class Command(BaseCommand):
    help = INSTEAD

    def run_from_argv(self, argv: list[str]) -> None:
        """Refuse before any option is read."""
        sys.exit(INSTEAD)

    def handle(self, **options: Any) -> None:
        raise CommandError(INSTEAD)
