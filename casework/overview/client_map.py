"""Reading what stands on a client's own map: what is under way, what comes next, who helps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Exists, FilteredRelation, OuterRef, Q

from casework.applications import waiting
from casework.cases.door import as_fact
from casework.cases.representing import acting_for
from casework.cases.standing import has_fallen
from casework.law.representing import Matter
from casework.law.workflow import APPEAL_UNDER_WAY, CARE_UNDER_WAY, REMOVAL_UNDER_WAY, UNDER_WAY, AppealState, CareState
from casework.models import (
    AgendaItem,
    Appeal,
    Application,
    Appointment,
    CareReferral,
    Case,
    Decision,
    Meeting,
    NetworkPerson,
    Removal,
    Representation,
    StatementRequest,
)
from tenants.display import helsinki
from tenants.names import sort_key

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

CARE_TOLD = CARE_UNDER_WAY | {CareState.REFUSED}  # who was refused is told what can be done
MOST = 4  # of each kind, so that the map stays one page


@dataclass(frozen=True, kw_only=True)
class Road:
    """What is known of a case for its client: never savings, notes, tasks or illnesses."""

    case: Case
    today: date
    applications: list[Application]
    appeals: list[Appeal]
    removals: list[Removal]
    open_to_appeal: Sequence[Decision]
    day_unknown: Sequence[Decision]
    granted_until: Sequence[Decision]
    statements: list[StatementRequest]
    care_referrals: list[CareReferral]
    appointments: list[Appointment]
    meetings: list[Meeting]
    helpers: list[NetworkPerson]
    representative: Representation | None


def road_of(case: Case, *, now: datetime) -> Road:
    """Read the map of a case that was fetched before."""
    today = helsinki(now)
    decisions = _decisions(case, today)
    appeals = Appeal.objects.filter(
        decision__application__case=case, state__in=sorted(APPEAL_UNDER_WAY)
    ).select_related("decision__application")
    return Road(
        case=case,
        today=today,
        applications=list(
            case.applications.filter(state__in=sorted(UNDER_WAY))
            .prefetch_related("rounds")
            .order_by("filed_on", "created_at")[:MOST]
        ),
        appeals=list(appeals.order_by("created_at")[:MOST]),
        removals=[vars(found)["open_removal"] for found in decisions if "open_removal" in vars(found)][:MOST],
        open_to_appeal=[found for found in decisions if found.is_open_to_appeal][:MOST],
        day_unknown=[found for found in decisions if found.is_day_unknown][:MOST],
        granted_until=[found for found in decisions if _stands_until(found, today)][:MOST],
        statements=list(case.statement_requests.filter(state__in=_AWAITED).order_by("asked_on", "created_at")[:MOST]),
        care_referrals=list(case.care_referrals.filter(state__in=sorted(CARE_TOLD)).order_by("created_at")[:MOST]),
        appointments=list(
            case.appointments.filter(state=Appointment.State.PLANNED, starts_at__gte=now).order_by("starts_at")[:MOST]
        ),
        meetings=_meetings(case, now),
        helpers=_helpers(case),
        representative=acting_for(case, matter=Matter.BENEFIT, on=today),
    )


def _helpers(case: Case) -> list[NetworkPerson]:
    """Whom the client may name to others, by name."""
    safe = case.client.network.filter(safety=NetworkPerson.Safety.SAFE, ended_on=None).order_by("created_at")
    return sorted(safe[:MOST], key=lambda one: sort_key(one.name))


_AWAITED = [StatementRequest.State.ASKED, StatementRequest.State.RETURNED]


class _Waits(TypedDict):
    has_fallen: bool
    is_open_to_appeal: bool
    is_day_unknown: bool


def _decisions(case: Case, today: date) -> "list[WithAnnotations[Decision, _Waits]]":
    """Decisions with time to appeal, or of which nobody knows until when, and no appeal begun (it knows its own last
    day); grants for a time; and those whose removal is asked.
    """
    is_begun = Exists(Appeal.objects.filter(decision=OuterRef("pk"), state=AppealState.DRAFT))
    clocked = waiting.clocked_decisions(today).filter(application__case=case, last_day__gte=today)
    waits = Exists(clocked.exclude(is_begun).filter(pk=OuterRef("pk")))
    unknown = Exists(waiting.dayless_decisions().exclude(is_begun).filter(pk=OuterRef("pk")))
    is_asked = Q(removals__state__in=sorted(REMOVAL_UNDER_WAY), removals__removed_at=None)
    is_told = Q(granted_until__gte=today) | Q(is_open_to_appeal=True) | Q(is_day_unknown=True)
    is_told |= Q(open_removal__isnull=False)
    found = Decision.objects.filter(application__case=case).annotate(
        is_open_to_appeal=waits,
        is_day_unknown=unknown,
        has_fallen=as_fact(has_fallen()),
        open_removal=FilteredRelation("removals", condition=is_asked),
    )
    return list(found.filter(is_told).select_related("application", "open_removal").order_by("last_day"))


def _stands_until(decision: "WithAnnotations[Decision, _Waits]", today: date) -> bool:
    """Whether a grant for a time goes on; of one that stands no longer nobody knows it."""
    return decision.granted_until is not None and decision.granted_until >= today and not decision.has_fallen


def _meetings(case: Case, now: datetime) -> list[Meeting]:
    items = case.agenda_items.exclude(state=AgendaItem.State.WITHDRAWN)
    planned = items.filter(meeting__state=Meeting.State.PLANNED, meeting__starts_at__gte=now)
    return [item.meeting for item in planned.select_related("meeting").order_by("meeting__starts_at")[:MOST]]
