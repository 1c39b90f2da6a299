"""A case through its door, and what is known of it. Whatever is handed out here is in the access log already."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from typing import TYPE_CHECKING, TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    CharField,
    Count,
    Exists,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from casework.cases import door
from casework.cases.door import ReasonNeeded
from casework.law.phases import Phase
from casework.models import (
    Application,
    CareReferral,
    Case,
    CaseParticipant,
    Consent,
    Document,
    Illness,
    Referral,
    Representation,
)
from casework.models.consent import Partner
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.display import midnight
from tenants.errors import Refusal
from tenants.prepared import Prepared

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class ClientHasDied(Refusal):
    user_message = _(
        "The client has died: nothing is printed for them or sent to them any more. "
        "The letters of an appeal name the estate, whose contact is written in the network."
    )


@dataclass(frozen=True)
class Standing:
    """A consent that was not taken back, as the head of a case knows it."""

    partner: Partner
    given_on: date
    valid_until: date | None

    def counts_on(self, on: date) -> bool:
        return self.given_on <= on and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True, kw_only=True)
class CaseInView:
    """A case as the pages below its head see it: the numbers at the tabs, and the consents that were not taken back."""

    case: Case
    application_count: int
    document_count: int
    care_referral_count: int
    consents: list[Standing]
    representations: list[Representation]
    client_has_died: bool


def case_or_404(user: User, number: str, *, on: date, action: str = "case.seen") -> Case:
    """Fetch a case, and log the look of that day.

    Raises:
        Http404: there is none, or the person may not see it.
        ReasonNeeded: it is somebody else's, and on that day no reason was given yet.
    """
    return _through_door(_CASES, user, number, on=on, action=action)


def case_in_view_or_404(user: User, number: str, *, on: date) -> CaseInView:
    """Fetch a case with what its head shows, in the same query, and log the look of that day.

    Raises:
        Http404: there is none, or the person may not see it.
        ReasonNeeded: it is somebody else's, and on that day no reason was given yet.
    """
    found = _through_door(_WITH_HEADS, user, number, on=on, action="case.seen")
    return CaseInView(
        case=found,
        application_count=found.application_count,
        document_count=found.document_count,
        care_referral_count=found.care_referral_count,
        consents=[_standing(days) for days in found.consent_days],
        representations=representations(found),
        client_has_died=has_died(found),
    )


def check_lives(case: Case) -> None:
    """Let nothing be printed for a client who has died: no map, no sheet, no paper.

    Raises:
        ClientHasDied: one of the client's cases ended with the death.
    """
    if has_died(case):
        raise ClientHasDied


def has_died(case: Case) -> bool:
    """Tell whether the client of a case has died, whichever of their cases says it, by what the door has read."""
    known: bool | None = vars(case).get("client_has_died")
    return case.client.cases.filter(outcome=Case.Outcome.DIED).exists() if known is None else known


def representations(case: Case) -> list[Representation]:
    """Everybody who acts or has acted for the client, in the order in which they were written down."""
    if vars(case).get("is_represented") is False:  # the door has looked
        return []
    found = Representation.objects.filter(client=case.client_id).select_related("person", "client", "document__case")
    return list(found)


def visible_case_or_404(user: User, number: str) -> Case:
    """Fetch a case only to ask for the reason of opening it: nothing of the client is shown, nothing is logged.

    Raises:
        Http404
    """
    case = door.visible_cases(user).filter(number=number).first()
    if case is None:
        raise Http404
    return case


def record_list(user: User, cases: Iterable[Case], *, action: str = "case.listed") -> None:
    """Log that a list showed these cases, in one call."""
    access_log.record(by=user, action=action, subjects=[subject(case) for case in cases])


def subject(case: Case) -> Subject:
    """Name a case for the access log."""
    return Subject("case", case.number)


@dataclass(frozen=True)
class Overview:
    """What the panels of a case's first page show."""

    documents: list[Document]
    illnesses: list[Illness]


def overview(case: Case, *, documents: int = 5) -> Overview:
    """Read the newest documents and the illnesses of a case that was fetched before."""
    return Overview(
        documents=_newest_documents(documents)(case=case.pk),
        illnesses=_illnesses(client=case.client_id),
    )


@cache
def _newest_documents(most: int) -> Prepared[Document]:
    def documents(*, case: uuid.UUID) -> QuerySet[Document]:
        return Document.objects.filter(case=case, replaced_by=None)[:most]

    return Prepared(documents)


_illnesses = Prepared(lambda *, client: Illness.objects.filter(client=client))


def in_phase(cases: QuerySet[Case], phase: Phase) -> QuerySet[Case]:
    """Keep the cases of one phase."""
    return cases.filter(phase=phase)


def phase_of(case: Case) -> Phase:
    """Name the phase that the timeline keeps of a case."""
    return Phase(case.phase)


class _AtDoor(TypedDict):
    is_open_to_user: bool


class _ConsentDays(TypedDict):
    """A consent as the database writes it down."""

    partner: str
    given_on: str
    valid_until: str | None


class _InView(_AtDoor):
    application_count: int
    document_count: int
    care_referral_count: int
    consent_days: list[_ConsentDays]


def _at_door(
    *, sees_all: bool, user: uuid.UUID, number: str, since: datetime
) -> "QuerySet[WithAnnotations[Case, _AtDoor]]":
    """One case, whether the person may see it without being asked why, and what there is to say of its client."""
    cases = Case.objects.select_related("client", "coordinator").filter(number=number).order_by()
    cases = cases if sees_all else cases.filter(pk__in=door.taking_part(user))
    of_client = {"client": OuterRef("client")}
    return cases.annotate(
        is_open_to_user=door.as_fact(door.is_open_since(user, since)),
        is_represented=Exists(Representation.objects.filter(**of_client)),
        client_has_died=Exists(Case.objects.filter(outcome=Case.Outcome.DIED, **of_client)),
    )


def _with_head(
    *, sees_all: bool, user: uuid.UUID, number: str, since: datetime
) -> "QuerySet[WithAnnotations[Case, _InView]]":
    """The same with the numbers at the tabs and the consents."""
    return _at_door(sees_all=sees_all, user=user, number=number, since=since).annotate(
        application_count=_count(Application),
        document_count=_count(Document),
        care_referral_count=_count(CareReferral),
        consent_days=_consent_days(),
    )


_CASES = {sees_all: Prepared(partial(_at_door, sees_all=sees_all)) for sees_all in (True, False)}
_WITH_HEADS = {sees_all: Prepared(partial(_with_head, sees_all=sees_all)) for sees_all in (True, False)}


def _through_door[Row: WithAnnotations[Case, _AtDoor]](
    cases: Mapping[bool, Prepared[Row]], user: User, number: str, *, on: date, action: str
) -> Row:
    if not user.has(Permission.SEE_CASE):
        raise Http404
    found = cases[user.has(Permission.WORK_CASE)](user=user.pk, number=number, since=midnight(on))
    if not found:
        raise Http404
    [case] = found
    if not case.is_open_to_user:
        raise ReasonNeeded(number)
    access_log.record(by=user, action=action, subjects=[subject(case)])
    return case


def _count(model: type[Application | CareReferral | Document]) -> Coalesce:
    rows = model._default_manager.filter(case=OuterRef("pk")).order_by().values("case")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def _consent_days() -> ArraySubquery:
    """From when to when each consent counts that was not taken back; the reader of the head says of which day."""
    standing = Consent.objects.filter(client=OuterRef("client"), withdrawn_on=None).order_by("given_on")
    days = {name: Cast(name, CharField()) for name in ("partner", "given_on", "valid_until")}
    return ArraySubquery(standing.values(days=JSONObject(**days)))


def _standing(days: _ConsentDays) -> Standing:
    until = days["valid_until"]
    return Standing(
        partner=Partner(days["partner"]),
        given_on=date.fromisoformat(days["given_on"]),
        valid_until=date.fromisoformat(until) if until else None,
    )


def other_cases(case: Case) -> QuerySet[Case]:
    """The other cases of the same client, closed ones too."""
    return case.client.cases.exclude(pk=case.pk)


def team_of(case: Case) -> QuerySet[CaseParticipant]:
    """Who is in the team of a case now."""
    return case.participants.filter(until=None).select_related("user")


def participant_or_404(case: Case, participant_id: uuid.UUID) -> CaseParticipant:
    """Fetch who is or was in the team of a case.

    Raises:
        Http404
    """
    return get_object_or_404(case.participants.select_related("user"), pk=participant_id)


def has_content() -> bool:
    """Tell whether this municipality has a case or a referral: then a role that opens them shows somebody's life."""
    return Case.objects.exists() or Referral.objects.exists()
