"""The rows of Today that have a day: clocks of the law, and promises. Each has one obvious action."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from casework.appeals.occasions import CHANGED, COMMENTED, FORWARDED
from casework.applications.appeal_days import words_of
from casework.applications.presenters import payer_of
from casework.applications.waiting import AppealClock, UnknownDay
from casework.care_referrals.occasions import NAME as CLINIC
from casework.continuations.occasions import NAME as CONTINUATION
from casework.law.appeal_words import AppealWords
from casework.models import Application, Decision, StatementRequest, Task
from casework.overview.today import Day, Promise
from casework.portfolio.occasions import NAME as TOLD
from casework.removals.occasions import NAME as REMOVAL
from casework.sickness_days.occasions import NAME as DAYS
from casework.sickness_days.occasions import REGISTER
from casework.statements.queries import Aging
from tenants.addresses import address
from tenants.display import day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Where a task that a rule wrote leads, by the rule: to the page of what it is about.
PAGES = {
    **dict.fromkeys((DAYS, CONTINUATION), "application"),
    **dict.fromkeys((FORWARDED, COMMENTED, CHANGED), "appeal"),
    CLINIC: "care_referral",
    REMOVAL: "removal",
}


@dataclass(frozen=True)
class Act:
    """What is to be done with a row: a button that does it at once (`is_post`), or the way to where it is done."""

    label: "StrOrPromise"
    url: str
    icon: str = ""
    is_post: bool = False


@dataclass(frozen=True, kw_only=True)
class Row:
    """One thing with a day, and whose it is; without one, the day is what is asked for."""

    on: date | None
    title: "StrOrPromise"
    client: str
    case_url: str
    note: str
    url: str
    act: Act | None = None

    @property
    def about(self) -> str:
        """What a screen reader says after the label of the action."""
        return f"{self.title}, {self.client}"

    def is_late(self, on: date) -> bool:
        return self.on is not None and self.on < on


def clock_rows(found: Day, *, can_work: bool) -> list[Row]:
    """Days that the law or a decider has set: those that nobody knows, then the nearest first."""
    rows = [_clock_row(clock, found.on) for clock in found.clocks]
    rows += [_returned_row(application, can_work=can_work) for application in found.returned]
    rows += [_claim_row(application, found.on, can_work=can_work) for application in found.claims]
    asked = [_unknown_row(unknown, can_work=can_work) for unknown in found.unknown_days]
    return asked + sorted(rows, key=_day_of)


def promise_rows(found: Day, *, names_assignee: bool, can_work: bool) -> list[Row]:
    """Days that people have set, the nearest first."""
    rows = [_task_row(promise, names_assignee=names_assignee, can_work=can_work) for promise in found.tasks]
    rows += [_statement_row(request, found.on, can_work=can_work) for request in found.statements]
    rows += [_aging_row(aging, found.on) for aging in found.aging]
    return sorted(rows, key=_day_of)


def _day_of(row: Row) -> date:
    return row.on or date.min


def _clock_row(clock: AppealClock, on: date) -> Row:
    """Aim at the safe day while it is ahead, then at the last day."""
    is_safe = on <= clock.safe_day
    note = _note(clock.application)
    if is_safe:
        note = _("%(note)s · last day %(day)s") % {"note": note, "day": day(clock.last_day)}
    is_unchecked = isinstance(clock.of, Decision) and clock.of.has_open_check
    return Row(
        on=clock.safe_day if is_safe else clock.last_day,
        title=_clock_title(words_of(clock.of), is_unchecked=is_unchecked, is_safe=is_safe, is_over=clock.last_day < on),
        client=clock.case.client.name,
        case_url=clock.case.get_absolute_url(),
        note=note,
        url=clock.path,
        act=Act(_("Check the decision") if is_unchecked else _("Open"), clock.path),
    )


def _clock_title(words: AppealWords, *, is_unchecked: bool, is_safe: bool, is_over: bool) -> "StrOrPromise":
    if is_over:
        return words.is_over
    if is_unchecked:
        return words.check_first
    return words.to_be_filed if is_safe else words.last_day


def _claim_row(application: Application, on: date, *, can_work: bool) -> Row:
    """Aim at the safe day while it is ahead; over the last day it stays, because a late claim may be paid too."""
    safe_day, last_day = application.claim_safe_by, application.claim_by
    assert safe_day is not None  # noqa: S101  # the query asks for those with a day
    assert last_day is not None  # noqa: S101
    is_safe = on <= safe_day
    file = Act(_("Record as filed"), address("application_file", application.case.number, application.pk))
    note = _("%(note)s · last day %(day)s") % {"note": _note(application), "day": day(last_day)}
    return Row(
        on=safe_day if is_safe else last_day,
        title=_claim_title(is_safe=is_safe, is_over=last_day < on),
        client=application.case.client.name,
        case_url=application.case.get_absolute_url(),
        note=note if is_safe else _note(application),
        url=application.get_absolute_url(),
        act=file if can_work else None,
    )


def _claim_title(*, is_safe: bool, is_over: bool) -> str:
    if is_over:
        return _("The last day to claim is over: file it all the same")
    return _("Application to be filed") if is_safe else _("Last day to claim")


def _unknown_row(unknown: UnknownDay, *, can_work: bool) -> Row:
    note = _("%(note)s · sent %(day)s, look at the decision")
    return Row(
        on=None,
        title=words_of(unknown.of).ask_day,
        client=unknown.case.client.name,
        case_url=unknown.case.get_absolute_url(),
        note=note % {"note": _note(unknown.application), "day": day(unknown.of.notice_on)},
        url=unknown.path,
        act=Act(_("Write down the day"), unknown.answer_path) if can_work else Act(_("Open"), unknown.path),
    )


def _returned_row(application: Application, *, can_work: bool) -> Row:
    assert application.more_due_on is not None  # noqa: S101  # the query asks for those with a day
    supply = Act(_("Mark as sent"), address("application_supply", application.case.number, application.pk))
    return Row(
        on=application.more_due_on,
        title=_("More information to the decider"),
        client=application.case.client.name,
        case_url=application.case.get_absolute_url(),
        note=_note(application),
        url=application.get_absolute_url(),
        act=supply if can_work else None,
    )


def _task_row(promise: Promise, *, names_assignee: bool, can_work: bool) -> Row:
    """A task about a statement is done by reminding of it, which moves the day; a draft is read; others are ticked."""
    task = promise.task
    draft_url = _draft_of(task)
    case_url = task.case.get_absolute_url() if task.case and promise.sees_case else ""
    statement = _statement_of(task)
    done = Act(_("Mark as done"), address("task_done", task.pk), "check", is_post=True)
    read = Act(_("Read the draft"), draft_url) if draft_url else None
    remind = Act(_("Remind"), address("statement_remind", *statement)) if statement else None
    return Row(
        on=task.due_on,
        title=task.title,
        client=_client_of(task, sees_case=promise.sees_case),
        case_url=case_url,
        note=task.assignee.name if names_assignee else "",
        url=address("statement", *statement) if statement else draft_url or _page_about(promise) or case_url,
        act=(remind or _registration(task) if can_work else None) or read or done,
    )


def _client_of(task: Task, *, sees_case: bool) -> str:
    if task.case is None:
        return _("own task")
    return task.case.client.name if sees_case else _("case %(number)s") % {"number": task.case.number}


def _draft_of(task: Task) -> str:
    """Where the draft is that somebody was asked to read; nothing for any other task."""
    reading = getattr(task, "reading", None)
    return address("reading", task.case.number, reading.pk) if reading is not None and task.case is not None else ""


def _statement_of(task: Task) -> list[str]:
    """Where the statement is that a rule's task is about; nothing for any other task."""
    if task.occasion is None or task.occasion.rule != "statement" or task.case is None:
        return []
    return [task.case.number, str(task.occasion.about)]


def _page_about(promise: Promise) -> str:
    """The page of the application, appeal or removal that a rule's task is about; nothing for any other task."""
    task = promise.task
    page = PAGES.get(task.occasion.rule) if task.occasion else None
    if page is None or task.occasion is None or task.case is None or not promise.sees_case:
        return ""
    return address(page, task.case.number, task.occasion.about)


def _registration(task: Task) -> Act | None:
    """A jobseeker's registration is written down with its day; that is the end of its task."""
    asks = (f"{DAYS}:{REGISTER}:", f"{TOLD}:")
    if task.occasion is None or task.case is None or not task.occasion.cause.startswith(asks):
        return None
    return Act(_("Write down the registration"), address("jobseeker_add", task.case.number))


def _statement_row(request: StatementRequest, on: date, *, can_work: bool) -> Row:
    where = [request.case.number, request.pk]
    is_late = request.due_on < on
    receive = Act(_("Record as received"), address("statement_receive", *where))
    remind = Act(_("Remind"), address("statement_remind", *where))
    return Row(
        on=request.due_on,
        title=_("Statement expected: %(kind)s") % {"kind": request.get_kind_display()},
        client=request.case.client.name,
        case_url=request.case.get_absolute_url(),
        note=request.asked_of,
        url=request.get_absolute_url(),
        act=(remind if is_late else receive) if can_work else None,
    )


def _aging_row(aging: Aging, on: date) -> Row:
    is_old = aging.old_on < on
    title = _("%(kind)s is too old to file with") if is_old else _("File before it is too old: %(kind)s")
    url = address("application", aging.case_number, aging.application_id)
    note = _("%(benefit)s · statement of %(day)s")
    return Row(
        on=aging.old_on,
        title=title % {"kind": aging.kind_label},
        client=aging.client,
        case_url=address("case", aging.case_number),
        note=note % {"benefit": capfirst(aging.benefit.name), "day": day(aging.written_on)},
        url=url,
        act=Act(_("Open"), url),
    )


def _note(application: Application) -> str:
    return f"{payer_of(application)}, {application.benefit.name}"
