"""What a client's withdrawal ends and what goes on, in plain words that do for the page and for the client's paper."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.applications.appeal_days import level_title, stage_of
from casework.applications.certainty import of_last_day
from casework.applications.waiting import AppealClock
from casework.consents.presenters import title
from casework.law.deadlines import AppealLevel
from casework.law.phases import Phase
from casework.models import Appeal, Application, Appointment, Decision, StatementRequest
from casework.withdrawals.queries import Remains, Stops
from tenants.display import day, moment

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What a coordinator should think of when a client leaves in that phase.
ADVICE: "dict[Phase, StrOrPromise]" = {
    Phase.CONTACT: gettext_lazy(
        "Nothing has been begun with the client. The case closes. The referring party may ask why."
    ),
    Phase.MAPPING: gettext_lazy("What was mapped stays in the case. The client may ask for a copy of it."),
    Phase.ASSESSING: gettext_lazy(
        "Open requests for statements are cancelled. Tell those who were asked. Statements that came stay in the case, "
        "and the client may ask for copies of them."
    ),
    Phase.APPLYING: gettext_lazy(
        "An application is written but not sent. Give the papers to the client: they can send the application "
        "themselves."
    ),
    Phase.WAITING: gettext_lazy(
        "The decider goes on and sends the decision to the client. Tell the client to look at it at once, because the "
        "time of appeal runs from it."
    ),
    Phase.CHECKING: gettext_lazy(
        "A decision has not been checked together with the client. Tell when the appeal period ends. The client can "
        "appeal alone or with the help of a legal aid office."
    ),
    Phase.APPEALING: gettext_lazy(
        "The handling of an appeal that was sent goes on without the service. An unfinished one is sent by the client "
        "before the appeal period ends: give it to them."
    ),
    Phase.FOLLOW_UP: gettext_lazy("The direction is clear. Follow-up ends, and the client is no longer contacted."),
}


@dataclass(frozen=True)
class Ending:
    """One kind of thing that ends."""

    label: str
    lines: list[str]


@dataclass(frozen=True)
class LastDay:
    """A last day that runs on: the client's own to keep. Without a safe day there is only the last one."""

    what: str
    on: date
    safe_on: date | None


def endings(stops: Stops) -> list[Ending]:
    """Name what ends, kind by kind; nothing of a kind leaves it out. Places are not told."""
    found = [
        Ending(_("Consents"), [title(consent) for consent in stops.consents]),
        Ending(_("Visits"), [_visit(appointment) for appointment in stops.appointments]),
        Ending(_("Team meetings"), [_("off the agenda of %(day)s") % {"day": day(on)} for on in _meeting_days(stops)]),
        Ending(_("Statements asked for"), [_request(request) for request in stops.requests]),
    ]
    return [ending for ending in found if ending.lines]


def task_count(stops: Stops) -> str:
    """Say how many tasks are open."""
    number = len(stops.tasks)
    return ngettext("%(number)d open task", "%(number)d open tasks", number) % {"number": number} if number else ""


def goes_on(remains: Remains) -> list[str]:
    """Say of each application and appeal that is under way what happens to it without the service."""
    return [capfirst(line) for line in (*map(_application, remains.applications), *map(_appeal, remains.appeals))]


def last_days(remains: Remains) -> list[LastDay]:
    """The days that run, the nearest first."""
    clocks = [_clock(clock) for clock in remains.clocks]
    answers = [
        LastDay(capfirst(_("%(decider)s asked for more information: %(benefit)s") % _names(one)), one.more_due_on, None)
        for one in remains.answers_due
        if one.more_due_on
    ]
    return sorted([*clocks, *answers], key=lambda last: last.on)


def _visit(appointment: Appointment) -> str:
    return f"{appointment.get_kind_display()}, {moment(appointment.starts_at)}"


def _meeting_days(stops: Stops) -> list[date]:
    return [item.meeting.starts_at for item in stops.agenda]


def _request(request: StatementRequest) -> str:
    return _("%(kind)s, asked %(day)s") % {"kind": request.get_kind_display(), "day": day(request.asked_on)}


def _application(application: Application) -> str:
    if application.benefit.is_care_referral:
        text = _referral(application)
    elif application.is_draft:
        text = _("%(benefit)s: the application is not sent yet. You can send it yourself. Receiver: %(decider)s.")
    else:
        text = _(
            "%(benefit)s: %(decider)s goes on handling the application and sends the decision straight to the "
            "applicant."
        )
    return text % _names(application)


def _referral(application: Application) -> str:
    """A referral to care is sent by a doctor, and brings no decision."""
    if application.is_draft:
        return _("%(benefit)s: the referral is not sent yet. A doctor sends it.")
    return _("%(benefit)s: the referral is sent. The clinic contacts the client itself.")


def _appeal(appeal: Appeal) -> str:
    if appeal.is_draft:
        text = _("%(benefit)s: the appeal is written but not sent.")
    else:
        text = _(
            "%(benefit)s: the appeal is sent and its handling goes on. The ruling is sent straight to the applicant."
        )
    return text % _names(appeal.decision.application)


def _clock(clock: AppealClock) -> LastDay:
    names = _names(clock.application)
    if isinstance(clock.of, Decision):
        names["day"] = day(clock.of.decided_on)
        what = _first_level(clock.of) % names
    else:
        what = f"{level_title(clock.of)}: {names['benefit']}"
    known = of_last_day(clock.of)
    return LastDay(f"{what} ({known})" if known else what, clock.last_day, clock.safe_day)


def _first_level(decision: Decision) -> str:
    stage = stage_of(decision.application, decision.notice_on, AppealLevel.FIRST)
    if stage is not None and stage.is_review:
        return _("Request for review of the decision of %(day)s: %(benefit)s (delivered to: %(decider)s)")
    return _("Appeal against the decision of %(day)s: %(benefit)s (delivered to: %(decider)s)")


def _names(application: Application) -> dict[str, str]:
    return {"benefit": application.benefit.name_in_sentence, "decider": application.decider.name_in_sentence}
