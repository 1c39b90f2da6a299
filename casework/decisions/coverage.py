"""What can be done to a coverage check: open it with a row per illness, fill it in, close it, open it again."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.applications import actions as applications
from casework.models import CoverageCheck, CoverageRow, Decision, Evidence, Illness
from casework.timeline import ledger
from casework.timeline import writing as timeline
from tenants.accounts.models import User
from tenants.errors import Refusal

Conclusion = CoverageCheck.Conclusion


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was found out about one illness: whether the decision considered it (None: not looked yet)."""

    is_considered: bool | None = None
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
    if decision.is_full_grant:
        if check is not None and check.is_open:
            check.state, check.conclusion = CoverageCheck.State.CLOSED, CoverageCheck.Conclusion.ACCEPT
            check.closed_at, check.closed_by = at, by
            check.save_version("state", "conclusion", "closed_at", "closed_by")
    elif check is None:
        open(decision=decision, by=by, at=at)
    elif was_full_grant:
        check.state, check.conclusion = CoverageCheck.State.OPEN, ""
        check.closed_at = check.closed_by = None
        check.save_version("state", "conclusion", "closed_at", "closed_by")


@transaction.atomic
def fill(*, check: CoverageCheck, findings: Findings, version: int, by: User, at: datetime) -> CoverageCheck:
    """Save what has been found out so far; illnesses that came to the client's list later get their row.

    Raises:
        CheckIsClosed, EditedMeanwhile, CaseIsClosed
    """
    return _filled(check, findings, version)


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

    The appeal clock stops only when the client does not appeal: on accepting, or when that is said.

    Raises:
        CheckIsClosed, EditedMeanwhile, CaseIsClosed
        IllnessNotAddressed: accepted without a reason while an illness is not considered.
    """
    check = _filled(check, findings, version)
    if conclusion == Conclusion.ACCEPT and not reason.strip() and has_gap(check):
        raise IllnessNotAddressed
    check.state, check.conclusion, check.reason = CoverageCheck.State.CLOSED, conclusion, reason
    check.is_appeal_waived = conclusion == Conclusion.ACCEPT or (is_appeal_waived and conclusion != Conclusion.APPEAL)
    check.closed_at, check.closed_by = at, by
    check.save()
    if check.is_appeal_waived:
        ledger.cancel(about=check.decision_id, at=at)
    _tell(check, "coverage.closed", by=by, at=at, conclusion=conclusion)
    return check


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
    check.state, check.conclusion, check.is_appeal_waived = CoverageCheck.State.OPEN, "", False
    check.closed_at = check.closed_by = None
    check.save_version()
    _tell(check, "coverage.reopened", by=by, at=at)
    return check


def has_gap(check: CoverageCheck) -> bool:
    """Tell whether an illness of the client is not (known to be) considered in the decision."""
    considered = set(check.rows.filter(is_considered=True).values_list("illness_id", flat=True))
    return any(illness.pk not in considered for illness in _illnesses(check.decision))


def _locked(check: CoverageCheck) -> CoverageCheck:
    application = applications.locked(check.decision.application)
    check = check.locked("decision")
    check.decision.application = application
    return check


def _filled(check: CoverageCheck, findings: Findings, version: int) -> CoverageCheck:
    check = _locked(check)
    check.check_version(version)
    if not check.is_open:
        raise CheckIsClosed
    rows = {row.illness_id: row for row in check.rows.all()}
    covered = _covered(check.decision)
    for illness in _illnesses(check.decision):
        finding = findings.illnesses.get(illness.pk, Finding())
        row = rows.get(illness.pk) or CoverageRow(check_of=check, illness=illness)
        row.is_considered, row.note, row.had_evidence = finding.is_considered, finding.note, illness.pk in covered
        row.save()
    check.is_rehabilitation_considered = findings.is_rehabilitation_considered
    check.has_newer_evidence = findings.has_newer_evidence
    check.is_income_secured = findings.is_income_secured
    check.client_decision = findings.client_decision
    check.save_version()
    return check


def _illnesses(decision: Decision) -> list[Illness]:
    return list(Illness.objects.filter(client=decision.application.case.client_id))


def _covered(decision: Decision) -> set[uuid.UUID]:
    """Collect the illnesses that evidence sent by the day of the decision speaks about."""
    sent = Evidence.objects.filter(application=decision.application_id, sent_on__lte=decision.decided_on)
    return set(sent.filter(illnesses__isnull=False).values_list("illnesses", flat=True))


def _tell(check: CoverageCheck, kind: str, *, by: User, at: datetime, on: date | None = None, **facts: str) -> None:
    application = check.decision.application
    timeline.add(
        case=application.case,
        kind=kind,
        by=by,
        at=at,
        on=on,
        about=check.decision,
        facts={**applications.facts_of(application), **facts},
    )
