"""Close a month: count every contract's use once and for all, and make the drafts of the invoices."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from billing.actions import usage
from billing.months import month_in
from tenants.errors import Refusal
from tenants.scope import in_console


class Command(BaseCommand):
    help = "Closes a month of every contract."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", help="for example 2026-11")
        parser.add_argument("--confirm", action="store_true", help="the totals were looked at and are right")

    def handle(self, *, month: str, confirm: bool, **options: Any) -> None:
        try:
            with in_console():
                run = usage.close_month(month_in(month), at=timezone.now(), is_confirmed=confirm)
                drafts = sum(one.invoices.count() for one in run.done)
        except Refusal as refusal:
            raise CommandError(" ".join(refusal.sentences)) from None
        self.stdout.write(f"{month} is closed: contracts {len(run.done)}, drafts {drafts}")
        if run.left:
            raise CommandError(f"Not closed: {' '.join(run.left)}")
