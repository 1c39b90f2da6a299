"""What the pages of an application for removal show: its time and from when that is counted, its steps, its paper."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from casework.appeals.appeal_grounds import language_of
from casework.appeals.presenters import LANGUAGES
from casework.applications.finality import RemovalTime, Standing, removal_time
from casework.applications.presenters import payer_of, title_of
from casework.cases.representing import standing_of
from casework.law.placeholders import reminders
from casework.law.representing import Matter
from casework.law.workflow import REMOVAL_STATE_LABELS, RemovalState
from casework.models import Appeal, Removal
from casework.removals import letter as letters
from tenants.components import Step
from tenants.display import clock, day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TONES = {"draft": "warning", "filed": "info", "answered": "neutral", "withdrawn": "neutral"}
ANSWER_TONES = {
    Removal.Answer.REMOVED: "success",
    Removal.Answer.NOT_REMOVED: "danger",
    Removal.Answer.NOT_EXAMINED: "warning",
}
NOT_FINAL: "dict[Standing, StrOrPromise]" = {
    Standing.NOT_YET: gettext_lazy("Only a final decision can be removed. While there is time, appeal."),
    Standing.UNKNOWN: gettext_lazy("Ask the decider since when the decision is final."),
    Standing.FINAL: "",
}


def page(removal: Removal, appeals: Sequence[Appeal], *, today: date, can_work: bool) -> dict[str, Any]:
    """Everything the page of an application for removal and its forms show."""
    decision, application = removal.decision, removal.decision.application
    return {
        "case": application.case,
        "application": application,
        "decision": decision,
        "removal": removal,
        "can_work": can_work,
        "today": today,
        "benefit": title_of(application),
        "payer": payer_of(application),
        "title": _("Application for removal of a final decision"),
        "tag": removal.get_answer_display() if removal.answer else REMOVAL_STATE_LABELS[removal.state],
        "tone": ANSWER_TONES[Removal.Answer(removal.answer)] if removal.answer else TONES[removal.state],
        "steps": _steps(removal),
        "reminders": reminders(removal.grounds) if removal.is_draft else [],
        "written_in": LANGUAGES[language_of(application)],
        "receiver": letters.receiver_name(removal),
        **time_page(removal_time(decision, appeals, today=today), today=today),
    }


def time_page(known: RemovalTime | None, *, today: date) -> dict[str, Any]:
    """Until when it may be asked, from when that is counted, and what is not known of it."""
    finality = known.finality if known else None
    return {
        "time": known,
        "finality": finality,
        "is_late": known is not None and known.is_late(today),
        "not_final": NOT_FINAL[finality.standing] if finality else "",
    }


def paper_panel(removal: Removal, *, on: date) -> dict[str, Any]:
    """What the page shows of the paper."""
    representation = letters.representative_of(removal)
    standing = standing_of(representation, matter=Matter.BENEFIT, on=on) if representation else None
    return {
        "signer": letters.signer_of(removal),
        "why_unclear": standing.why if standing else "",
        "attachments": letters.attachments_of(removal),
        "sent_time": _sent_time(removal),
    }


def _sent_time(removal: Removal) -> str:
    is_known = removal.filed_on and removal.sent_time
    return clock(datetime.combine(removal.filed_on, removal.sent_time)) if is_known else ""  # type: ignore[arg-type]


def _steps(removal: Removal) -> list[Step]:
    is_older = removal.filed_on is not None and removal.drafted_on > removal.filed_on  # written down afterwards
    begun = Step(_("Preparation"), "" if is_older else day(removal.drafted_on), "now" if removal.is_draft else "done")
    filed_on = day(removal.filed_on) if removal.filed_on else ""
    filed = Step(pgettext("removal", "Filed"), filed_on, _stage(removal))
    if removal.withdrawn_on:
        withdrawn = Step(pgettext("removal", "Withdrawn"), day(removal.withdrawn_on), "now")
        return [begun, *([filed] if removal.filed_on else []), withdrawn]
    answered_on = day(removal.answered_on) if removal.answered_on else ""
    tone = "" if removal.has_removed or not removal.is_answered else "danger"
    return [begun, filed, Step(_("Answer"), answered_on, "now" if removal.is_answered else "", tone)]


def _stage(removal: Removal) -> str:
    if removal.state == RemovalState.FILED:
        return "now"
    return "done" if removal.filed_on else ""
