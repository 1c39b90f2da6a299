"""How Today is laid out: deadlines of every kind in groups by how near they are, and the strip of numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.models import Application, Decision, Task
from casework.presenters.applications import payer_of, title_of
from casework.queries.today import Day, end_of_next_week
from casework.queries.waiting import AppealClock
from tenants.display import day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class Row:
    """One deadline and whose it is; a task also has the address that marks it done."""

    on: date
    title: "StrOrPromise"
    client: str
    case_url: str
    note: str
    url: str
    done_url: str = ""
    about: str = ""


@dataclass(frozen=True)
class Group:
    """Deadlines that are equally near."""

    label: str
    rows: list[Row]
    tone: str = ""


@dataclass(frozen=True)
class Waiting:
    """A decision that takes longer than usual, as a row of the table."""

    application: Application
    title: str
    decider: str
    waited: int
    usual: int


@dataclass(frozen=True)
class Check:
    """A decision whose coverage has not been checked."""

    title: str
    note: str
    last_day: date | None
    url: str


def page(found: Day, *, is_everyones: bool) -> dict[str, Any]:
    """Lay a day out for its template; who does a task goes without saying among one's own."""
    groups = _groups(_rows(found, is_everyones=is_everyones), found.on)
    late = len(groups[0].rows)
    return {
        "today": found.on,
        "heading_note": _heading_note(found.on),
        "groups": [group for group in groups if group.rows],
        "deadline_count": sum(len(group.rows) for group in groups),
        "late_note": ngettext("%(number)d late", "%(number)d late", late) % {"number": late} if late else "",
        "waiting": [_waiting(application, found.on) for application in found.overdue],
        "waiting_count": found.overdue_count,
        "checks": [_check(check.decision) for check in found.checks],
        "referrals": found.referrals,
        "referral_count": found.referral_count,
        "oldest_note": _oldest_note(found),
    }


def _heading_note(on: date) -> str:
    weekday = capfirst(str(WEEKDAYS[on.weekday()]))
    return _("%(weekday)s %(day)s, week %(week)d") % {"weekday": weekday, "day": day(on), "week": on.isocalendar().week}


def _rows(found: Day, *, is_everyones: bool) -> list[Row]:
    rows = [_task_row(task, note=task.assignee.name if is_everyones else "") for task in found.tasks]
    rows += [_returned_row(application) for application in found.returned]
    rows += [_clock_row(clock, found.on) for clock in found.clocks]
    return sorted(rows, key=lambda row: row.on)


def _groups(rows: Iterable[Row], on: date) -> list[Group]:
    sunday = on + timedelta(days=6 - on.weekday())
    late, today, this_week, next_week, later = [], [], [], [], []
    for row in rows:
        if row.on < on:
            late.append(row)
        elif row.on == on:
            today.append(row)
        elif row.on <= sunday:
            this_week.append(row)
        elif row.on <= end_of_next_week(on):
            next_week.append(row)
        else:
            later.append(row)  # a last day of appeal whose safe day is over
    return [
        Group(_("Late"), late, "danger"),
        Group(_("Today"), today),
        Group(_("This week"), this_week),
        Group(_("Next week"), next_week),
        Group(_("Later"), later),
    ]


def _task_row(task: Task, *, note: str) -> Row:
    name = task.case.client.name if task.case else _("own task")
    url = task.case.get_absolute_url() if task.case else ""
    return Row(
        on=task.due_on,
        title=task.title,
        client=name,
        case_url=url,
        note=note,
        url=url,
        done_url=reverse("task_done", args=[task.pk]),
        about=f"{task.title}, {name}",
    )


def _returned_row(application: Application) -> Row:
    assert application.more_due_on is not None  # noqa: S101  # the query asks for those with a day
    return Row(
        on=application.more_due_on,
        title=_("More information to the decider"),
        client=application.case.client.name,
        case_url=application.case.get_absolute_url(),
        note=_note(application),
        url=application.get_absolute_url(),
    )


def _clock_row(clock: AppealClock, on: date) -> Row:
    """Aim at the safe day while it is ahead, then at the last day."""
    is_safe = on <= clock.safe_day
    note = _note(clock.application)
    if is_safe:
        note = _("%(note)s · last day %(day)s") % {"note": note, "day": day(clock.last_day)}
    return Row(
        on=clock.safe_day if is_safe else clock.last_day,
        title=_clock_title(clock, is_safe=is_safe, is_over=clock.last_day < on),
        client=clock.case.client.name,
        case_url=clock.case.get_absolute_url(),
        note=note,
        url=clock.path,
    )


def _clock_title(clock: AppealClock, *, is_safe: bool, is_over: bool) -> str:
    if is_over:
        return _("The time of appeal is over")
    if isinstance(clock.of, Decision) and clock.of.coverage_check.is_open:
        return _("Check the decision, then appeal")
    return _("Appeal to be filed") if is_safe else _("Last day of appeal")


def _note(application: Application) -> str:
    return f"{payer_of(application)}, {application.benefit.name}"


def _waiting(application: Application, on: date) -> Waiting:
    return Waiting(
        application=application,
        title=title_of(application),
        decider=application.decider.name,
        waited=application.days_waited(on),
        usual=application.usual_days or 0,
    )


def _check(decision: Decision) -> Check:
    application = decision.application
    note = f"{application.case.client.name} · {str(decision.get_result_display()).lower()}"
    return Check(title_of(application), note, decision.last_day, decision.get_absolute_url())


def _oldest_note(found: Day) -> str:
    if not found.referrals:
        return ""
    days = (found.on - found.referrals[0].received_on).days
    return ngettext("oldest %(days)d day", "oldest %(days)d days", days) % {"days": days}
