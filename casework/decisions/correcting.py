"""Correcting a decision, or taking it back; clock, reminders, check, application and appeal are reckoned anew.

Neither is a step of its life: the facts were written down wrong, and the old ones stay in the history.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.applications import actions as applications
from casework.applications import rounds
from casework.case_tasks import lapsing
from casework.decisions import coverage
from casework.decisions.actions import (
    carry_to_appeals,
    check_days,
    check_document,
    check_printed,
    checked_grant,
    locked,
    reckon_clock,
)
from casework.law.workflow import AppealState
from casework.letters import actions as letters
from casework.models import Appeal, Decision, Document
from casework.timeline import corrections, kept, ledger
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal
from tenants.rough_days import RoughDay


class FollowsFromAppeal(Refusal):
    user_message = _("This decision came of an appeal. Take back the latest step of the appeal instead.")


class HasAppeal(Refusal):
    user_message = _("An appeal was begun against this decision. Withdraw the appeal first.")


class HasRemoval(Refusal):
    user_message = _("The removal of this decision has been applied for. Take that application back first.")


@transaction.atomic
def correct(
    *,
    decision: Decision,
    decided_on: date,
    result: str,
    channel: str,
    notice_on: date,
    granted_from: RoughDay | None = None,
    granted_until: date | None = None,
    sent_to: str | None = None,
    printed_last_day: date | None = None,
    no_last_day_reason: str | None = None,
    document: Document | None = None,
    reasons: str = "",
    reason: str,
    version: int,
    by: User,
    at: datetime,
) -> Decision:
    """Correct what was recorded wrong. Another day or channel of notice has to be confirmed again.

    `sent_to`: where it is not asked, what was said stays.

    Raises:
        TakenBack, EditedMeanwhile, HasLastDay, and what `record` raises of what was typed.
    """
    decision = locked(decision)
    corrections.check_standing(decision)
    decision.check_version(version)
    application = decision.application
    check_days(application, application.filed_on, decided_on, notice_on, today=helsinki(at))
    granted_from, granted_until = checked_grant(application, result, granted_from, granted_until)
    check_document(document, application)
    values: dict[str, Any] = {
        "decided_on": decided_on,
        "result": result,
        "granted_from": granted_from,
        "granted_until": granted_until,
        "channel": channel,
        "notice_on": notice_on,
        "sent_to": decision.sent_to if sent_to is None else sent_to,
        "printed_last_day": printed_last_day,
        "no_last_day_reason": no_last_day_reason,
        "document": document,
        "reasons": reasons,
    }
    check_printed(decision, printed_last_day, notice_on)
    before, was_full_grant = _days(decision), decision.is_full_grant
    why = Why(
        reason=reason, by=by, at=at, case=application.case, kind="decision.corrected", facts=_facts(decision, values)
    )
    if corrections.correct(decision, values, why):
        _follow_days(decision, before, at=at)
        _follow_application(decision)
        _follow_in_appeal(decision)
        letters.ask(document, at=at)
        coverage.follow(decision=decision, was_full_grant=was_full_grant, by=by, at=at)
        kept.keep(application.case)  # the line was written before what follows from it
        lapsing.follow(case=application.case, by=by, at=at)
    return decision


@transaction.atomic
def take_back(*, decision: Decision, reason: str, version: int, by: User, at: datetime) -> Decision:
    """Take back a decision that was recorded by mistake: the application waits again, no clock runs any more.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed
        HasAppeal: an appeal against it stands.
        HasRemoval: an application for its removal stands.
        FollowsFromAppeal: the decider made it after an appeal, which would be left without an answer.
    """
    decision = locked(decision)
    corrections.check_standing(decision)
    decision.check_version(version)
    if decision.follows_id:
        raise FollowsFromAppeal
    check_not_appealed(decision)
    if decision.removals.exists():
        raise HasRemoval
    application, facts = decision.application, _facts(decision, {})
    why = Why(reason=reason, by=by, at=at, case=application.case, kind="decision.removed", facts=facts)
    corrections.take_back(decision, why)
    ledger.cancel(about=decision.pk, at=at)
    _follow_without(decision)
    lapsing.follow(case=application.case, by=by, at=at)
    return decision


def check_not_appealed(decision: Decision) -> None:
    """Refuse to do without a decision against which an appeal stands.

    Raises:
        HasAppeal
    """
    if decision.appeals.exclude(state=AppealState.WITHDRAWN).exists():
        raise HasAppeal


def _days(decision: Decision) -> tuple[Any, ...]:
    return decision.channel, decision.notice_on, decision.printed_last_day, decision.last_day


def _follow_days(decision: Decision, before: tuple[Any, ...], *, at: datetime) -> None:
    """Reckon the clock of a corrected decision; what was confirmed of other days is confirmed no longer."""
    reckon_clock(decision)
    if _days(decision) == before:
        return
    decision.last_day_confirmed_at = decision.last_day_confirmed_by = None
    decision.save(update_fields=["last_day", "safe_day", "last_day_confirmed_at", "last_day_confirmed_by"])
    ledger.cancel(about=decision.pk, at=at)
    carry_to_appeals(decision)


def _follow_application(decision: Decision) -> None:
    if decision.round is not None:
        rounds.follow_decisions(decision.round)
    applications.follow_decisions(application=decision.application)


def _follow_without(decision: Decision) -> None:
    """Let the newest wait go on when no other decision has answered it."""
    application, current = decision.application, decision.application.current_round
    is_answered = current is None or current.pk != decision.round_id or current.decisions.exists()
    if application.is_decided and not is_answered:
        applications.undecide(application=application)
        kept.keep(application.case)
        return
    _follow_application(decision)


def _follow_in_appeal(decision: Decision) -> None:
    """Let the appeal after which the decider corrected itself say the same days."""
    if decision.follows_id is None:
        return
    Appeal.objects.filter(pk=decision.follows_id).update(
        result_on=decision.decided_on, result_channel=decision.channel, result_notice_on=decision.notice_on
    )


def _facts(decision: Decision, values: dict[str, Any]) -> dict[str, str | int]:
    """What the timeline says of a correction: which application, and the result that stands."""
    result = values.get("result", decision.result)
    return {**applications.facts_of(decision.application), "result": result}
