"""Issue every draft of a month that is ready, and say of the others why they are not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from billing.actions import invoices
from billing.months import month_in
from tenants.errors import Refusal
from tenants.scope import in_console


class Command(BaseCommand):
    help = "Issues the drafts of a month."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", help="for example 2026-11")

    def handle(self, *, month: str, **options: Any) -> None:
        try:
            with in_console():
                run = invoices.issue_month(month_in(month), at=timezone.now())
        except Refusal as refusal:
            raise CommandError(" ".join(refusal.sentences)) from None
        for invoice in run.done:
            self.stdout.write(f"{invoice.number}  {invoice.closed.contract.municipality.name}  {invoice.gross} EUR")
        if run.left:
            raise CommandError(f"Not issued: {' '.join(run.left)}")
