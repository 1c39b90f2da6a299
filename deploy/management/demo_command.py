"""What the commands of the demo share: they work in the demo's database and in no other."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class DemoCommand(BaseCommand):
    """Refuses every other place: whoever it lets in has a password that stands in the code."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        if not settings.IS_DEMO:
            raise CommandError("This is not the demo. For a database that is only for trying out set SUUNTA_DEMO=1.")
        return super().execute(*args, **options)
