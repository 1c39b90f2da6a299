"""How what is open in a case is named, in words that do for a page and for the client's paper."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from casework.applications.appeal_days import level_title, stage_of
from casework.cases.open_ends import End
from casework.endings.queries import Settled
from casework.law.deadlines import AppealLevel
from casework.models import Appeal, Application, Decision, OpenEnd, Removal, Task
from tenants.display import day, moment

Kind = OpenEnd.Kind
WITH_PAGE = frozenset(
    {
        Kind.CLOCK,
        Kind.CHECK,
        Kind.APPEAL,
        Kind.REMOVAL,
        Kind.APPLICATION,
        Kind.CONTINUATION,
        Kind.JOBSEEKER,
        Kind.CARE,
        Kind.STATEMENT,
        Kind.VISIT,
    }
)


@dataclass(frozen=True)
class SettledRow:
    """What became of an open end, as a row of the closed case."""

    title: str
    holder: str
    reason: str
    since: date
    place: str  # where the thing itself is shown, if it has a page
    url: str


def title(end: End) -> str:
    """Name what is open."""
    return _TITLES[end.kind](end.row)


def when(end: End) -> str:
    """Say its day, if it has one that its title does not say."""
    if end.on is None or end.kind in (Kind.VISIT, Kind.AGENDA):
        return ""
    is_last = end.kind in (Kind.CLOCK, Kind.APPEAL)
    return (_("last day %(day)s") if is_last else _("by %(day)s")) % {"day": day(end.on)}


def settled_rows(found: Iterable[Settled]) -> list[SettledRow]:
    """Describe what became of open ends."""
    return [
        SettledRow(
            title=title(one.about),
            holder=holder(one.end),
            reason=one.end.reason,
            since=one.end.since,
            place=one.about.row.get_absolute_url() if one.end.kind in WITH_PAGE else "",
            url=one.end.get_absolute_url(),
        )
        for one in found
    ]


def holder(end: OpenEnd) -> str:
    """Say who has it: a colleague by name, and of the estate's who follows it here."""
    label = str(end.get_holder_display())
    if end.holder == OpenEnd.Holder.COLLEAGUE and end.keeper:
        return str(end.keeper.name)
    return _("%(holder)s; %(name)s follows it") % {"holder": label, "name": end.keeper.name} if end.keeper else label


def clock_title(decision: Decision) -> str:
    """Name the time of appeal that runs against a decision."""
    stage = stage_of(decision.application, decision.notice_on, AppealLevel.FIRST)
    if decision.application.benefit.employer_applies:
        text = _("The employer's appeal against the decision of %(day)s: %(benefit)s (delivered to: %(decider)s)")
    elif stage is not None and stage.is_review:
        text = _("Request for review of the decision of %(day)s: %(benefit)s (delivered to: %(decider)s)")
    else:
        text = _("Appeal against the decision of %(day)s: %(benefit)s (delivered to: %(decider)s)")
    return text % (_names(decision.application) | {"day": day(decision.decided_on)})


def level_and_benefit(appeal: Appeal) -> str:
    """Name an appeal by its level and what it is about."""
    return f"{level_title(appeal)}: {_names(appeal.decision.application)['benefit']}"


def _appeal(appeal: Appeal) -> str:
    if appeal.is_draft:
        return clock_title(appeal.decision) if appeal.is_first_level else level_and_benefit(appeal)
    return _("%(appeal)s (sent, the ruling is awaited)") % {"appeal": level_and_benefit(appeal)}


def removal_title(removal: Removal) -> str:
    """Name an application for removal by the decision it is about."""
    known = _names(removal.decision.application) | {"day": day(removal.decision.decided_on)}
    if removal.is_draft:
        return _("Application for removal of the decision of %(day)s, in preparation: %(benefit)s") % known
    return _("Application for removal of the decision of %(day)s, the answer is awaited: %(benefit)s") % known


def _check(decision: Decision) -> str:
    names = _names(decision.application) | {"day": day(decision.decided_on)}
    return _("Check of the decision of %(day)s: %(benefit)s") % names


def _application(application: Application) -> str:
    if application.benefit.is_care_referral:
        text = _("Referral: %(benefit)s")
    elif application.is_draft:
        text = _("Application in preparation: %(benefit)s (receiver: %(decider)s)")
    elif application.is_returned:
        return capfirst(_("%(decider)s asked for more information: %(benefit)s") % _names(application))
    else:
        text = _("Application under way: %(benefit)s (decider: %(decider)s)")
    return text % _names(application)


def _continuation(application: Application) -> str:
    return capfirst(_("%(benefit)s ends: its continuation (receiver: %(decider)s)") % _names(application))


def _jobseeker(application: Application) -> str:
    return capfirst(_("%(benefit)s ends: registration as a jobseeker") % _names(application))


def _care_referral(referral: Any) -> str:
    if referral.is_draft:
        return _("Referral to a rehabilitation assessment clinic, in preparation")
    return _("Referral to a rehabilitation assessment clinic, under way")


def _statement(request: Any) -> str:
    return _("%(kind)s, asked %(day)s") % {"kind": request.get_kind_display(), "day": day(request.asked_on)}


def _visit(appointment: Any) -> str:
    return f"{appointment.get_kind_display()}, {moment(appointment.starts_at)}"


def _agenda(item: Any) -> str:
    return _("Agenda of the meeting of %(day)s") % {"day": day(item.meeting.starts_at)}


def _task(task: Task) -> str:
    return _("Task: %(title)s (%(name)s)") % {"title": task.title, "name": task.assignee.name}


def _description(row: Any) -> str:
    return _("Description of work and functional ability, in preparation")


def _names(application: Application) -> dict[str, str]:
    return {"benefit": application.benefit.name_in_sentence, "decider": application.decider.name_in_sentence}


_TITLES: Mapping[str, Callable[[Any], str]] = {
    Kind.CLOCK: clock_title,
    Kind.CHECK: _check,
    Kind.APPEAL: _appeal,
    Kind.REMOVAL: removal_title,
    Kind.APPLICATION: _application,
    Kind.CONTINUATION: _continuation,
    Kind.JOBSEEKER: _jobseeker,
    Kind.CARE: _care_referral,
    Kind.STATEMENT: _statement,
    Kind.VISIT: _visit,
    Kind.AGENDA: _agenda,
    Kind.TASK: _task,
    Kind.DESCRIPTION: _description,
}
