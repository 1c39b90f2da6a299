"""The questions of Today, each compiled once a process, and each reading no more rows than the page has room for.

Nothing is logged here: `casework.overview.today` does it for all that is shown.
"""

import uuid
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, CharField, Count, DateTimeField, F, Model, Q, QuerySet, Value, Window
from django.db.models.functions import Cast, Coalesce, RowNumber

from casework.applications import waiting
from casework.cases import clocks
from casework.cases.door import as_fact, taking_part
from casework.cases.kept_ends import clocks_with_keeper, kept, with_keeper
from casework.law.workflow import AWAITED, ApplicationState, MeetingState
from casework.models import (
    Appeal,
    Application,
    Appointment,
    CoverageCheck,
    Decision,
    Meeting,
    MeetingParticipant,
    Referral,
    StatementRequest,
    Task,
)
from casework.overview.whose import Question, Whose, open_keys
from casework.referrals.queries import WAITS_SINCE
from casework.statements import queries as statements
from tenants.display import COUNTED

MOST = 100  # rows of one kind of deadline
SHOWN_TASKS = 50
SHOWN_WAITING = 10
SHOWN_ENTRIES = 25
SHOWN_REFERRALS = 5
IS_UNCHECKED = Q(coverage_check__state=CoverageCheck.State.OPEN)
CLIENT = ("number", "client__first_name", "client__last_name")  # what is shown of a case

ENTRY = (
    "what",
    "pk",
    "starts_at",
    "ends_at",
    "kind",
    "prepared_at",
    "total",
    *("number", "first_name", "last_name"),
    "who",
    "who_key",
)

type Values = QuerySet[Any, dict[str, Any]]


def _counted[Row: Model](rows: QuerySet[Row], *order: str | Coalesce) -> QuerySet[Row]:
    """Rows in an order, each with `total`: how many there are, counted up to one over COUNTED."""
    first = rows.order_by(*order).values("pk")[: COUNTED + 1]
    counted: Any = rows.model._default_manager.filter(pk__in=first).annotate(total=Window(Count("pk"))).order_by(*order)
    found: QuerySet[Row] = counted
    return found


def _followed(of: Whose, user: uuid.UUID, case: str = "case") -> Q:
    """Of rows with `keeper`: those of closed cases that this person follows; on everyone's page, that anybody does."""
    ends = kept() if of == Whose.EVERYONES else kept().filter(keeper=user)
    whose = Q(keeper__isnull=False) if of == Whose.EVERYONES else Q(keeper=user)
    return Q(**{f"{case}__in": ends.order_by().values("case")}) & whose


def _of_case(path: str) -> tuple[str, ...]:
    return tuple(f"{path}__{column}" for column in CLIENT)


def _own_tasks(of: Whose, *, user: uuid.UUID, until: date) -> QuerySet[Task]:
    """What somebody promised stays theirs also when they no longer see the case, as after the closing of minutes."""
    return _promised(of, Q(assignee=user), user=user, until=until)


def _everyones_tasks(of: Whose, *, user: uuid.UUID, until: date) -> QuerySet[Task]:
    is_open = Q(case__isnull=False, case__closed_on=None)
    kept_on = Q(pk__in=kept().order_by().values("about"))
    theirs = is_open | kept_on if of == Whose.EVERYONES else Q(case__in=open_keys(of, user))
    return _promised(of, theirs | Q(assignee=user), user=user, until=until)


def _promised(of: Whose, theirs: Q, *, user: uuid.UUID, until: date) -> QuerySet[Task]:
    tasks = _counted(Task.objects.filter(theirs, done_at=None, due_on__lte=until), "due_on", "created_at")
    sees = as_fact(Q(case__in=taking_part(user))) if of == Whose.TEAMS else Value(True, BooleanField())
    read = tasks.annotate(sees_case=sees).select_related("case__client", "assignee", "occasion", "reading")
    shown = ("title", "due_on", "assignee__name", "occasion__cause", "occasion__about", "reading__state")
    found: QuerySet[Task] = read.only(*shown, *_of_case("case"))[:SHOWN_TASKS]
    return found


def _statements(of: Whose, *, user: uuid.UUID, until: date) -> QuerySet[StatementRequest]:
    awaited = StatementRequest.objects.filter(state__in=sorted(AWAITED), due_on__lte=until)
    own = awaited.filter(case__in=open_keys(of, user)).order_by().values("pk")[:MOST]
    keys = own.union(_kept_keys(with_keeper(awaited), _followed(of, user)))
    due = StatementRequest.objects.filter(pk__in=keys).select_related("case__client").order_by("due_on", "created_at")
    return due.only("kind", "asked_of", "due_on", *_of_case("case"))[:MOST]


def _dated_statements(of: Whose, *, user: uuid.UUID) -> Values:
    return statements.dated_statements(open_keys(of, user))


def _applications(of: Whose, *, user: uuid.UUID, on: date, until: date) -> QuerySet[Application]:
    """Applications that wait for us until then, also to be filed, and after them those the decider has for too long."""
    cases, followed = open_keys(of, user), _followed(of, user)
    waits = _waits_for_us(until) | _is_to_be_claimed(until)
    returned = Application.objects.filter(_waits_for_us(until), case__in=cases)
    claims = Application.objects.filter(_is_to_be_claimed(until), case__in=cases)
    overdue = waiting.overdue_applications(on).filter(case__in=cases)
    first = (
        returned.order_by("more_due_on")
        .values("pk")[:MOST]
        .union(
            claims.order_by("claim_by").values("pk")[:MOST],
            overdue.values("pk")[: COUNTED + 1],
            _kept_keys(with_keeper(Application.objects.filter(waits | waiting.is_overdue(on))), followed),
        )
    )
    found: QuerySet[Application] = Application.objects.filter(pk__in=first).select_related("case__client")
    is_filed = Q(state=ApplicationState.FILED)
    found = found.annotate(overdue_total=Window(Count("pk", filter=is_filed)), is_filed=as_fact(is_filed))
    found = found.annotate(place=Window(RowNumber(), partition_by="is_filed", order_by="waiting_since"))
    shown = found.filter(Q(is_filed=False) | Q(place__lte=SHOWN_WAITING))
    return shown.defer("more_asked", "withdrawn_reason").order_by("is_filed", "waiting_since")[: 2 * MOST]


def _waits_for_us(until: date) -> Q:
    return Q(state=ApplicationState.RETURNED, more_due_on__lte=until)


def _is_to_be_claimed(until: date) -> Q:
    return clocks.IS_TO_BE_CLAIMED & Q(claim_safe_by__lte=until)


def _decisions(of: Whose, *, user: uuid.UUID, on: date, until: date) -> QuerySet[Decision]:
    """Decisions whose clock runs out by then (the safe day is the one to aim at), dayless ones, those to be checked."""
    cases = open_keys(of, user)
    clocked = waiting.clocked_decisions(on).filter(application__case__in=cases, safe_day__lte=until)
    unchecked = Decision.objects.filter(IS_UNCHECKED, application__case__in=cases)
    dayless = waiting.dayless_decisions().filter(application__case__in=cases).order_by("notice_on")
    followed = clocks_with_keeper(
        Decision.objects.filter(clocks.is_running(on) & Q(safe_day__lte=until) | IS_UNCHECKED | clocks.is_day_unknown())
    )
    first = clocked.values("pk")[:MOST].union(
        unchecked.order_by("last_day").values("pk")[:MOST],
        dayless.values("pk")[:MOST],
        _kept_keys(followed, _followed(of, user, "application__case")),
    )
    is_clocked = as_fact(clocks.is_running(on) & Q(safe_day__lte=until))
    related = Decision.objects.select_related("coverage_check", "application__case__client")
    found: QuerySet[Decision] = related.filter(pk__in=first).defer("reasons", "no_last_day_reason")
    found = found.annotate(is_clocked=is_clocked, is_dayless=as_fact(clocks.is_day_unknown()))
    return found.order_by(F("last_day").asc(nulls_last=True), "created_at")


def _appeals(of: Whose, *, user: uuid.UUID, until: date) -> QuerySet[Appeal]:
    """Appeals to the court whose clock runs out by then, and those of which no day is known."""
    begun = waiting.begun_appeals().filter(Q(safe_day__lte=until) | clocks.UNKNOWN)
    own = begun.filter(decision__application__case__in=open_keys(of, user))
    own_keys = own.order_by(F("last_day").asc(nulls_first=True)).values("pk")[:MOST]
    followed = _followed(of, user, "decision__application__case")
    return waiting.begun_appeals().filter(pk__in=own_keys.union(_kept_keys(clocks_with_keeper(begun), followed)))


def _kept_keys(rows: QuerySet[Any], followed: Q) -> QuerySet[Any, Any]:
    return rows.filter(followed).order_by().values("pk")[:MOST]


def _entries(of: Whose, *, user: uuid.UUID, begins: datetime, ends: datetime) -> Values:
    """Visits and meetings of today and tomorrow, and before them visits of earlier days that nobody has told about."""
    return (
        _visits(of, user, ends=ends)
        .union(_meetings(of, user, begins=begins, ends=ends), all=True)
        .order_by("starts_at", "pk")
    )


def _visits(of: Whose, user: uuid.UUID, *, ends: datetime) -> Values:
    all_planned = Appointment.objects.filter(state=Appointment.State.PLANNED, starts_at__lt=ends)
    planned = all_planned.filter(case__closed_on=None)
    theirs = all_planned.filter(Q(case__closed_on=None) | Q(pk__in=kept().order_by().values("about")))
    if of != Whose.EVERYONES:
        theirs = planned.filter(case__in=open_keys(of, user))
    if of == Whose.OWN:
        keys = (
            theirs.order_by()
            .values("pk")
            .union(
                planned.filter(worker=user).order_by().values("pk"),
                all_planned.filter(pk__in=kept().filter(keeper=user).order_by().values("about"))
                .order_by()
                .values("pk"),
            )
        )
        theirs = Appointment.objects.filter(pk__in=keys)
    return _entries_of(
        theirs,
        what="visit",
        number=F("case__number"),
        first_name=F("case__client__first_name"),
        last_name=F("case__client__last_name"),
        who=F("worker__name"),
        who_key=F("worker_id"),
    )


def _meetings(of: Whose, user: uuid.UUID, *, begins: datetime, ends: datetime) -> Values:
    """Those a person leads or is invited to; among everyone's all there are."""
    planned = Meeting.objects.filter(state=MeetingState.PLANNED, starts_at__gte=begins, starts_at__lt=ends)
    if of != Whose.EVERYONES:
        invited = MeetingParticipant.objects.filter(user=user, left_at=None).values("meeting")
        planned = planned.filter(Q(chair=user) | Q(pk__in=invited))
    nothing = {name: Value("", CharField()) for name in ("number", "first_name", "last_name")}
    unprepared = Cast(Value(None), DateTimeField())
    return _entries_of(
        planned, what="meeting", prepared_at=unprepared, who=F("chair__name"), who_key=F("chair_id"), **nothing
    )


def _entries_of(rows: QuerySet[Any], *, what: str, **shown: Any) -> Values:
    found = _counted(rows, "starts_at", "pk").annotate(what=Value(what), **shown)
    values: Values = found.values(*ENTRY)[:SHOWN_ENTRIES]
    return values


def _referrals(of: Whose, *, user: uuid.UUID) -> QuerySet[Referral]:
    """Those that nobody has answered, the oldest first; they are everybody's who may accept one."""
    new = _counted(Referral.objects.filter(state=Referral.State.NEW), WAITS_SINCE, "created_at")
    return new.only("source", "referrer", "reason", "received_on", "came_again_on", "first_name", "last_name")[
        :SHOWN_REFERRALS
    ]


own_tasks = Question(_own_tasks)
everyones_tasks = Question(_everyones_tasks)
awaited_statements = Question(_statements)
dated_statements = Question(_dated_statements)
applications = Question(_applications)
decisions = Question(_decisions)
appeals = Question(_appeals)
entries = Question(_entries)
referrals = Question(_referrals)
