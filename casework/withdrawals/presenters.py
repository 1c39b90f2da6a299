"""What goes on when a client withdraws, in plain words that do for the page and for the client's paper."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.applications.appeal_days import words_of
from casework.applications.certainty import of_last_day
from casework.applications.waiting import AppealClock
from casework.endings.presenters import clock_title, level_and_benefit
from casework.law.phases import Phase
from casework.models import Appeal, Application, CareReferral, Decision, Removal
from casework.withdrawals.queries import Remains
from tenants.display import day

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
class LastDay:
    """A last day that runs on: the client's own to keep. Without a safe day there is only the last one."""

    what: str
    on: date
    safe_on: date | None


def goes_on(remains: Remains) -> list[str]:
    """Say of all that is under way with others what happens to it without the service."""
    lines = [
        *map(_application, remains.applications),
        *map(_care_referral, remains.care_referrals),
        *map(_appeal, remains.appeals),
        *map(_removal, remains.removals),
    ]
    return [capfirst(line) for line in lines]


def last_days(remains: Remains) -> list[LastDay]:
    """The days that run, the nearest first."""
    clocks = [_clock(clock) for clock in remains.clocks]
    answers = [
        LastDay(capfirst(_("%(decider)s asked for more information: %(benefit)s") % _names(one)), one.more_due_on, None)
        for one in remains.answers_due
        if one.more_due_on
    ]
    asked = [
        LastDay(_("More information to the clinic"), one.more_due_on, None)
        for one in remains.care_referrals
        if one.is_returned and one.more_due_on
    ]
    return sorted([*clocks, *answers, *asked], key=lambda last: last.on)


def _application(application: Application) -> str:
    if application.benefit.is_care_referral:
        text = _referral(application)
    elif application.is_draft and application.benefit.employer_applies:
        text = _("%(benefit)s: the employer applies, and can send the application itself. Receiver: %(decider)s.")
    elif application.is_draft:
        text = _("%(benefit)s: the application is not sent yet. You can send it yourself. Receiver: %(decider)s.")
    else:
        text = _(
            "%(benefit)s: %(decider)s goes on handling the application and sends the decision straight to the "
            "applicant."
        )
    return text % _names(application)


def _care_referral(referral: CareReferral) -> str:
    return _referral(referral) % {"benefit": referral.benefit.name_in_sentence}


def _referral(found: Application | CareReferral) -> str:
    """A referral to care is sent by a doctor, and brings no decision."""
    if found.is_draft:
        return _("%(benefit)s: the referral is not sent yet. A doctor sends it.")
    return _("%(benefit)s: the referral is sent. The clinic contacts the client itself.")


def _appeal(appeal: Appeal) -> str:
    words = words_of(appeal)
    return str(words.not_sent if appeal.is_draft else words.goes_on) % _names(appeal.decision.application)


def _removal(removal: Removal) -> str:
    text = _("%(benefit)s: the application for removal of the decision of %(day)s goes on. The answer comes to you.")
    if removal.is_draft:
        text = _("%(benefit)s: the application for removal of the decision of %(day)s is not sent. You can send it.")
    return text % (_names(removal.decision.application) | {"day": day(removal.decision.decided_on)})


def _clock(clock: AppealClock) -> LastDay:
    what = clock_title(clock.of) if isinstance(clock.of, Decision) else level_and_benefit(clock.of)
    known = of_last_day(clock.of)
    return LastDay(f"{what} ({known})" if known else what, clock.last_day, clock.safe_day)


def _names(application: Application) -> dict[str, str]:
    return {"benefit": application.benefit.name_in_sentence, "decider": application.decider.name_in_sentence}
