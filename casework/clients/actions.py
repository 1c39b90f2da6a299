"""What can be done to a client: write down who it is, change it, record the answer to "do you want this service?"."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from casework.clients.identity import identity_index
from casework.law.errors import InTheFuture, check_day, check_name
from casework.models import Client
from casework.timeline import writing as timeline
from tenants import identity_code
from tenants.accounts.models import User
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.display import helsinki
from tenants.errors import Refusal


class AlreadyHere(Refusal):
    user_message = _("This personal identity code belongs to a client who is here already.")
    field = "identity_code"


class BirthDateMissing(Refusal):
    user_message = _("Give the personal identity code, or the date of birth when there is none.")
    field = "born_on"


class BirthDateDiffers(Refusal):
    user_message = _("This is not the date of birth in the personal identity code.")
    field = "born_on"


class OrderWithoutSource(Refusal):
    user_message = _("Record how you learned of the protective order.")
    field = "protective_order_source"


class OrderEndsInThePast(Refusal):
    user_message = _("This day has passed. If the order has ended, empty both its source and its end.")
    field = "protective_order_until"


@dataclass(frozen=True, kw_only=True)
class ClientDetails:
    """What a person types about a client. Without an identity code the date of birth is needed."""

    first_name: str
    last_name: str
    identity_code: str = ""
    born_on: date | None = None
    language: str = Client.Language.FINNISH
    needs_interpreter: bool = False
    phone: str = ""
    email: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    protective_order_source: str = ""
    protective_order_until: date | None = None
    decision_channel: str = Client.DecisionChannel.UNKNOWN


@transaction.atomic
def create(*, details: ClientDetails, by: User, at: datetime) -> Client:
    """Write down a new client.

    Raises:
        AlreadyHere: another client has this identity code.
        NameMissing, BirthDateMissing, BirthDateDiffers, OrderWithoutSource, OrderEndsInThePast, InTheFuture, and what
        `identity_code.parse` raises.
    """
    client = Client()
    _fill(client, details, today=helsinki(at))
    _save(client)
    _log(client, "client.created", by=by)
    return client


@transaction.atomic
def change(*, client: Client, details: ClientDetails, version: int, by: User, at: datetime) -> Client:
    """Change what is known of a client.

    Raises:
        EditedMeanwhile: somebody else saved first.
        What `create` raises.
    """
    client = client.locked()
    client.check_version(version)
    ended_before = client.protective_order_until
    _fill(client, details, today=helsinki(at), known_end=ended_before)
    _save(client)
    _tell(client, "client.changed", by=by, at=at)
    return client


@transaction.atomic
def record_voluntariness(
    *, client: Client, is_voluntary: bool, asked_on: date, version: int, by: User, at: datetime
) -> Client:
    """Record whether the client wants the service; it is voluntary, and the answer may change.

    Raises:
        EditedMeanwhile, BeforeBirth, InTheFuture
    """
    client = client.locked()
    client.check_version(version)
    check_day(asked_on, born_on=client.born_on, today=helsinki(at), field="asked_on")
    client.is_voluntary, client.voluntary_asked_on = is_voluntary, asked_on
    client.save_version("is_voluntary", "voluntary_asked_on")
    _tell(client, f"client.voluntary_{'yes' if is_voluntary else 'no'}", by=by, at=at, on=asked_on)
    return client


def _fill(client: Client, details: ClientDetails, *, today: date, known_end: date | None = None) -> None:
    for field in fields(details):
        if field.name not in {"identity_code", "born_on"}:
            setattr(client, field.name, getattr(details, field.name))
    check_name(details.first_name, details.last_name)
    _check_order(details, today=today, known_end=known_end)
    if details.identity_code:
        _identify(client, details, today=today)
    else:
        client.identity_code, client.identity_index = "", None
        client.born_on = _birth_date(details, today=today)


def _identify(client: Client, details: ClientDetails, *, today: date) -> None:
    code = identity_code.parse(details.identity_code, today=today)
    if details.born_on not in (None, code.born_on):
        raise BirthDateDiffers
    index = identity_index(code.value)
    if Client.objects.filter(identity_index=index).exclude(pk=client.pk).exists():
        raise AlreadyHere
    client.identity_code, client.identity_index, client.born_on = code.value, index, code.born_on


def _birth_date(details: ClientDetails, *, today: date) -> date:
    if details.born_on is None:
        raise BirthDateMissing
    if details.born_on > today:
        raise InTheFuture(field="born_on")
    return details.born_on


def _check_order(details: ClientDetails, *, today: date, known_end: date | None) -> None:
    """An end that has passed may stay as it was, so that other details can be changed meanwhile."""
    until = details.protective_order_until
    if until is None:
        return
    if not details.protective_order_source:
        raise OrderWithoutSource
    if until < today and until != known_end:
        raise OrderEndsInThePast


def _save(client: Client) -> None:
    try:
        with transaction.atomic():
            client.save_version()
    except IntegrityError as error:
        if "identity_index" in str(error):  # somebody wrote the same person down a moment ago
            raise AlreadyHere from None
        raise


def _tell(client: Client, kind: str, *, by: User, at: datetime, on: date | None = None) -> None:
    """Write to the timeline of the open case; without one the access log alone remembers."""
    case = client.cases.filter(closed_on=None).first()
    if case is None:
        _log(client, kind, by=by)
    else:
        timeline.add(case=case, kind=kind, by=by, at=at, on=on)


def _log(client: Client, action: str, *, by: User) -> None:
    access_log.record(by=by, action=action, subjects=[Subject("client", str(client.pk))])
