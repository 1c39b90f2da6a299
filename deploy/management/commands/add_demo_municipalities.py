"""Add the demo's four municipalities. Needs SUUNTA_LOGIN=migrator; `load_demo_data` fills them with the app's login."""

from typing import Any

from django.utils import timezone

from deploy.demo import municipalities
from deploy.management.demo_command import DemoCommand


class Command(DemoCommand):
    help = "Adds the demo's municipalities that are not there yet."

    def handle(self, **options: Any) -> None:
        for name in municipalities.add_missing(at=timezone.now()):
            self.stdout.write(f"{name} added")
