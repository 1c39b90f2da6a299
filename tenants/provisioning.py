"""Making a municipality: role, schema copied from the template, keys, domain, first invitation; or nothing."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants import cloning, keys, roles
from tenants.accounts import invitations
from tenants.accounts.permissions import Role
from tenants.database.current import connection
from tenants.database.names import TEMPLATE, is_schema_name
from tenants.errors import Refusal
from tenants.identifiers import is_business_id
from tenants.models import Domain, Municipality
from tenants.scope import in_console

type Progress = Callable[[str], None]


class SchemaNameNotAllowed(Refusal):
    user_message = _("Use 2 to 61 small letters, digits and underscores, beginning with a letter.")
    field = "schema_name"


class BusinessIdNotValid(Refusal):
    user_message = _("This is not a valid business ID, for example 1234567-1.")
    field = "business_id"


class NotRequested(Refusal):
    user_message = _("This municipality is in use, or is being set up already.")


class AlreadyHere(Refusal):
    user_message = _("A municipality with this name, business ID or address already uses the service.")


def request(*, schema_name: str, name: str, business_id: str, domain: str, admin_email: str) -> Municipality:
    """Write down that a municipality is wanted; `provision` makes it.

    Raises:
        SchemaNameNotAllowed, BusinessIdNotValid, AlreadyHere
    """
    if not is_schema_name(schema_name):
        raise SchemaNameNotAllowed
    if not is_business_id(business_id):
        raise BusinessIdNotValid
    if _is_taken(schema_name, name, business_id, domain):
        raise AlreadyHere
    with transaction.atomic():
        municipality = Municipality(
            schema_name=schema_name, name=name, business_id=business_id, admin_email=admin_email
        )
        municipality.save()
        Domain.objects.create(domain=domain.lower(), tenant=municipality, is_primary=True)
    return municipality


def provision(municipality: Municipality, *, at: datetime, progress: Progress = lambda step: None) -> None:
    """Make what was requested, in one transaction: it is there whole or not at all. Needs the migrator's login.

    Raises:
        NotRequested: somebody else makes it already, or it is in use.
    """
    _claim(municipality)
    progress("schema")
    try:
        with transaction.atomic():
            _make(municipality, progress, at=at)
    except Exception as error:
        _mark_failed(municipality, error)
        raise
    Municipality.objects.filter(pk=municipality.pk).update(state=Municipality.State.ACTIVE, step="", failure="")
    municipality.state = Municipality.State.ACTIVE


def request_again(municipality: Municipality) -> None:
    """Ask again for a municipality whose set-up failed or was interrupted; one in use stays as it is."""
    halves = Municipality.objects.filter(pk=municipality.pk).exclude(state=Municipality.State.ACTIVE)
    halves.update(state=Municipality.State.REQUESTED, step="", failure="")


@transaction.atomic
def withdraw(municipality: Municipality) -> None:
    """Forget a request that was not carried out, so that it can be entered again; a municipality in use stays."""
    wanted = Municipality.objects.select_for_update().filter(pk=municipality.pk)
    for request_row in wanted.exclude(state__in=[Municipality.State.ACTIVE, Municipality.State.BEING_MADE]):
        request_row.domains.all().delete()
        Municipality.objects.filter(pk=request_row.pk).delete()


def _make(municipality: Municipality, progress: Progress, *, at: datetime) -> None:
    schema = municipality.schema_name
    with connection.cursor() as cursor:
        roles.make_role(cursor, schema)
        with connection.raw_cursor() as raw:
            cloning.copy_schema(raw, source=TEMPLATE, target=schema)
        progress("rights")
        roles.grant_schema(cursor, schema)
    progress("keys")
    connection.set_tenant(municipality)
    try:
        keys.create()
        if municipality.admin_email:
            progress("invitation")
            invitations.invite_first(email=municipality.admin_email, roles=[Role.PORTAL_ADMIN], at=at)
    finally:
        connection.set_schema_to_public()


def _claim(municipality: Municipality) -> None:
    requested = Municipality.objects.filter(pk=municipality.pk, state=Municipality.State.REQUESTED)
    if not requested.update(state=Municipality.State.BEING_MADE):
        raise NotRequested


def _mark_failed(municipality: Municipality, error: Exception) -> None:
    mine = Municipality.objects.filter(pk=municipality.pk, state=Municipality.State.BEING_MADE)
    mine.update(state=Municipality.State.FAILED, failure=type(error).__name__)


def _is_taken(schema_name: str, name: str, business_id: str, domain: str) -> bool:
    with in_console():
        same = Q(schema_name__iexact=schema_name) | Q(name__iexact=name) | Q(business_id=business_id)
        is_here = Municipality.objects.filter(same).exists()
        return bool(is_here or Domain.objects.filter(domain=domain.lower()).exists())
