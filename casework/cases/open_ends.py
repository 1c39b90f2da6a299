"""What is open in a case: everything that somebody waits for, has promised or must do by a day.

Both doors out of a case ask here. `MODELS` says of every model which of its states are open; `NOT_OPEN` names the
models around a case of which nothing ever is, and why. `tests/rules/test_open_ends.py` holds both against the models.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import F, FilteredRelation, Model, Q, QuerySet, Value

from casework.cases import clocks, known_benefits, terms
from casework.cases.door import as_fact
from casework.cases.known_benefits import Known
from casework.law.workflow import (
    APPEAL_UNDER_WAY,
    AWAITED,
    CARE_UNDER_WAY,
    REMOVAL_UNDER_WAY,
    UNDER_WAY,
    AppealState,
    ApplicationState,
    AppointmentState,
    CareState,
    DescriptionState,
    MeetingState,
    MinutesState,
    RemovalState,
    StatementState,
)
from casework.models import (
    AbilityDescription,
    AgendaItem,
    Appeal,
    Application,
    Appointment,
    CareReferral,
    Case,
    CoverageCheck,
    Decision,
    OpenEnd,
    Removal,
    StatementRequest,
    Task,
)
from tenants.display import helsinki

Kind = OpenEnd.Kind
Check = CoverageCheck.State


@dataclass(frozen=True)
class States:
    """Which states of a model are open and which are over; both empty where a state is not what makes it open."""

    open: Set[str] = frozenset()
    over: Set[str] = frozenset()


# A decision is open by its clock, also one whose day nobody knows, and by its end (`terms`); a task until it is done.
MODELS: Mapping[type[Model], States] = {
    Application: States(UNDER_WAY, {ApplicationState.DECIDED, ApplicationState.WITHDRAWN}),
    Decision: States(),
    CoverageCheck: States({Check.OPEN}, {Check.CLOSED}),
    Appeal: States(APPEAL_UNDER_WAY, {AppealState.DECIDED, AppealState.WITHDRAWN}),
    Removal: States(REMOVAL_UNDER_WAY, {RemovalState.ANSWERED, RemovalState.WITHDRAWN}),
    CareReferral: States(CARE_UNDER_WAY, {CareState.REFUSED, CareState.REPORTED, CareState.WITHDRAWN}),
    StatementRequest: States(AWAITED, {StatementState.RECEIVED, StatementState.CANCELLED}),
    Appointment: States(
        {AppointmentState.PLANNED}, {AppointmentState.HELD, AppointmentState.MISSED, AppointmentState.CANCELLED}
    ),
    AgendaItem: States({MinutesState.DRAFT}, {MinutesState.FINAL, MinutesState.WITHDRAWN}),
    AbilityDescription: States({DescriptionState.DRAFT}, {DescriptionState.SIGNED}),
    Task: States(),
}
NOT_OPEN: Mapping[str, str] = {
    "AppealLetter": "is the paper of an appeal, which is named",
    "AppealSupplement": "follows an appeal, which is named",
    "Assessment": "is written about a day, and nobody is waited for",
    "Case": "is what ends",
    "CaseParticipant": "sees the case until taken off the team; a withdrawal takes everybody off",
    "Consent": "ends by its own day or when it is taken back; a withdrawal takes it back",
    "Correction": "is the history",
    "Disclosure": "has been handed over",
    "Document": "is kept; its virus scan asks nobody in the case",
    "Draft": "is what one person typed and did not save, and only that person sees it",
    "Event": "is the timeline",
    "AnnexAnswer": "says that nothing is to be done",
    "Evidence": "was sent, or goes with its application, which is named",
    "Illness": "is a fact about the client",
    "InstrumentResult": "is a result of a day",
    "JobseekerRegistration": "is done; that it is missing is found by the sickness allowance that ends",
    "LedgerEntry": "remembers what was told about something that is named itself",
    "MappingEntry": "is a fact about the client",
    "NetworkPerson": "is a fact about the client",
    "NoContinuation": "says that nothing is open",
    "Note": "is what somebody wrote",
    "OpenEnd": "is what became of an open end",
    "OtherBenefit": "is a fact about the client",
    "ReadingRequest": "ends with its draft, which is named, and so is the task of its reader",
    "Round": "is open as long as its application is, which is named",
    "Referral": "belongs to a case when it has been accepted, and then it is over",
    "Representation": "ends by its own day, when it is taken back, or when the client dies",
    "ServiceEntry": "is work that was done; it is invoiced whether the case is open or not",
    "SicknessDayCount": "is Kela's count of a day; the end that follows from it is named with its application",
    "TargetGroup": "is a fact about the client",
}


@dataclass(frozen=True, kw_only=True)
class End:
    """One thing that is open, and its day if it has one."""

    kind: OpenEnd.Kind
    row: Any
    on: date | None = None

    @property
    def about(self) -> uuid.UUID:
        found: uuid.UUID = self.row.pk
        return found

    @property
    def application(self) -> Application | None:
        """The application that it is about."""
        if isinstance(self.row, Application):
            return self.row
        if isinstance(self.row, Decision):
            return self.row.application
        return self.row.decision.application if isinstance(self.row, Appeal | Removal) else None


def open_ends(case: Case, *, on: date) -> list[End]:
    """Find everything that is open in a case on a day: what the law sets a day for first, then by day."""
    known = known_benefits.of_case(case)
    applications = list(_applications(known.applications if known else case.applications.all()))
    applications += _ending(known) if known else []
    asked_for = list(_asked_for(case))
    found = chain(
        _of_decisions(case, on=on),
        applications,
        asked_for,
        _visits(case),
        _agenda(case),
        _tasks(case, besides={end.about for end in (*applications, *asked_for)}),
        _descriptions(case),
    )
    kinds = list(Kind)
    return sorted(found, key=lambda end: (kinds.index(end.kind), end.on or date.max))


def unsaid_ends(case: Case, *, on: date) -> list[End]:
    """Find what is open of which nothing is said yet; what came later goes with the rest of its application."""
    said = list(case.ends.filter(is_current=True).values_list("about", "holder", "application"))
    known = {about for about, _holder, _application in said}
    held = {application for _about, holder, application in said if holder != OpenEnd.Holder.NOBODY}
    found = (end for end in open_ends(case, on=on) if end.about not in known)
    return [end for end in found if end.application is None or end.application.pk not in held]


def _of_decisions(case: Case, *, on: date) -> Iterator[End]:
    """Clocks that run, checks that wait, appeals and removals that are open, read together.

    An appeal that has been begun is named with its day, so the clock of its decision is not named again.
    """
    rows = list(_decisions(case, on=on))
    appeals: dict[uuid.UUID, Appeal] = _beside(rows, "open_appeal")
    removals: dict[uuid.UUID, Removal] = _beside(rows, "open_removal")
    begun = {appeal.decision_id for appeal in appeals.values() if appeal.is_draft and appeal.is_first_level}
    for decision in {row.pk: row for row in rows if row.pk not in begun}.values():
        if decision.runs:
            yield End(kind=Kind.CLOCK, row=decision, on=decision.last_day)
        elif decision.is_unchecked:
            yield End(kind=Kind.CHECK, row=decision)
    for appeal in appeals.values():
        yield End(kind=Kind.APPEAL, row=appeal, on=appeal.last_day if appeal.is_draft else None)
    for removal in removals.values():
        yield End(kind=Kind.REMOVAL, row=removal)


def _beside(rows: Iterable[Any], name: str) -> dict[uuid.UUID, Any]:
    """What was read with the decisions under a name, each once: several may hang on one decision."""
    found = [vars(row)[name] for row in rows if name in vars(row)]
    return {one.pk: one for one in found}


def _decisions(case: Case, *, on: date) -> QuerySet[Any]:
    """The decisions of which something is open, one row for each `open_appeal`; of `open_removal` there is one."""
    is_open = Q(appeals__state__in=MODELS[Appeal].open, appeals__removed_at=None)
    is_asked = Q(removals__state__in=MODELS[Removal].open, removals__removed_at=None)
    is_unchecked = Q(coverage_check__state__in=MODELS[CoverageCheck].open)
    found: QuerySet[Any] = Decision.objects.filter(application__case=case).annotate(
        open_appeal=FilteredRelation("appeals", condition=is_open),
        open_removal=FilteredRelation("removals", condition=is_asked),
        runs=as_fact(clocks.is_running(on) | clocks.is_day_unknown()),
        is_unchecked=as_fact(is_unchecked),
    )
    is_any = Q(open_appeal__isnull=False) | Q(open_removal__isnull=False)
    found = found.filter(Q(runs=True) | Q(is_unchecked=True) | is_any)
    return found.select_related("application", "open_appeal", "open_removal").order_by("last_day", "created_at")


def _applications(found: Iterable[Application]) -> Iterator[End]:
    for application in (one for one in found if one.state in MODELS[Application].open):
        days = {ApplicationState.DRAFT: application.claim_by, ApplicationState.RETURNED: application.more_due_on}
        yield End(kind=Kind.APPLICATION, row=application, on=days.get(ApplicationState(application.state)))


def _ending(known: Known) -> Iterator[End]:
    """Benefits that end, each by its decided application: a continuation to be prepared, a jobseeker to register."""
    for term in terms.terms(known):
        if term.is_open and not term.application.is_under_way:
            yield End(kind=Kind.CONTINUATION, row=term.application, on=term.ends_on)
    payment = terms.payment(known)
    if payment and payment.decision and payment.asks_registration and not payment.decision.application.is_under_way:
        yield End(kind=Kind.JOBSEEKER, row=payment.decision.application, on=payment.register_by)


def _asked_for(case: Case) -> Iterator[End]:
    """Statements and referrals to a clinic, read together: of each what names it, the rest when it is asked for."""
    statements = case.statement_requests.filter(state__in=MODELS[StatementRequest].open).order_by()
    referrals = case.care_referrals.filter(state__in=MODELS[CareReferral].open).order_by()
    columns = ("id", "state", "asked_on", "day", "code")
    named = statements.annotate(day=F("due_on"), code=F("kind")).values_list(*columns)
    cared = referrals.annotate(day=F("more_due_on"), code=Value("")).values_list(*columns)
    for key, state, asked_on, day, code in named.union(cared, all=True).order_by():
        known = {"id": key, "state": state, "asked_on": asked_on}
        if code:
            request = _partly(StatementRequest, known | {"due_on": day, "kind": code}, case)
            yield End(kind=Kind.STATEMENT, row=request, on=day)
        else:
            referral = _partly(CareReferral, known | {"more_due_on": day}, case)
            yield End(kind=Kind.CARE, row=referral, on=day if referral.is_returned else None)


def _partly[Row: (StatementRequest, CareReferral)](model: type[Row], known: Mapping[str, Any], case: Case) -> Row:
    """A row of which these columns were read."""
    names = [field.name for field in model._meta.concrete_fields if field.name in known]
    row = model.from_db(case._state.db, names, [known[name] for name in names])
    row.case = case
    return row


def _visits(case: Case) -> Iterator[End]:
    """Those that come, and those that nobody has told about yet."""
    for visit in case.appointments.filter(state__in=MODELS[Appointment].open):
        yield End(kind=Kind.VISIT, row=visit, on=visit.held_on)


def _agenda(case: Case) -> Iterator[End]:
    items = case.agenda_items.filter(state__in=MODELS[AgendaItem].open, meeting__state=MeetingState.PLANNED)
    for item in items.select_related("meeting__chair", "case__coordinator"):
        yield End(kind=Kind.AGENDA, row=item, on=helsinki(item.meeting.starts_at))


def _tasks(case: Case, *, besides: Set[uuid.UUID]) -> Iterator[End]:
    """Those that a rule wrote about what is open itself, or a benefit that ends, go with it and are not named."""
    for task in case.tasks.filter(done_at=None).exclude(occasion__about__in=besides).select_related("assignee"):
        yield End(kind=Kind.TASK, row=task, on=task.due_on)


def _descriptions(case: Case) -> Iterator[End]:
    for description in case.descriptions.filter(state__in=MODELS[AbilityDescription].open):
        yield End(kind=Kind.DESCRIPTION, row=description)
