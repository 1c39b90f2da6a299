"""What a client's withdrawal stops in a case, and what is the client's own and goes on."""

from dataclasses import dataclass
from datetime import date

from casework.applications import waiting
from casework.applications.waiting import AppealClock
from casework.consents.queries import open_items
from casework.law.workflow import APPEAL_UNDER_WAY, AWAITED, UNDER_WAY
from casework.models import (
    AgendaItem,
    Appeal,
    Application,
    Appointment,
    Case,
    Consent,
    StatementRequest,
    Task,
)
from tenants.display import midnight


@dataclass(frozen=True, kw_only=True)
class Stops:
    """What ends when the client withdraws on a day."""

    consents: list[Consent]
    appointments: list[Appointment]
    agenda: list[AgendaItem]
    requests: list[StatementRequest]
    tasks: list[Task]


@dataclass(frozen=True, kw_only=True)
class Remains:
    """What is the client's own: applications and appeals under way, and the last days that run."""

    applications: list[Application]
    appeals: list[Appeal]
    clocks: list[AppealClock]

    @property
    def answers_due(self) -> list[Application]:
        """The applications whose decider waits for an answer by a day."""
        return [one for one in self.applications if one.is_returned]


def what_stops(case: Case, *, on: date) -> Stops:
    """Read what a withdrawal on a day ends. A visit before that day stays to be written up."""
    appointments = case.appointments.filter(state=Appointment.State.PLANNED, starts_at__gte=midnight(on))
    consents = Consent.objects.filter(client=case.client_id, withdrawn_on=None)
    return Stops(
        consents=[consent for consent in consents if consent.valid_until is None or consent.valid_until >= on],
        appointments=list(appointments),
        agenda=list(open_items().filter(case=case)),
        requests=list(case.statement_requests.filter(state__in=sorted(AWAITED))),
        tasks=list(case.tasks.filter(done_at=None).select_related("assignee")),
    )


def what_remains(case: Case, *, on: date) -> Remains:
    """Read what goes on without the service, of an open or a closed case."""
    applications = case.applications.filter(state__in=sorted(UNDER_WAY)).order_by("created_at")
    under_way = Appeal.objects.filter(decision__application__case=case, state__in=sorted(APPEAL_UNDER_WAY))
    appeals = list(under_way.select_related("decision__application").order_by("created_at"))
    decisions = waiting.running_decisions(on).filter(application__case=case)
    begun = [appeal for appeal in appeals if appeal.is_draft and not appeal.is_first_level]
    clocks = waiting.in_order(decisions, begun)
    return Remains(
        applications=list(applications),
        appeals=appeals,
        clocks=[clock for clock in clocks if clock.last_day >= on],
    )


def relation_ended_on(case: Case, *, on: date) -> date | None:
    """Answer when the client relation ends: with the last of the client's cases; None while another one is open.

    A case that is still open itself counts as ending on the day that is asked for.
    """
    others = Case.objects.filter(client=case.client_id).exclude(pk=case.pk).values_list("closed_on", flat=True)
    ends = [case.closed_on or on, *others]
    return None if None in ends else max(end for end in ends if end is not None)
