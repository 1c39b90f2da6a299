"""The next thing of a case, whatever it is: a task, a visit, a meeting, a statement, a clock of the law, a decision.

One query for any number of cases. Of a closed case it is what somebody here follows on; what ended with it is not
next. Nothing is logged here: the cases were handed out, and logged, before.
"""

import enum
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import (
    BinaryField,
    CharField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    Model,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models import Case as Either
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.cases import clocks
from casework.cases.kept_ends import clocks_with_keeper, with_keeper
from casework.law import as_of
from casework.law.appeal_words import APPEAL, REVIEW, words_of
from casework.law.deadlines import AppealLevel
from casework.law.workflow import AWAITED, ApplicationState, CareState
from casework.models import (
    AgendaItem,
    Appeal,
    Application,
    Appointment,
    CareReferral,
    Case,
    Decision,
    Meeting,
    StatementRequest,
    Task,
)
from tenants.display import helsinki, midnight
from tenants.encryption import Sealed
from tenants.keys import ring

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Kind(enum.IntEnum):
    """What it can be; on the same day the first of these is next."""

    CLOCK = 0
    CLAIM = 1
    MEETING = 2
    VISIT = 3
    TASK = 4
    STATEMENT = 5
    DECISION = 6
    CLINIC = 7


@dataclass(frozen=True, kw_only=True)
class NextThing:
    """What is to happen, on which day, and with whom or by whom."""

    kind: Kind
    on: date
    moment: datetime | None  # of what has an hour
    who: str
    code: str  # of a visit, meeting or statement its kind, of a day of appeal or claim whether it is the safe one
    sealed: Sealed | None  # the words of a task
    is_review: bool = False  # of a day of appeal, that a request for review is what is to be filed

    @property
    def when(self) -> date:
        """Its day, with the hour when it has one."""
        return self.moment or self.on

    @property
    def title(self) -> str:
        """Say what it is, in the language of the page. The words of a task are opened here, when they are shown."""
        if self.sealed is not None:
            return self.sealed.opened()
        if self.kind == Kind.CLOCK:
            words = REVIEW if self.is_review else APPEAL
            return str(words.to_be_filed if self.code else words.last_day)
        if self.kind == Kind.CLAIM:
            return _("Application to be filed") if self.code else _("Last day to claim")
        if self.kind == Kind.DECISION:
            return _("Decision expected")
        if self.kind == Kind.CLINIC:
            return str(_CLINIC[self.code])
        if self.kind == Kind.STATEMENT:
            return _("Statement expected: %(kind)s") % {"kind": StatementRequest.Kind(self.code).label}
        kinds = Meeting.Kind if self.kind == Kind.MEETING else Appointment.Kind
        return str(kinds(self.code).label)


FIRST_VISIT = "first_visit"
_CLINIC: "dict[str, StrOrPromise]" = {
    FIRST_VISIT: gettext_lazy("First visit at the clinic"),
    CareState.SENT: gettext_lazy("Answer of the clinic expected"),
    CareState.RETURNED: gettext_lazy("More information to the clinic"),
    CareState.ACCEPTED: gettext_lazy("Report of the clinic expected"),
    CareState.EXAMINED: gettext_lazy("Report of the clinic expected"),
    CareState.COMPLAINED: gettext_lazy("Answer to the complaint expected"),
}

type Rows = QuerySet[Any, dict[str, Any]]

NO_DAY = Cast(Value(None), DateField())
NO_MOMENT = Cast(Value(None), DateTimeField())
NO_WORDS = Cast(Value(None), BinaryField())
NOTHING = Cast(Value(""), CharField())
COLUMNS = ("of_case", "what", "about", "written_at", "day", "last", "moment", "name", "code", "words")


def next_things(cases: Iterable[Case], *, on: date) -> dict[uuid.UUID, NextThing]:
    """Find the next thing of each of these cases, by their keys; none for one in which nothing is agreed."""
    branches = _branches_of(list(cases), on)
    if not branches:
        return {}
    found: dict[uuid.UUID, NextThing] = {}
    for row in _union([branch.distinct("of_case") for branch in branches]):
        thing = _thing(row, on)
        known = found.get(row["of_case"])
        if known is None or _order(thing) < _order(known):
            found[row["of_case"]] = thing
    return found


def things_of(case: Case, *, on: date, most: int = 8) -> list[NextThing]:
    """Find what is agreed in one case, the next thing first."""
    rows = _union([branch[:most] for branch in _branches_of([case], on)])
    return sorted((_thing(row, on) for row in rows), key=_order)[:most]


def _union(branches: list[Rows]) -> Rows:
    first, *others = branches
    return first.union(*others, all=True).order_by()


def _order(thing: NextThing) -> tuple[date, datetime | date, Kind]:
    return (thing.on, thing.moment or midnight(thing.on), thing.kind)


def _branches_of(cases: list[Case], on: date) -> list[Rows]:
    open_ones = [case.pk for case in cases if case.is_open]
    closed_ones = [case.pk for case in cases if not case.is_open]
    branches = _branches(open_ones, on, _all) if open_ones else []
    return branches + (_branches(closed_ones, on, _followed) if closed_ones else [])


def _all(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows


def _followed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """What somebody follows after its case was closed. Of tasks and visits those are left that were not ended."""
    is_clock = rows.model in (Decision, Appeal)
    found: QuerySet[Any] = (clocks_with_keeper if is_clock else with_keeper)(rows).filter(keeper__isnull=False)
    return found


def _branches(keys: list[uuid.UUID], on: date, chosen: Callable[[QuerySet[Any]], QuerySet[Any]]) -> list[Rows]:
    """Of each kind those of each case in their order, in the same columns."""
    tasks = Task.objects.filter(case__in=keys, done_at=None)
    visits = Appointment.objects.filter(case__in=keys, state=Appointment.State.PLANNED, starts_at__gte=midnight(on))
    items = AgendaItem.objects.filter(case__in=keys, meeting__state=Meeting.State.PLANNED)
    items = items.filter(meeting__starts_at__gte=midnight(on)).exclude(state=AgendaItem.State.WITHDRAWN)
    statements = StatementRequest.objects.filter(case__in=keys, state__in=sorted(AWAITED))
    decisions = clocks.running_decisions(on).filter(application__case__in=keys, last_day__gte=on)
    appeals = clocks.begun_appeals().filter(decision__application__case__in=keys, last_day__gte=on)
    claims = clocks.claims().filter(case__in=keys, claim_by__gte=on)
    filed = Application.objects.filter(case__in=keys, state=ApplicationState.FILED, expected_by__isnull=False)
    coordinator = "application__case__coordinator__name"
    return [
        _rows(tasks, Kind.TASK, day="due_on", name="assignee__name", words=Cast("title", BinaryField())),
        _rows(visits, Kind.VISIT, moment="starts_at", name="worker__name", code="kind"),
        _rows(items, Kind.MEETING, moment="meeting__starts_at", name="meeting__chair__name", code="meeting__kind"),
        _rows(chosen(statements), Kind.STATEMENT, day="due_on", name="asked_by__name", code="kind"),
        _rows(
            chosen(decisions),
            Kind.CLOCK,
            "application__case_id",
            day="safe_day",
            last="last_day",
            name=coordinator,
            code=Concat("application__decider_code", Value(" "), "application__benefit_code"),
        ),
        _rows(
            chosen(appeals),
            Kind.CLOCK,
            "decision__application__case_id",
            day="safe_day",
            last="last_day",
            name=f"decision__{coordinator}",
        ),
        _rows(chosen(claims), Kind.CLAIM, day="claim_safe_by", last="claim_by", name="case__coordinator__name"),
        _rows(chosen(filed), Kind.DECISION, day="expected_by", last="filed_on", code="decider_code"),
        _rows(
            chosen(_of_clinics(keys, on)), Kind.CLINIC, day="next_on", name="case__coordinator__name", code="what_next"
        ),
    ]


def _of_clinics(keys: list[uuid.UUID], on: date) -> QuerySet[CareReferral]:
    """Referrals by their next day: the clinic's own, that of a first visit to come, else when something is usual."""
    visits = Q(state=CareState.ACCEPTED, first_visit_on__gte=on)
    found: QuerySet[CareReferral] = CareReferral.objects.filter(
        case__in=keys, state__in=sorted(_CLINIC.keys() - {FIRST_VISIT})
    )
    found = found.annotate(
        next_on=Either(
            When(state=CareState.RETURNED, then="more_due_on"), When(visits, then="first_visit_on"), default="due_on"
        ),
        what_next=Either(When(visits, then=Value(FIRST_VISIT)), default="state", output_field=CharField()),
    )
    return found.filter(next_on__isnull=False)


def _rows[M: Model](rows: QuerySet[M], kind: Kind, case: str = "case_id", **columns: Any) -> Rows:
    named = {name: F(column) if isinstance(column, str) else column for name, column in columns.items()}
    nothing: dict[str, Any] = {
        "day": NO_DAY,
        "last": NO_DAY,
        "moment": NO_MOMENT,
        "name": NOTHING,
        "code": NOTHING,
        "words": NO_WORDS,
    }
    found = rows.order_by(case, columns.get("moment") or columns["day"], "created_at")
    what = {
        "of_case": F(case),
        "what": Value(int(kind), IntegerField()),
        "about": F("pk"),
        "written_at": F("created_at"),
    }
    return found.values(**what, **nothing | named).values(*COLUMNS)


def _thing(row: dict[str, Any], today: date) -> NextThing:
    kind, on, name, code = Kind(row["what"]), row["day"], row["name"], row["code"]
    is_review = kind == Kind.CLOCK and _is_review(code, row["last"])
    if kind in (Kind.CLOCK, Kind.CLAIM):  # aim at the safe day while it is ahead
        code = "safe" if today <= on else ""
        on = on if code else row["last"]
    if kind == Kind.DECISION:
        name = as_of.decider(code, row["last"]).name
    return NextThing(
        kind=kind,
        on=on or helsinki(row["moment"]),
        moment=row["moment"],
        who=name,
        code=code,
        sealed=_sealed(row) if kind == Kind.TASK else None,
        is_review=is_review,
    )


def _is_review(codes: str, last_day: date) -> bool:
    """Whether a first appeal of this decider and benefit is a request for review; the court has no such codes."""
    if not codes:
        return False
    decider, benefit = codes.split(" ")
    kind = as_of.decider(decider, last_day).kind
    return words_of(kind, last_day, level=AppealLevel.FIRST, benefit=benefit) is REVIEW


def _sealed(row: dict[str, Any]) -> Sealed:
    """The words of a task, still closed: a union has columns of no table, so they come as bytes."""
    column = f"{Task._meta.db_table}.title"
    return Sealed(bytes(row["words"]), schema=ring.active_schema(), column=column, row=row["about"])
