"""What can be done to a coverage check: open it with a row per illness, fill it in, close it, open it again.

Whatever was answered before stays in its history; a first answer leaves nothing there.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.applications import actions as applications
from casework.models import CoverageCheck, CoverageRow, Decision, Evidence, Illness
from casework.models.coverage import ANSWERED, GAPS, Answer
from casework.timeline import corrections, ledger
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.errors import Refusal

State = CoverageCheck.State
Conclusion = CoverageCheck.Conclusion
OPENED = {"state": State.OPEN, "conclusion": "", "is_appeal_waived": False, "closed_at": None, "closed_by": None}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was found out about one illness: how the decision treats it."""

    answer: Answer = Answer.NOT_LOOKED
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Findings:
    """A filled-in check: a finding per illness, and the rest of the check after a rejection (deploy/law.md)."""

    illnesses: Mapping[uuid.UUID, Finding] = field(default_factory=dict)
    is_rehabilitation_considered: bool | None = None
    has_newer_evidence: bool | None = None
    is_income_secured: bool | None = None
    client_decision: str = ""


class CheckIsClosed(Refusal):
    user_message = _("The check has been closed. Open it again first.")


class CheckIsOpen(Refusal):
    user_message = _("The check is open already.")


class NotLookedAt(Refusal):
    user_message = _("Look first how the decision treats each illness. Not looked at yet: %(illnesses)s.")


class IllnessNotAddressed(Refusal):
    user_message = _(
        "The decision does not consider every illness. Appeal, ask for a re-examination or apply anew; "
        "or give the reason why it is accepted."
    )
    field = "reason"


def open(*, decision: Decision, by: User, at: datetime) -> CoverageCheck:
    """Open the check of a decision with a row for every illness of the client, inside the caller's transaction."""
    check = CoverageCheck.objects.create(decision=decision)
    illnesses = _illnesses(decision)
    covered = _covered(decision)
    CoverageRow.objects.bulk_create(
        CoverageRow(check_of=check, illness=illness, had_evidence=illness.pk in covered) for illness in illnesses
    )
    return check


def follow(*, decision: Decision, was_full_grant: bool, by: User, at: datetime) -> None:
    """Let the check follow a corrected result: a full grant needs none, anything else needs an open one.

    Inside the caller's transaction; the timeline is told of the correction.
    """
    check = CoverageCheck.objects.select_for_update().filter(decision=decision).first()
    if check is None:
        if not decision.is_full_grant:
            open(decision=decision, by=by, at=at)
        return
    check.decision = decision
    if decision.is_full_grant and check.is_open:
        _write(check, _closed(Conclusion.ACCEPT, by=by, at=at), by=by, at=at)
    elif was_full_grant and not decision.is_full_grant:
        _write(check, OPENED, by=by, at=at)


@transaction.atomic
def fill(*, check: CoverageCheck, findings: Findings, version: int, by: User, at: datetime) -> CoverageCheck:
    """Save what has been found out so far; illnesses that came to the client's list later get their row.

    The timeline hears of it when an earlier answer changes.

    Raises:
        CheckIsClosed, EditedMeanwhile, CaseIsClosed
    """
    check = _open_one(check, version)
    if _write(check, _answers(check, findings), by=by, at=at):
        _tell(check, "coverage.changed", by=by, at=at)
    return check


@transaction.atomic
def close(
    *,
    check: CoverageCheck,
    findings: Findings,
    conclusion: str,
    reason: str = "",
    is_appeal_waived: bool = False,
    version: int,
    by: User,
    at: datetime,
) -> CoverageCheck:
    """Save the findings and close the check with its conclusion.

    Of a benefit that is not about health no illness has to be looked at.
    The appeal clock stops only when the client does not appeal: on accepting, or when that is said.

    Raises:
        CheckIsClosed, EditedMeanwhile, CaseIsClosed
        NotLookedAt: of an illness nobody has said how the decision treats it.
        IllnessNotAddressed: accepted without a reason while an illness is passed over.
    """
    check = _open_one(check, version)
    _check_looked_at(check, findings)
    if conclusion == Conclusion.ACCEPT and not reason.strip() and _has_gap(check, findings):
        raise IllnessNotAddressed
    is_waived = conclusion == Conclusion.ACCEPT or (is_appeal_waived and conclusion != Conclusion.APPEAL)
    ending = {**_closed(conclusion, by=by, at=at), "reason": reason, "is_appeal_waived": is_waived}
    _write(check, _answers(check, findings) | ending, by=by, at=at)
    if check.is_appeal_waived:
        ledger.cancel(about=check.decision_id, at=at)
    _tell(check, "coverage.closed", by=by, at=at, conclusion=conclusion)
    return check


def waive_appeal(*, decision: Decision, by: User, at: datetime) -> None:
    """Note that the client does not appeal a locked decision after all, inside the caller's transaction."""
    check = CoverageCheck.objects.select_for_update().filter(decision=decision).first()
    if check is not None:
        check.decision = decision
        _write(check, {"is_appeal_waived": True}, by=by, at=at)


@transaction.atomic
def reopen(*, check: CoverageCheck, version: int, by: User, at: datetime) -> CoverageCheck:
    """Open a closed check again; the appeal clock runs on when there is time left.

    Raises:
        CheckIsOpen, EditedMeanwhile, CaseIsClosed
    """
    check = _locked(check)
    check.check_version(version)
    if check.is_open:
        raise CheckIsOpen
    _write(check, OPENED, by=by, at=at)
    _tell(check, "coverage.reopened", by=by, at=at)
    return check


def _locked(check: CoverageCheck) -> CoverageCheck:
    application = applications.locked(check.decision.application)
    check = check.locked("decision")
    check.decision.application = application
    return check


def _open_one(check: CoverageCheck, version: int) -> CoverageCheck:
    check = _locked(check)
    check.check_version(version)
    if not check.is_open:
        raise CheckIsClosed
    _follow_list(check)
    return check


def _follow_list(check: CoverageCheck) -> None:
    """Give every illness on the client's list its row, and note of which there was evidence."""
    rows = {row.illness_id: row for row in check.rows.all()}
    covered = _covered(check.decision)
    for illness in _illnesses(check.decision):
        row = rows.get(illness.pk) or CoverageRow(check_of=check, illness=illness)
        row.had_evidence = illness.pk in covered
        row.save()


def _answers(check: CoverageCheck, findings: Findings) -> dict[str, Any]:
    """What was found as values of the check; of an illness that left the list the answer stays."""
    found = {illness: findings.illnesses.get(illness.pk, Finding()) for illness in _illnesses(check.decision)}
    said = {str(illness.pk): [finding.answer, finding.note] for illness, finding in found.items()}
    return {
        "illnesses": check.read_beside("illnesses") | said,
        "is_rehabilitation_considered": findings.is_rehabilitation_considered,
        "has_newer_evidence": findings.has_newer_evidence,
        "is_income_secured": findings.is_income_secured,
        "client_decision": findings.client_decision,
    }


def _check_looked_at(check: CoverageCheck, findings: Findings) -> None:
    if not check.decision.application.benefit.is_about_health:
        return
    answered = {key for key, finding in findings.illnesses.items() if finding.answer in ANSWERED}
    left = [illness for illness in _illnesses(check.decision) if illness.pk not in answered]
    if left:
        refusal = NotLookedAt(illnesses=", ".join(illness.name for illness in left))
        refusal.field = f"answer_{left[0].pk}"
        raise refusal


def _has_gap(check: CoverageCheck, findings: Findings) -> bool:
    found = findings.illnesses if check.decision.application.benefit.is_about_health else {}
    return any(illness.pk in found and found[illness.pk].answer in GAPS for illness in _illnesses(check.decision))


def _closed(conclusion: str, *, by: User, at: datetime) -> dict[str, Any]:
    return {"state": State.CLOSED, "conclusion": conclusion, "closed_at": at, "closed_by": by}


def _write(check: CoverageCheck, values: Mapping[str, Any], *, by: User, at: datetime) -> bool:
    """Write over the check; answer whether something was answered otherwise before. The caller tells of it."""
    why = Why(reason="", by=by, at=at, case=check.decision.application.case, kind="")
    return corrections.fill_in(check, values, why)


def _illnesses(decision: Decision) -> list[Illness]:
    return list(Illness.objects.filter(client=decision.application.case.client_id))


def _covered(decision: Decision) -> set[uuid.UUID]:
    """Collect the illnesses that evidence sent by the day of the decision speaks about."""
    sent = Evidence.objects.filter(application=decision.application_id, sent_on__lte=decision.decided_on)
    return set(sent.filter(illnesses__isnull=False).values_list("illnesses", flat=True))


def _tell(check: CoverageCheck, kind: str, *, by: User, at: datetime, **facts: str) -> None:
    application = check.decision.application
    timeline.add(
        case=application.case,
        kind=kind,
        by=by,
        at=at,
        about=check.decision,
        facts={**applications.facts_of(application), **facts},
    )
