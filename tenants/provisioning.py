"""Making a municipality: role, schema copied from the template, keys, domain, first invitation; or nothing.

All of it, being in use too, is one transaction, so a maker that is killed leaves nothing but a claim. The claim is a
lease by the database's clock; when it is over, the municipality can be asked for again or withdrawn.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tenants import cloning, keys, leases, roles, schema_versions
from tenants.accounts import invitations
from tenants.accounts.permissions import Role
from tenants.database.current import connection
from tenants.database.names import TEMPLATE, is_schema_name
from tenants.errors import Refusal
from tenants.identifiers import is_business_id
from tenants.models import Domain, Municipality
from tenants.scope import in_console

type Progress = Callable[[str], None]

LEASE = timedelta(minutes=10)  # it takes seconds: whoever is not ready by then was killed

State = Municipality.State
INTERRUPTED = Q(state=State.BEING_MADE) & (Q(lease_until=None) | leases.is_over())
GIVEN_UP = Q(state=State.FAILED) | INTERRUPTED


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
    """Write down that a municipality is wanted; `provision` makes it. One that was given up is asked for again.

    Raises:
        SchemaNameNotAllowed, BusinessIdNotValid, AlreadyHere
    """
    if not is_schema_name(schema_name):
        raise SchemaNameNotAllowed
    if not is_business_id(business_id):
        raise BusinessIdNotValid
    same = {"schema_name": schema_name, "name": name, "business_id": business_id, "domains__domain": domain.lower()}
    given_up = Municipality.objects.filter(GIVEN_UP, **same).first()
    if given_up is not None:
        request_again(given_up)
        Municipality.objects.filter(pk=given_up.pk).update(admin_email=admin_email)
        given_up.refresh_from_db()
        return given_up
    if _is_taken(schema_name, name, business_id, domain):
        raise AlreadyHere
    wanted = Municipality(schema_name=schema_name, name=name, business_id=business_id, admin_email=admin_email)
    try:
        with transaction.atomic():
            wanted.save()
            Domain.objects.create(domain=domain.lower(), tenant=wanted, is_primary=True)
    except (IntegrityError, ValidationError):  # somebody else has asked for it in this moment
        raise AlreadyHere from None
    return wanted


def provision(municipality: Municipality, *, at: datetime, progress: Progress = lambda step: None) -> None:
    """Make what was requested, in one transaction: it is there whole or not at all. Needs the migrator's login.

    Raises:
        NotRequested: somebody else makes it already, or it is in use.
        BeingUpdated: the template is not of this code's version; it waits until it is, or for other code.
    """
    schema_versions.check_template()
    _claim(municipality)
    progress("schema")
    try:
        with transaction.atomic():
            _make(municipality, progress, at=at)
            _put_into_use(municipality)
    except BaseException as error:
        with suppress(DatabaseError):  # the database may be what failed: then the lease ends by itself
            _mark_failed(municipality, error)
        raise
    municipality.state = State.ACTIVE


def request_again(municipality: Municipality) -> None:
    """Ask again for a municipality whose set-up failed or was interrupted.

    Raises:
        NotRequested: it is in use, waits to be set up, or somebody sets it up now.
    """
    given_up = Municipality.objects.filter(GIVEN_UP, pk=municipality.pk)
    if not given_up.update(state=State.REQUESTED, step="", failure="", lease_until=None):
        raise NotRequested


def is_interrupted(municipality: Municipality) -> bool:
    """Tell whether somebody had begun to set it up and was killed over it."""
    return bool(Municipality.objects.filter(INTERRUPTED, pk=municipality.pk).exists())


def request_interrupted_again() -> int:
    """Ask again for whatever somebody had begun and was killed over; answer how many."""
    interrupted = Municipality.objects.filter(INTERRUPTED)
    return interrupted.update(state=State.REQUESTED, step="", lease_until=None)


@transaction.atomic
def withdraw(municipality: Municipality) -> None:
    """Forget a request that was not carried out, so that it can be entered again.

    Raises:
        NotRequested: it is in use, or somebody sets it up now.
    """
    waiting = GIVEN_UP | Q(state=State.REQUESTED)
    row = Municipality.objects.select_for_update().filter(waiting, pk=municipality.pk).first()
    if row is None:
        raise NotRequested
    row.domains.all().delete()
    Municipality.objects.filter(pk=row.pk).delete()


def _make(municipality: Municipality, progress: Progress, *, at: datetime) -> None:
    schema = municipality.schema_name
    with connection.cursor() as cursor:
        roles.make_role(cursor, schema)
        cursor.execute("select pg_advisory_xact_lock_shared(hashtext(%s))", [schema_versions.lock_of(TEMPLATE)])
        schema_versions.check_template()  # again: from here on nobody changes it
        municipality.schema_version = schema_versions.expected()
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


@transaction.atomic
def _claim(municipality: Municipality) -> None:
    requested = Municipality.objects.select_for_update().filter(pk=municipality.pk, state=State.REQUESTED)
    if not requested.exists():
        raise NotRequested
    requested.update(state=State.BEING_MADE, lease_until=leases.ends_in(LEASE))
    municipality.refresh_from_db(fields=["state", "lease_until"])


def _as_claimed(municipality: Municipality) -> QuerySet[Municipality]:
    lease = municipality.lease_until
    return Municipality.objects.filter(pk=municipality.pk, state=State.BEING_MADE, lease_until=lease)


def _put_into_use(municipality: Municipality) -> None:
    """Let people in, in the transaction that made it, unless somebody else makes it now."""
    whole = {"state": State.ACTIVE, "step": "", "failure": "", "lease_until": None}
    if not _as_claimed(municipality).update(schema_version=municipality.schema_version, **whole):
        raise NotRequested


def _mark_failed(municipality: Municipality, error: BaseException) -> None:
    _as_claimed(municipality).update(state=State.FAILED, failure=type(error).__name__, lease_until=None)


def _is_taken(schema_name: str, name: str, business_id: str, domain: str) -> bool:
    with in_console():
        same = Q(schema_name__iexact=schema_name) | Q(name__iexact=name) | Q(business_id=business_id)
        is_here = Municipality.objects.filter(same).exists()
        return bool(is_here or Domain.objects.filter(domain=domain.lower()).exists())
