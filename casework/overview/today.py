"""What Today shows: clocks, promises and visits until the end of next week, checks, slow decisions, silence, referrals.

Every case and referral that is handed out is in the access log already, by one call.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, Self
from uuid import UUID

from casework.applications import waiting
from casework.applications.waiting import AppealClock, UnknownDay
from casework.models import Appeal, Application, Appointment, Decision, Meeting, Referral, StatementRequest, Task
from casework.overview import today_questions as questions
from casework.overview.silence import SilentCase, silent_cases
from casework.overview.whose import whose
from casework.statements import queries as statements
from casework.statements.queries import Aging
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.display import helsinki, midnight
from tenants.names import written

SHOWN_SILENT = 10


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A visit or a meeting in the calendar of a day; of a meeting it tells no client."""

    pk: UUID
    kind: Appointment.Kind | Meeting.Kind
    starts_at: datetime
    ends_at: datetime
    prepared_at: datetime | None
    number: str  # of the case of a visit
    client: str
    who: str
    who_key: UUID

    @classmethod
    def read(cls, row: dict[str, Any]) -> Self:
        """Read a row of `today_questions.entries`."""
        kinds = Meeting.Kind if row["what"] == "meeting" else Appointment.Kind
        client = written(row["first_name"], row["last_name"])
        same = ("pk", "starts_at", "ends_at", "prepared_at", "number", "who", "who_key")
        return cls(kind=kinds(row["kind"]), client=client, **{name: row[name] for name in same})

    @property
    def is_meeting(self) -> bool:
        return isinstance(self.kind, Meeting.Kind)


@dataclass(frozen=True)
class Promise:
    """A task, and whether its case may be named to the person."""

    task: Task
    sees_case: bool


@dataclass(frozen=True, kw_only=True)
class Day:
    """Everything one person should know today. What is counted is counted up to one over `tenants.display.COUNTED`."""

    at: datetime
    clocks: list[AppealClock]
    unknown_days: list[UnknownDay]
    returned: list[Application]
    claims: list[Application]
    tasks: list[Promise]
    task_count: int
    statements: list[StatementRequest]
    aging: list[Aging]
    entries: list[Entry]
    entry_count: int
    unchecked: list[Decision]
    overdue: list[Application]
    overdue_count: int
    silent: list[SilentCase]
    silent_count: int
    referrals: list[Referral]
    referral_count: int

    @property
    def on(self) -> date:
        return helsinki(self.at)

    @property
    def promise_count(self) -> int:
        """All of them, also the tasks that are not shown."""
        return self.task_count + len(self.statements) + len(self.aging)


def read(user: User, *, at: datetime, is_everyones: bool) -> Day:
    """Read the day of one person: of their own cases, or of every case they may see."""
    on = helsinki(at)
    until = end_of_next_week(on)
    of, who = whose(user, is_everyones=is_everyones), user.pk
    tasks = (questions.everyones_tasks if is_everyones else questions.own_tasks)(of, user=who, until=until)
    decisions = questions.decisions(of, user=who, on=on, until=until)
    appeals = questions.appeals(of, user=who, until=until)
    applications = questions.applications(of, user=who, on=on, until=until)
    entries = questions.entries(of, user=who, begins=midnight(on), ends=midnight(on + timedelta(days=2)))
    silent = silent_cases(of, user, on=on, at=at)
    referrals = questions.referrals(of, user=who) if user.has(Permission.ACCEPT_REFERRAL) else []
    day = Day(
        at=at,
        clocks=_clocks(decisions, appeals),
        unknown_days=_unknown_days(decisions, appeals),
        returned=[application for application in applications if application.is_returned],
        claims=[application for application in applications if application.is_draft],
        tasks=[Promise(task, sees_case=vars(task)["sees_case"]) for task in tasks],
        task_count=_count(tasks),
        statements=_untold(questions.awaited_statements(of, user=who, until=until), tasks),
        aging=statements.aging(questions.dated_statements(of, user=who), until=until)[: questions.MOST],
        entries=[Entry.read(row) for row in entries],
        entry_count=sum({row["what"]: row["total"] for row in entries}.values()),
        unchecked=[decision for decision in decisions if decision.has_open_check],
        overdue=[application for application in applications if application.is_with_decider],
        overdue_count=_count(applications, "overdue_total"),
        silent=silent[:SHOWN_SILENT],
        silent_count=len(silent),
        referrals=referrals,
        referral_count=_count(referrals),
    )
    access_log.record(by=user, action="today.seen", subjects=list(_subjects_of(day)))
    return day


def end_of_next_week(on: date) -> date:
    """The Sunday of the week after this one."""
    return on + timedelta(days=13 - on.weekday())


def _count(rows: list[Any], name: str = "total") -> int:
    """How many there are in all: the questions say it with every row."""
    return vars(rows[0])[name] if rows else 0


def _untold(requests: list[StatementRequest], tasks: list[Task]) -> list[StatementRequest]:
    """Statements that are due; without those about which one of these tasks is."""
    told = {task.occasion.about for task in tasks if task.occasion is not None}
    return [request for request in requests if request.pk not in told]


def _clocks(decisions: list[Decision], appeals: list[Appeal]) -> list[AppealClock]:
    return waiting.in_order([decision for decision in decisions if vars(decision)["is_clocked"]], appeals)


def _unknown_days(decisions: list[Decision], appeals: list[Appeal]) -> list[UnknownDay]:
    dayless = [decision for decision in decisions if vars(decision)["is_dayless"]]
    begun = [appeal for appeal in appeals if appeal.last_day is None]
    return [UnknownDay(of=found) for found in chain[Decision | Appeal](dayless, begun)]


def _subjects_of(day: Day) -> Iterator[Subject]:
    yield from (Subject("case", number) for number in dict.fromkeys(_numbers_of(day)))
    yield from (Subject("referral", str(referral.pk)) for referral in day.referrals)


def _numbers_of(day: Day) -> Iterator[str]:
    """The numbers of the cases whose client is shown."""
    yield from (case.number for promise in day.tasks if (case := promise.task.case) is not None)
    with_case = chain[Any](day.returned, day.claims, day.overdue, day.clocks, day.unknown_days, day.statements)
    yield from (shown.case.number for shown in with_case)
    yield from (decision.application.case.number for decision in day.unchecked)
    yield from (entry.number for entry in day.entries if not entry.is_meeting)
    yield from (aged.case_number for aged in day.aging)
    yield from (silent.number for silent in day.silent)
