"""What can be done to a client: write down who it is, change it, record the answer to "do you want this service?"."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from casework.clients.identity import identity_index
from casework.law.errors import InTheFuture, check_day, check_name
from casework.models import Client
from casework.timeline import corrections
from casework.timeline.corrections import Why
from tenants import due, identity_code
from tenants.accounts.models import User
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.display import helsinki
from tenants.doubts import Doubt, doubt
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


class OrderEndsInThePast(Doubt):
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
    needs_interpreter: bool | None = None
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
    values = _checked(details, today=helsinki(at))
    client = Client(**values, identity_index=_index(values))
    with _one_of_a_code(client):
        client.save()
    access_log.record(by=by, action="client.created", subjects=[Subject("client", str(client.pk))])
    return client


@transaction.atomic
def change(*, client: Client, details: ClientDetails, version: int, by: User, at: datetime) -> Client:
    """Change what is known of a client; what was known before stays sealed in the history.

    Raises:
        EditedMeanwhile: somebody else saved first.
        What `create` raises.
    """
    client = client.locked()
    client.check_version(version)
    values = _checked(details, today=helsinki(at), known_end=client.protective_order_until)
    index = _index(values)
    with _one_of_a_code(client, index):
        if corrections.correct(client, values, _why("client.changed", client, by=by, at=at)):
            client.identity_index = index
            client.save(update_fields=["identity_index"])
            due.announce(due.Kind.LETTERS, at=at)  # a letter may be this client's after all
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
    kind = f"client.voluntary_{'yes' if is_voluntary else 'no'}"
    values = {"is_voluntary": is_voluntary, "voluntary_asked_on": asked_on}
    if corrections.correct(client, values, _why(kind, client, by=by, at=at, on=asked_on)):
        due.announce(due.Kind.LETTERS, at=at)
    return client


def _checked(details: ClientDetails, *, today: date, known_end: date | None = None) -> dict[str, Any]:
    """Check what was typed; answer it as it is stored."""
    check_name(details.first_name, details.last_name)
    _check_order(details, today=today, known_end=known_end)
    if not details.identity_code:
        return asdict(details) | {"born_on": _birth_date(details, today=today)}
    code = identity_code.parse(details.identity_code, today=today)
    if details.born_on not in (None, code.born_on):
        raise BirthDateDiffers
    return asdict(details) | {"identity_code": code.value, "born_on": code.born_on}


def _index(values: Mapping[str, Any]) -> bytes | None:
    return identity_index(values["identity_code"]) if values["identity_code"] else None


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
        doubt(OrderEndsInThePast())


@contextmanager
def _one_of_a_code(client: Client, index: bytes | None = None) -> Iterator[None]:
    """Refuse the identity code of another client, also of one whom somebody wrote down a moment ago."""
    sought = index or client.identity_index
    if sought is not None and Client.objects.filter(identity_index=sought).exclude(pk=client.pk).exists():
        raise AlreadyHere
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "identity_index" in str(error):
            raise AlreadyHere from None
        raise


def _why(kind: str, client: Client, *, by: User, at: datetime, on: date | None = None) -> Why:
    """Tell it on the timeline of the open case; without one the access log and the history alone remember."""
    case = client.cases.filter(closed_on=None).first()
    return Why(reason="", by=by, at=at, case=case, kind=kind, on=on)
