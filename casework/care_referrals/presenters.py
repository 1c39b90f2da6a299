"""What pages say of a referral to a clinic: where it stands, what is awaited by when, and what may be done next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from casework.applications.presenters import Due
from casework.care_referrals.correcting import has_step_to_take_back
from casework.figures.queries import own_figures
from casework.law import care_referrals as rules
from casework.law import figures, workflow
from casework.law.origins import Origin
from casework.law.practice import Measure, practice
from casework.law.workflow import CARE_STATE_LABELS, CareState
from casework.models import CareReferral
from tenants.components import Step
from tenants.display import day, distance, urgency, weekday_day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TONES = {
    CareState.SENT: "info",
    CareState.RETURNED: "warning",
    CareState.ACCEPTED: "success",
    CareState.REFUSED: "danger",
    CareState.COMPLAINED: "warning",
    CareState.EXAMINED: "info",
    CareState.REPORTED: "success",
}
AWAITED: "dict[str, StrOrPromise]" = {
    CareState.DRAFT: gettext_lazy(
        "A doctor writes and sends the referral. Record it here when it has gone: from then on an answer is awaited."
    ),
    CareState.SENT: gettext_lazy("The clinic reads the referral. It invites the client, asks for more, or refuses."),
    CareState.RETURNED: gettext_lazy("The clinic answers when it has what it asked for."),
    CareState.ACCEPTED: gettext_lazy("The client goes to the examinations. The clinic then writes a report."),
    CareState.REFUSED: gettext_lazy(
        "The clinic does not take the client on this referral. A doctor can send a new one, and the client can "
        "complain to the unit."
    ),
    CareState.COMPLAINED: gettext_lazy("The unit answers the complaint."),
    CareState.EXAMINED: gettext_lazy(
        "The report tells the plan, the view of work ability and the stance on a pension. Ask for it for the "
        "applications that follow."
    ),
    CareState.REPORTED: gettext_lazy(
        "The report is here. Go through it with the client, and begin what it recommends."
    ),
    CareState.WITHDRAWN: gettext_lazy("Nothing is awaited. To begin again, write down a new referral."),
}
# What is offered as the button, by the state; the other steps stand beside it.
NEXT = {
    CareState.DRAFT: "send",
    CareState.SENT: "accept",
    CareState.RETURNED: "supply",
    CareState.ACCEPTED: "examine",
    CareState.REFUSED: "complain",
    CareState.COMPLAINED: "answer_complaint",
    CareState.EXAMINED: "report",
}
LABELS: "dict[str, StrOrPromise]" = {
    "send": gettext_lazy("Record as sent"),
    "ask_for_more": gettext_lazy("Record a request for more"),
    "supply": gettext_lazy("More information sent"),
    "accept": gettext_lazy("Record as accepted"),
    "refuse": gettext_lazy("Record as refused"),
    "complain": gettext_lazy("Record a complaint"),
    "answer_complaint": gettext_lazy("Record the answer to the complaint"),
    "examine": gettext_lazy("Record as examined"),
    "report": gettext_lazy("Record the report"),
    "withdraw": gettext_lazy("Withdraw the referral"),
}
ICONS = {
    "send": "send",
    "ask_for_more": "file-exclamation-point",
    "supply": "file-check",
    "accept": "calendar-check",
    "refuse": "x",
    "complain": "mail",
    "answer_complaint": "mail-open",
    "examine": "stethoscope",
    "report": "file-check",
    "withdraw": "undo-2",
}


@dataclass(frozen=True)
class Act:
    """A step that may be taken, and where."""

    label: "StrOrPromise"
    url: str
    icon: str


@dataclass(frozen=True)
class Card:
    """A referral as its page and the list of the case show it. `origin`: of the usual time behind `due`."""

    title: str
    tag: "StrOrPromise"
    tone: str
    steps: Sequence[Step]
    awaited: "StrOrPromise"
    due: Due | None
    origin: Origin | None
    next_act: Act | None
    acts: Sequence[Act]
    has_step_to_take_back: bool


def card(referral: CareReferral, *, today: date) -> Card:
    """Describe a referral."""
    state = CareState(referral.state)
    allowed = workflow.steps_from(workflow.CARE_REFERRAL, state)
    following = NEXT.get(state)
    return Card(
        title=title(),
        tag=CARE_STATE_LABELS[state],
        tone=TONES.get(state, "neutral"),
        steps=_steps(referral),
        awaited=AWAITED[state],
        due=_due(referral, today=today),
        origin=_origin(referral, today=today),
        next_act=_act(referral, following) if following else None,
        acts=[_act(referral, step) for step in allowed if step != following],
        has_step_to_take_back=has_step_to_take_back(referral),
    )


def title() -> str:
    """What such a referral is called."""
    return _("Referral to a rehabilitation assessment clinic")


def begun(referral: CareReferral) -> str:
    """Say what happens now that it is written down."""
    if referral.is_draft:
        return _("The referral is written down. Record it as sent when it has gone.")
    return _("The referral is written down as sent. If no answer comes in the usual time, you get a task.")


def _act(referral: CareReferral, step: str) -> Act:
    url = reverse(f"care_referral_{step}", args=[referral.case.number, referral.pk])
    return Act(LABELS[step], url, ICONS[step])


def _steps(referral: CareReferral) -> list[Step]:
    """The stations of the way; of a step that was taken on a day nobody knows, that it is not known."""
    begun_on = (
        pgettext("care referral", "asked for %(day)s") % {"day": day(referral.asked_on)} if referral.asked_on else ""
    )
    stations = [
        Step(_("Preparation"), begun_on, _at(referral, CareState.DRAFT, is_past=referral.was_taken("send"))),
        Step(_("Sent"), _taken(referral, "send", referral.sent_on), _sent_at(referral), _sent_tone(referral)),
    ]
    if referral.state == CareState.WITHDRAWN:
        withdrawn = _taken(referral, "withdraw", referral.withdrawn_on)
        gone = Step(pgettext("care referral", "Withdrawn"), withdrawn, "now")
        return [*(station for station in stations if station.state == "done"), gone]
    if referral.is_refused:
        refused = Step(
            pgettext("care referral", "Refused"), _taken(referral, "refuse", referral.refused_on), "now", "danger"
        )
        return [*stations, refused]
    invited = _first_visit(referral) or _taken(referral, "accept", referral.accepted_on)
    is_examined = referral.was_taken("examine") or referral.was_taken("report")
    return [
        *stations,
        Step(pgettext("care referral", "Accepted"), invited, _at(referral, CareState.ACCEPTED, is_past=is_examined)),
        Step(
            pgettext("care referral", "Examined"),
            _taken(referral, "examine", referral.examined_on),
            _at(referral, CareState.EXAMINED, is_past=referral.was_taken("report")),
        ),
        Step(
            pgettext("care referral", "Report"),
            _taken(referral, "report", referral.reported_on),
            "now" if referral.state == CareState.REPORTED else "",
        ),
    ]


def _at(referral: CareReferral, state: CareState, *, is_past: bool) -> str:
    if referral.state == state:
        return "now"
    return "done" if is_past else ""


def _sent_at(referral: CareReferral) -> str:
    if referral.state in (CareState.SENT, CareState.RETURNED):
        return "now"
    return "done" if referral.was_taken("send") else ""


def _sent_tone(referral: CareReferral) -> str:
    return "warning" if referral.is_returned else ""


def _taken(referral: CareReferral, step: str, on: date | None) -> str:
    if not referral.was_taken(step):
        return ""
    return day(on) if on else _("day not known")


def _first_visit(referral: CareReferral) -> str:
    if referral.first_visit_on is None:
        return ""
    return _("first visit %(day)s") % {"day": day(referral.first_visit_on)}


def _due(referral: CareReferral, *, today: date) -> Due | None:
    if referral.is_returned:
        return _more_due(referral, today=today)
    if not referral.awaits_answer or referral.due_on is None:
        return None
    is_late = referral.due_on < today
    text = LATE[referral.state] if is_late else USUAL[referral.state] % {"day": day(referral.due_on)}
    note = distance(referral.due_on, today=today)
    return Due(str(text), note, "danger" if is_late else "", "bell-ring" if is_late else "hourglass")


USUAL: "dict[str, StrOrPromise]" = {
    CareState.SENT: gettext_lazy("An answer has usually come by %(day)s"),
    CareState.ACCEPTED: gettext_lazy("If no report has come by %(day)s, you get a task to ask for it"),
    CareState.EXAMINED: gettext_lazy("If no report has come by %(day)s, you get a task to ask for it"),
    CareState.COMPLAINED: gettext_lazy("If no answer has come by %(day)s, you get a task to ask after it"),
}
LATE: "dict[str, StrOrPromise]" = {
    CareState.SENT: gettext_lazy("The answer takes longer than usual: ask the clinic."),
    CareState.ACCEPTED: gettext_lazy("No report is recorded: ask the clinic how it stands."),
    CareState.EXAMINED: gettext_lazy("No report is recorded: ask the clinic how it stands."),
    CareState.COMPLAINED: gettext_lazy("No answer to the complaint is recorded: ask the unit."),
}


def _more_due(referral: CareReferral, *, today: date) -> Due:
    label, url = LABELS["supply"], reverse("care_referral_supply", args=[referral.case.number, referral.pk])
    if referral.more_due_on is None:
        text = _("The clinic asked for more. By when is not known: ask it.")
        return Due(text, tone="warning", label=label, url=url)
    text = _("More information by %(day)s") % {"day": weekday_day(referral.more_due_on)}
    tone = urgency(referral.more_due_on, today=today) or "warning"
    return Due(text, distance(referral.more_due_on, today=today), tone, label=label, url=url)


def _origin(referral: CareReferral, *, today: date) -> Origin | None:
    """Where the usual time comes from by which something is awaited."""
    match referral.state:
        case CareState.SENT:
            return figures.in_use(rules.answer_time(today), own_figures(today))
        case CareState.ACCEPTED | CareState.EXAMINED:
            return practice(Measure.CARE_REPORT_ASKED, today)
        case CareState.COMPLAINED:
            return practice(Measure.COMPLAINT_ASKED, today)
    return None
