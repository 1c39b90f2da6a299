"""Finding clients: by identity code through its hash, by name, by case number; and who might be somebody described."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypedDict

from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q, QuerySet, Value
from django.shortcuts import get_object_or_404

from casework.cases.door import own_cases, visible_cases
from casework.cases.queries import in_phase
from casework.clients.identity import identity_index
from casework.law.phases import Phase
from casework.models import Case, Client, Illness, NetworkPerson
from tenants import identity_code, names
from tenants.accounts.models import User
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.derived import hash_of_ending, hashes_of_name
from tenants.errors import Refusal
from tenants.phones import ending_sought
from tenants.requests import NUL

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

LISTED = (
    "number",
    "phase",
    "closed_on",
    "coordinator__name",
    "client__first_name",
    "client__last_name",
    "client__protective_order_source",
)
CASE_NUMBER = re.compile(r"[0-9]{4}-[0-9]{1,6}")


@dataclass(frozen=True)
class Match:
    """A client who may be the person described; `is_certain` when the identity code is the same."""

    client: Client
    cases: Sequence[Case]
    is_certain: bool


@dataclass(frozen=True, kw_only=True)
class Found:
    """The first cases that a search found."""

    cases: list[Case]
    by_network: frozenset[uuid.UUID]  # keys of those where only somebody in the client's network was searched for
    has_more: bool


class _ByNetwork(TypedDict):
    is_by_network: bool


class Described(Protocol):
    """Somebody as a form or a referral describes them."""

    @property
    def first_name(self) -> str: ...
    @property
    def last_name(self) -> str: ...
    @property
    def born_on(self) -> date | None: ...
    @property
    def identity_code(self) -> str: ...


def cases_of(user: User, *, mine: bool, phase: Phase | None) -> QuerySet[Case]:
    """The cases of the client list: one's own or all one may see; the open ones, or those of one phase."""
    cases = own_cases(user) if mine else visible_cases(user)
    cases = cases.filter(closed_on=None) if phase is None else in_phase(cases, phase)
    return cases.order_by("client__sort_key", "-number")


def listed(keys: Sequence[uuid.UUID]) -> list[Case]:
    """Read the cases of one page of a list, in its order, with what the list shows: client, coordinator."""
    related = Case.objects.select_related("client", "coordinator").only(*LISTED)
    found = {case.pk: case for case in related.filter(pk__in=keys).order_by()}
    return [found[key] for key in keys]


def search(user: User, text: str) -> "QuerySet[WithAnnotations[Case, _ByNetwork]]":
    """Find cases by a whole identity code, case number or phone number (or its last four digits), or by names.

    Parts of the client's name are enough, in any order; of somebody in the network the words must be whole.
    """
    cases = visible_cases(user).order_by("client__sort_key", "-number")
    text = text.strip()
    nothing = cases.none().annotate(is_by_network=Value(False))
    if not text or NUL in text:
        return nothing
    if CASE_NUMBER.fullmatch(text):
        return _found(cases, own=Q(number=text))
    if is_identity_code(text):
        return _found(cases, own=Q(client__identity_index=identity_index(text)))
    if digits := ending_sought(text):
        return _found(cases, own=_has_phone(digits), of_network=_knows_phone(digits))
    words = names.search_key(text).split()
    return _named(cases, words) if words else nothing


def first_found(user: User, text: str, *, most: int) -> Found:
    """Read the first cases that a search finds, in its order."""
    by_network = dict(search(user, text).values_list("pk", "is_by_network")[: most + 1])
    return Found(
        cases=listed(list(by_network)[:most]),
        by_network=frozenset(key for key, is_by_network in by_network.items() if is_by_network),
        has_more=len(by_network) > most,
    )


def _found(
    cases: QuerySet[Case], *, own: Q, of_network: Q | None = None
) -> "QuerySet[WithAnnotations[Case, _ByNetwork]]":
    """Keep what was found; each case knows whether only somebody in the client's network has it."""
    is_by_network = ExpressionWrapper(~own, output_field=BooleanField())
    return cases.filter(own | of_network if of_network else own).annotate(is_by_network=is_by_network)


def _named(cases: QuerySet[Case], words: Sequence[str]) -> "QuerySet[WithAnnotations[Case, _ByNetwork]]":
    """Those whose client's name has each of these parts, or whose network somebody with each of these whole words.

    The keys of the clients first: the index that holds every name is read, and no row of a client.
    """
    clients = Client.objects.filter(_has_name(words)).order_by().values("pk")
    people = NetworkPerson.objects.filter(name_hashes__contains=hashes_of_name(*words)).order_by().values("client")
    is_by_network = ExpressionWrapper(~_has_name(words, of="client__"), output_field=BooleanField())
    return cases.filter(client__in=clients.union(people)).annotate(is_by_network=is_by_network)


def _has_name(words: Sequence[str], *, of: str = "") -> Q:
    """The client's name has each of these parts."""
    return Q(*(Q(**{f"{of}search_key__contains": word}) for word in words))


def _has_phone(digits: str) -> Q:
    """The client's number ends in these digits."""
    return Q(client__phone_hashes__contains=[hash_of_ending(digits)])


def _knows_phone(digits: str) -> Q:
    """The number of somebody in the network ends in these digits."""
    people = NetworkPerson.objects.filter(phone_hashes__contains=[hash_of_ending(digits)])
    return Q(client__in=people.values("client"))


def matches(user: User, person: Described) -> list[Match]:
    """Find the clients who may be the person described: the same identity code, or the same name and date of birth.

    With a code the others are only shown when they have no code themselves. Each is logged as seen.
    """
    code, born_on = person.identity_code, person.born_on
    same_code = Q(identity_index=identity_index(code)) if code else Q(pk=None)
    first, last = person.first_name, person.last_name
    same_name = Q(search_key__in={names.search_key(first, last), names.search_key(last, first)} - {""})
    if code:
        same_name &= Q(identity_index=None)
        born_on = born_on or identity_code.parse(code).born_on
    if born_on:
        same_name &= Q(born_on=born_on)
    clients = Client.objects.filter(same_code | same_name).prefetch_related(
        Prefetch("cases", Case.objects.select_related("coordinator"))
    )
    found = [Match(client, list(client.cases.all()), bool(code and client.identity_code)) for client in clients[:10]]
    found.sort(key=lambda match: not match.is_certain)
    subjects = [Subject("client", str(match.client.pk)) for match in found]
    subjects += [Subject("case", case.number) for match in found for case in match.cases]
    access_log.record(by=user, action="client.matched", subjects=subjects)
    return found


def open_case_of(client: Client) -> Case | None:
    """The case of a client that is open, if there is one."""
    return client.cases.filter(closed_on=None).first()


def is_identity_code(text: str) -> bool:
    """Tell whether the text is a whole, correct identity code."""
    try:
        identity_code.parse(text)
    except Refusal:
        return False
    return True


def illness_or_404(client: Client, illness_id: uuid.UUID) -> Illness:
    """Fetch an illness that is on the list now.

    Raises:
        Http404
    """
    illness: Illness = get_object_or_404(client.illnesses, pk=illness_id)
    return illness
