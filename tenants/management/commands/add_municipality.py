"""Add a municipality: schema, role, keys, address and the invitation of its first administrator, or nothing at all."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from tenants import provisioning, schema_versions
from tenants.errors import BeingUpdated, Refusal
from tenants.hosts import address_of
from tenants.models import Municipality


class Command(BaseCommand):
    help = "Adds a municipality from the template schema."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("schema_name", metavar="SCHEMA", help="small letters, for example kaavi")
        parser.add_argument("--name", required=True)
        parser.add_argument("--business-id", required=True, help="for example 1234567-1")
        parser.add_argument("--domain", required=True, help="host name of the portal, for example kaavi.suunta.example")
        parser.add_argument("--admin-email", required=True, help="who gets the first invitation")

    def handle(self, **options: Any) -> None:
        wanted = {key: options[key] for key in ("schema_name", "name", "business_id", "domain", "admin_email")}
        try:
            schema_versions.check_template()
            municipality = provisioning.request(**wanted)
        except BeingUpdated:
            raise CommandError("The database is not of this version: migrate_municipalities comes first.") from None
        except Refusal as refusal:
            raise CommandError(str(refusal.user_message)) from None
        try:
            provisioning.provision(
                municipality, at=timezone.now(), progress=lambda step: self.stdout.write(f"{step} …")
            )
        except Refusal as refusal:
            raise CommandError(str(refusal.user_message)) from None
        except (BeingUpdated, DatabaseError, KeyboardInterrupt) as error:
            raise CommandError(f"{municipality.name} was not added, {_left(municipality)}: {error}") from error
        self.stdout.write(f"{municipality.name} is in use at {address_of(municipality)}")


def _left(municipality: Municipality) -> str:
    """Withdraw what was asked for, and say what is left of it."""
    try:
        provisioning.withdraw(municipality)
    except DatabaseError:
        return f"ask for it again in {provisioning.LEASE.total_seconds() / 60:.0f} minutes"
    return "nothing is left behind"
