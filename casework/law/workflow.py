"""The life of everything that has steps: which step may follow which, and by whom. Pure."""

import enum
from collections.abc import Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenants.accounts.permissions import Permission
from tenants.errors import Refusal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ApplicationState(enum.StrEnum):
    """Where an application stands; `RETURNED` waits for us, `FILED` waits for the decider."""

    DRAFT = "draft"
    FILED = "filed"
    RETURNED = "returned"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class AppealState(enum.StrEnum):
    """Where an appeal stands: `FILED` is with the decider or the court, `FORWARDED` was passed on to the board."""

    DRAFT = "draft"
    FILED = "filed"
    FORWARDED = "forwarded"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class RemovalState(enum.StrEnum):
    """Where an application for the removal of a final decision stands."""

    DRAFT = "draft"
    FILED = "filed"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class StatementState(enum.StrEnum):
    """Where a statement request stands; a statement that was sent back is awaited again."""

    ASKED = "asked"
    RETURNED = "returned"
    RECEIVED = "received"
    CANCELLED = "cancelled"


class CareState(enum.StrEnum):
    """Where a referral to a clinic stands; `RETURNED` waits for who refers, `COMPLAINED` for the unit that refused."""

    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    COMPLAINED = "complained"
    EXAMINED = "examined"
    REPORTED = "reported"
    WITHDRAWN = "withdrawn"


class AppointmentState(enum.StrEnum):
    """Where a visit stands."""

    PLANNED = "planned"
    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"


class MeetingState(enum.StrEnum):
    """Where a meeting stands; closed are its minutes, with which the team's right to see ends."""

    PLANNED = "planned"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class MinutesState(enum.StrEnum):
    """Where the minutes of one case stand, on the agenda of a meeting that is planned."""

    DRAFT = "draft"
    FINAL = "final"
    WITHDRAWN = "withdrawn"


class DescriptionState(enum.StrEnum):
    """Where one version of a description stands."""

    DRAFT = "draft"
    SIGNED = "signed"


class ReferralState(enum.StrEnum):
    """Where a referral stands; a returned one waits for the referring party."""

    NEW = "new"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True)
class Transition:
    """One step: its name, the states it may start from, the state it leads to, who may take it, its trace.

    `is_chairs`: of those with the permission, the chair of the meeting alone.
    """

    step: str
    sources: Set[str]
    target: str
    permission: Permission
    audit: str = field(kw_only=True)
    is_chairs: bool = field(default=False, kw_only=True)


type Table = tuple[Transition, ...]


class StepNotAllowed(Refusal):
    """The object is not in a state from which this step leads anywhere."""

    user_message = _("This can no longer be done, because the state is now “%(state)s”. Load the page again.")


_A = ApplicationState
_P = AppealState
_L = RemovalState
_S = StatementState
_C = CareState
_V = AppointmentState
_M = MeetingState
_N = MinutesState
_D = DescriptionState
_R = ReferralState

APPLICATION: Table = (
    Transition("file", {_A.DRAFT}, _A.FILED, Permission.WORK_CASE, audit="application.filed"),
    Transition("ask_for_more", {_A.FILED}, _A.RETURNED, Permission.WORK_CASE, audit="application.more_asked"),
    Transition("supply", {_A.RETURNED}, _A.FILED, Permission.WORK_CASE, audit="application.supplied"),
    Transition("decide", {_A.FILED, _A.RETURNED}, _A.DECIDED, Permission.WORK_CASE, audit="application.decided"),
    Transition("decide_further", {_A.DECIDED}, _A.DECIDED, Permission.WORK_CASE, audit="application.decided"),
    Transition("re_examine", {_A.DECIDED}, _A.FILED, Permission.WORK_CASE, audit="application.re_examination"),
    Transition("decide_anew", {_A.DECIDED}, _A.FILED, Permission.WORK_CASE, audit="application.decided_anew"),
    Transition("annul", {_A.DECIDED}, _A.FILED, Permission.WORK_CASE, audit="application.annulled"),
    Transition(
        "withdraw", {_A.DRAFT, _A.FILED, _A.RETURNED}, _A.WITHDRAWN, Permission.WORK_CASE, audit="application.withdrawn"
    ),
    Transition(
        "withdraw_request",
        {_A.FILED, _A.RETURNED},
        _A.DECIDED,
        Permission.WORK_CASE,
        audit="application.request_withdrawn",
    ),
)

APPEAL: Table = (
    Transition("file", {_P.DRAFT}, _P.FILED, Permission.WORK_CASE, audit="appeal.filed"),
    Transition("correct_in_part", {_P.FILED}, _P.FILED, Permission.WORK_CASE, audit="appeal.partly_corrected"),
    Transition(
        "correct_in_full",
        {_P.FILED, _P.FORWARDED},
        _P.DECIDED,
        Permission.WORK_CASE,
        audit="appeal.self_corrected",
    ),
    Transition("forward", {_P.FILED}, _P.FORWARDED, Permission.WORK_CASE, audit="appeal.forwarded"),
    Transition("ask_comment", {_P.FILED}, _P.FILED, Permission.WORK_CASE, audit="appeal.comment_asked"),
    Transition("ask_comment", {_P.FORWARDED}, _P.FORWARDED, Permission.WORK_CASE, audit="appeal.comment_asked"),
    Transition("comment", {_P.FILED}, _P.FILED, Permission.WORK_CASE, audit="appeal.commented"),
    Transition("comment", {_P.FORWARDED}, _P.FORWARDED, Permission.WORK_CASE, audit="appeal.commented"),
    Transition("decide", {_P.FILED, _P.FORWARDED}, _P.DECIDED, Permission.WORK_CASE, audit="appeal.decided"),
    Transition(
        "withdraw",
        {_P.DRAFT, _P.FILED, _P.FORWARDED},
        _P.WITHDRAWN,
        Permission.WORK_CASE,
        audit="appeal.withdrawn",
    ),
)

REMOVAL: Table = (
    Transition("file", {_L.DRAFT}, _L.FILED, Permission.WORK_CASE, audit="removal.filed"),
    Transition("answer", {_L.FILED}, _L.ANSWERED, Permission.WORK_CASE, audit="removal.answered"),
    Transition("withdraw", {_L.DRAFT, _L.FILED}, _L.WITHDRAWN, Permission.WORK_CASE, audit="removal.withdrawn"),
)

# To remind moves the day, not the state.
STATEMENT: Table = (
    Transition("remind", {_S.ASKED}, _S.ASKED, Permission.WORK_CASE, audit="statement.reminded"),
    Transition("remind", {_S.RETURNED}, _S.RETURNED, Permission.WORK_CASE, audit="statement.reminded"),
    Transition(
        "send_back",
        {_S.ASKED, _S.RETURNED, _S.RECEIVED},
        _S.RETURNED,
        Permission.WORK_CASE,
        audit="statement.sent_back",
    ),
    Transition(
        "receive",
        {_S.ASKED, _S.RETURNED, _S.CANCELLED},
        _S.RECEIVED,
        Permission.WORK_CASE,
        audit="statement.received",
    ),
    Transition("cancel", {_S.ASKED, _S.RETURNED}, _S.CANCELLED, Permission.WORK_CASE, audit="statement.cancelled"),
)

# A referral to care brings no decision: who was refused may complain to the unit, and a unit may change its mind. The
# report may come without anybody having heard of the examination.
CARE_REFERRAL: Table = (
    Transition("send", {_C.DRAFT}, _C.SENT, Permission.WORK_CASE, audit="care_referral.sent"),
    Transition("ask_for_more", {_C.SENT}, _C.RETURNED, Permission.WORK_CASE, audit="care_referral.more_asked"),
    Transition("supply", {_C.RETURNED}, _C.SENT, Permission.WORK_CASE, audit="care_referral.supplied"),
    Transition(
        "accept", {_C.SENT, _C.RETURNED, _C.REFUSED}, _C.ACCEPTED, Permission.WORK_CASE, audit="care_referral.accepted"
    ),
    Transition("refuse", {_C.SENT, _C.RETURNED}, _C.REFUSED, Permission.WORK_CASE, audit="care_referral.refused"),
    Transition("complain", {_C.REFUSED}, _C.COMPLAINED, Permission.WORK_CASE, audit="care_referral.complained"),
    Transition(
        "answer_complaint",
        {_C.COMPLAINED},
        _C.REFUSED,
        Permission.WORK_CASE,
        audit="care_referral.complaint_answered",
    ),
    Transition("examine", {_C.ACCEPTED}, _C.EXAMINED, Permission.WORK_CASE, audit="care_referral.examined"),
    Transition("report", {_C.ACCEPTED, _C.EXAMINED}, _C.REPORTED, Permission.WORK_CASE, audit="care_referral.reported"),
    Transition(
        "withdraw",
        {_C.DRAFT, _C.SENT, _C.RETURNED, _C.ACCEPTED, _C.COMPLAINED, _C.EXAMINED},
        _C.WITHDRAWN,
        Permission.WORK_CASE,
        audit="care_referral.withdrawn",
    ),
)

# A debrief is the proof that it was held after all. What changes or prepares it leaves it planned.
APPOINTMENT: Table = (
    Transition("change", {_V.PLANNED}, _V.PLANNED, Permission.WORK_CASE, audit="appointment.changed"),
    Transition("prepare", {_V.PLANNED}, _V.PLANNED, Permission.WORK_CASE, audit="appointment.prepared"),
    Transition("cancel", {_V.PLANNED}, _V.CANCELLED, Permission.WORK_CASE, audit="appointment.cancelled"),
    Transition("miss", {_V.PLANNED}, _V.MISSED, Permission.WORK_CASE, audit="appointment.missed"),
    Transition("debrief", {_V.PLANNED, _V.MISSED, _V.HELD}, _V.HELD, Permission.WORK_CASE, audit="appointment.held"),
)

MEETING: Table = (
    Transition("change", {_M.PLANNED}, _M.PLANNED, Permission.WORK_CASE, audit="meeting.changed"),
    Transition("cancel", {_M.PLANNED}, _M.CANCELLED, Permission.WORK_CASE, audit="meeting.cancelled"),
    Transition("close", {_M.PLANNED}, _M.CLOSED, Permission.WORK_CASE, audit="meeting.closed"),
)

# Of one case; only while its meeting is planned. The chair alone opens final minutes again.
MINUTES: Table = (
    Transition("write", {_N.DRAFT}, _N.DRAFT, Permission.WORK_CASE, audit="minutes.saved"),
    Transition("finalise", {_N.DRAFT}, _N.FINAL, Permission.WORK_CASE, audit="minutes.finalised"),
    Transition("reopen", {_N.FINAL}, _N.DRAFT, Permission.WORK_CASE, audit="minutes.reopened", is_chairs=True),
    Transition("take_off", {_N.DRAFT}, _N.WITHDRAWN, Permission.WORK_CASE, audit="agenda.taken_off"),
)

DESCRIPTION: Table = (
    Transition("edit", {_D.DRAFT}, _D.DRAFT, Permission.WORK_CASE, audit="description.edited"),
    Transition("bring_in", {_D.DRAFT}, _D.DRAFT, Permission.WORK_CASE, audit="description.brought_in"),
    Transition("sign", {_D.DRAFT}, _D.SIGNED, Permission.WORK_CASE, audit="description.signed"),
)

_OPEN = frozenset({_R.NEW, _R.RETURNED})
REFERRAL: Table = (
    Transition("supplement", _OPEN, _R.NEW, Permission.ACCEPT_REFERRAL, audit="referral.new"),
    Transition("return_for_more", _OPEN, _R.RETURNED, Permission.ACCEPT_REFERRAL, audit="referral.returned"),
    Transition("accept", _OPEN, _R.ACCEPTED, Permission.ACCEPT_REFERRAL, audit="referral.accepted"),
    Transition("decline", _OPEN, _R.DECLINED, Permission.ACCEPT_REFERRAL, audit="referral.declined"),
    Transition("come_again", {_R.DECLINED}, _R.NEW, Permission.ACCEPT_REFERRAL, audit="referral.came_again"),
)

APPLICATION_STATE_LABELS: "dict[str, StrOrPromise]" = {
    _A.DRAFT.value: _("In preparation"),
    _A.FILED.value: _("Waiting for a decision"),
    _A.RETURNED.value: _("More information requested"),
    _A.DECIDED.value: _("Decided"),
    _A.WITHDRAWN.value: _("Withdrawn"),
}
APPEAL_STATE_LABELS: "dict[str, StrOrPromise]" = {
    _P.DRAFT.value: _("In preparation"),
    _P.FILED.value: pgettext_lazy("appeal", "Filed"),
    _P.FORWARDED.value: pgettext_lazy("appeal", "Passed on to the board"),
    _P.DECIDED.value: pgettext_lazy("appeal", "Decided"),
    _P.WITHDRAWN.value: pgettext_lazy("appeal", "Withdrawn"),
}
REMOVAL_STATE_LABELS: "dict[str, StrOrPromise]" = {
    _L.DRAFT.value: _("In preparation"),
    _L.FILED.value: pgettext_lazy("removal", "Filed"),
    _L.ANSWERED.value: pgettext_lazy("removal", "Answered"),
    _L.WITHDRAWN.value: pgettext_lazy("removal", "Withdrawn"),
}
STATEMENT_STATE_LABELS: "dict[str, StrOrPromise]" = {
    _S.ASKED.value: pgettext_lazy("statement", "Asked"),
    _S.RETURNED.value: pgettext_lazy("statement", "Sent back as insufficient"),
    _S.RECEIVED.value: pgettext_lazy("statement", "Received"),
    _S.CANCELLED.value: pgettext_lazy("statement", "No longer needed"),
}
CARE_STATE_LABELS: "dict[str, StrOrPromise]" = {
    _C.DRAFT.value: _("In preparation"),
    _C.SENT.value: pgettext_lazy("care referral", "Sent, an answer is awaited"),
    _C.RETURNED.value: _("More information requested"),
    _C.ACCEPTED.value: pgettext_lazy("care referral", "Accepted"),
    _C.REFUSED.value: pgettext_lazy("care referral", "Refused"),
    _C.COMPLAINED.value: pgettext_lazy("care referral", "Refused, a complaint is under way"),
    _C.EXAMINED.value: pgettext_lazy("care referral", "Examined, the report is awaited"),
    _C.REPORTED.value: pgettext_lazy("care referral", "The report has come"),
    _C.WITHDRAWN.value: pgettext_lazy("care referral", "Withdrawn"),
}
APPOINTMENT_STATE_LABELS: "dict[str, StrOrPromise]" = {
    _V.PLANNED.value: _("Planned"),
    _V.HELD.value: _("Held"),
    _V.MISSED.value: _("The client did not come"),
    _V.CANCELLED.value: pgettext_lazy("appointment", "Cancelled"),
}
MEETING_STATE_LABELS: "dict[str, StrOrPromise]" = {
    _M.PLANNED.value: pgettext_lazy("meeting", "Planned"),
    _M.CLOSED.value: pgettext_lazy("meeting", "Minutes closed"),
    _M.CANCELLED.value: pgettext_lazy("meeting", "Cancelled"),
}
MINUTES_STATE_LABELS: "dict[str, StrOrPromise]" = {
    _N.DRAFT.value: pgettext_lazy("minutes", "Draft"),
    _N.FINAL.value: pgettext_lazy("minutes", "Final"),
    _N.WITHDRAWN.value: pgettext_lazy("minutes", "Taken off the agenda"),
}
DESCRIPTION_STATE_LABELS: "dict[str, StrOrPromise]" = {
    _D.DRAFT.value: pgettext_lazy("description", "Draft"),
    _D.SIGNED.value: pgettext_lazy("description", "Signed"),
}
REFERRAL_STATE_LABELS: "dict[str, StrOrPromise]" = {
    _R.NEW.value: _("New"),
    _R.RETURNED.value: _("Returned for more information"),
    _R.ACCEPTED.value: _("Accepted"),
    _R.DECLINED.value: _("Declined"),
}
WAITING = frozenset({_A.FILED, _A.RETURNED})  # somebody outside has it, and a decision will come
UNDER_WAY = WAITING | {_A.DRAFT}
APPEAL_ANSWER_AWAITED = frozenset({_P.FILED, _P.FORWARDED})
APPEAL_UNDER_WAY = APPEAL_ANSWER_AWAITED | {_P.DRAFT}
REMOVAL_UNDER_WAY = frozenset({_L.DRAFT, _L.FILED})
CARE_UNDER_WAY = frozenset({_C.DRAFT, _C.SENT, _C.RETURNED, _C.ACCEPTED, _C.COMPLAINED, _C.EXAMINED})
AWAITED = frozenset({_S.ASKED, _S.RETURNED})  # a statement that somebody has promised


def transition(table: Table, state: str, step: str) -> Transition | None:
    """Find the step that starts from a state, None when it may not be taken there."""
    return next((found for found in table if found.step == step and state in found.sources), None)


def required(table: Table, state: str, step: str, *, labels: "dict[str, StrOrPromise]") -> Transition:
    """Find the step that starts from a state.

    Raises:
        StepNotAllowed: the step may not be taken from there; its sentence names the state by its label.
    """
    found = transition(table, state, step)
    if found is None:
        raise StepNotAllowed(state=labels[state])
    return found


def was_taken(table: Table, state: str, step: str) -> bool:
    """Tell whether a step leads to where the object stands already, and not on from there: taking it twice is well."""
    return transition(table, state, step) is None and any(
        found.step == step and found.target == state for found in table
    )


def steps_from(table: Table, state: str) -> tuple[str, ...]:
    """Answer the steps that may be taken from a state, in the order of the table."""
    return tuple(found.step for found in table if state in found.sources)


def diagram(table: Table, *, start: str) -> str:
    """Draw a table as a mermaid state diagram, as it stands in deploy/workflows.md."""
    lines = ["stateDiagram-v2", f"    [*] --> {start}"]
    states = dict.fromkeys([start, *(found.target for found in table)])
    for state in states:
        lines += [f"    {state} --> {found.target}: {found.step}" for found in table if state in found.sources]
    lines += [f"    {state} --> [*]" for state in states if not steps_from(table, state)]
    return "\n".join(lines)
