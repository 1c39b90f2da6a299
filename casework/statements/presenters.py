"""What pages say of a statement request: its state, what is awaited by when, and when it becomes old."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.applications.presenters import Due
from casework.law import workflow
from casework.law.workflow import STATEMENT_STATE_LABELS, StatementState
from casework.models import StatementRequest
from casework.statements import correcting
from tenants.display import day, distance, urgency, weekday_day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TONES = {StatementState.ASKED: "info", StatementState.RETURNED: "warning", StatementState.RECEIVED: "success"}


@dataclass(frozen=True)
class Card:
    """A statement request as its page shows it."""

    title: str
    tag: "StrOrPromise"
    tone: str
    reminded: str
    age_note: str
    is_old: bool
    due: Due | None
    allowed_steps: tuple[str, ...]
    has_step_to_take_back: bool


def card(request: StatementRequest, *, today: date) -> Card:
    """Describe a statement request."""
    old_on = request.old_on
    return Card(
        title=str(request.get_kind_display()),
        tag=STATEMENT_STATE_LABELS[request.state],
        tone=TONES.get(StatementState(request.state), "neutral"),
        reminded=_reminded(request),
        age_note=age_note(old_on, today=today) if old_on else "",
        is_old=old_on is not None and old_on < today,
        due=_due(request, today=today),
        allowed_steps=workflow.steps_from(workflow.STATEMENT, request.state),
        has_step_to_take_back=correcting.has_step_to_take_back(request),
    )


def age_note(old_on: date, *, today: date) -> str:
    """Say when a statement becomes too old to file an application with, or since when it is."""
    text = _("too old since %(day)s") if old_on < today else _("becomes old on %(day)s")
    return text % {"day": day(old_on)}


def _reminded(request: StatementRequest) -> str:
    if request.reminded_on is None:
        return ""
    times = ngettext("%(number)d time", "%(number)d times", request.reminder_count)
    return f"{day(request.reminded_on)} ({times % {'number': request.reminder_count}})"


def _due(request: StatementRequest, *, today: date) -> Due | None:
    if not request.is_awaited:
        return None
    is_late = request.due_on < today
    text = _("Expected by %(day)s, no answer is recorded.") if is_late else _("Expected by %(day)s")
    return Due(
        text % {"day": weekday_day(request.due_on)},
        distance(request.due_on, today=today),
        urgency(request.due_on, today=today),
        "bell-ring" if is_late else "clock",
        _("Remind"),
        reverse("statement_remind", args=[request.case.number, request.pk]),
    )
