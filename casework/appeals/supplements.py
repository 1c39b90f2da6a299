"""What can be done to a letter that follows an appeal: write, edit, send with its proof, correct, take back."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.appeals import actions as appeals
from casework.appeals import self_correction
from casework.appeals import supplement_letter as letters
from casework.appeals.filing import check_representation
from casework.applications.evidence import NotOfThisClient
from casework.cases.representing import check_signer
from casework.documents import actions as documents
from casework.law.errors import check_day, check_order
from casework.law.representing import Matter
from casework.models import Appeal, AppealSupplement, Case, Document, Representation
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants import files
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal
from tenants.printing import report_pdf


class NotFiledYet(Refusal):
    user_message = _("The appeal is not filed yet. Write it into the appeal itself.")


class SentAlready(Refusal):
    user_message = _("This letter was sent and no longer changes. Write a new one.")


@dataclass(frozen=True, kw_only=True)
class SupplementDetails:
    """What a person types of such a letter."""

    kind: str
    receiver: str
    text: str
    attachments: Sequence[Document] = ()
    representation: Representation | None = None


@transaction.atomic
def write(*, appeal: Appeal, details: SupplementDetails, by: User, at: datetime) -> AppealSupplement:
    """Begin a letter about an appeal that was filed.

    Raises:
        CaseIsClosed, NotOfThisClient
        NotFiledYet
    """
    appeal = appeals.locked(appeal)
    if appeal.filed_on is None:
        raise NotFiledYet
    check_representation(appeal.decision.application.case, details.representation, on=helsinki(at))
    _check_own(appeal.decision.application.case, *details.attachments)
    supplement: AppealSupplement = AppealSupplement.objects.create(
        appeal=appeal,
        kind=details.kind,
        receiver=details.receiver,
        text=details.text,
        representation=details.representation,
        written_on=helsinki(at),
    )
    supplement.attachments.set(details.attachments)
    _tell(supplement, "supplement.written", by=by, at=at)
    return supplement


@transaction.atomic
def edit(
    *, supplement: AppealSupplement, details: SupplementDetails, version: int, by: User, at: datetime
) -> AppealSupplement:
    """Save the text of a letter that was not sent; what it said before stays in the history.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed, NotOfThisClient
        SentAlready
    """
    supplement = _standing(supplement, version)
    if supplement.is_sent:
        raise SentAlready
    check_representation(_case(supplement), details.representation, on=helsinki(at))
    _check_own(supplement.appeal.decision.application.case, *details.attachments)
    values = {
        "kind": details.kind,
        "receiver": details.receiver,
        "text": details.text,
        "representation": details.representation,
        "attachments": sorted(str(document.pk) for document in details.attachments),
    }
    corrections.correct(supplement, values, _why(supplement, "supplement.edited", reason="", by=by, at=at))
    return supplement


@transaction.atomic
def send(
    *,
    supplement: AppealSupplement,
    sent_on: date,
    sent_by: str = "",
    sent_time: time | None = None,
    receipt: str = "",
    version: int,
    by: User,
    at: datetime,
) -> AppealSupplement:
    """Write down that it went, with the proof; it is printed once more and becomes a document of the case.

    A comment that an appeal waits for has then been given.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed, SentAlready, BeforeBirth, InTheFuture
    Doubts:
        DayOrderWrong: sent before the appeal was filed. SignerUnclear
    """
    supplement = _standing(supplement, version)
    if supplement.is_sent:
        raise SentAlready
    check_signer(supplement.representation, matter=Matter.BENEFIT, on=sent_on)
    _check_sent(supplement, sent_on, at)
    values = {
        "sent_on": sent_on,
        "sent_by": sent_by,
        "sent_time": sent_time,
        "receipt": receipt,
        "document": _kept(supplement, sent_on, by=by, at=at),
    }
    corrections.fill_in(supplement, values, Why(reason="", by=by, at=at, case=_case(supplement), kind=""))
    _tell(supplement, "supplement.sent", by=by, at=at, on=sent_on)
    if supplement.kind == AppealSupplement.Kind.COMMENT:
        _comment(supplement.appeal, sent_on, by=by, at=at)
    return supplement


@transaction.atomic
def correct(
    *,
    supplement: AppealSupplement,
    sent_on: date,
    sent_by: str = "",
    sent_time: time | None = None,
    receipt: str = "",
    reason: str,
    version: int,
    by: User,
    at: datetime,
) -> AppealSupplement:
    """Correct when and how it went. What it said is the paper that was kept, and stays.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
    Doubts:
        DayOrderWrong: as `send`.
    """
    supplement = _standing(supplement, version)
    _check_sent(supplement, sent_on, at)
    values = {"sent_on": sent_on, "sent_by": sent_by, "sent_time": sent_time, "receipt": receipt}
    corrections.correct(supplement, values, _why(supplement, "supplement.corrected", reason=reason, by=by, at=at))
    return supplement


@transaction.atomic
def take_back(*, supplement: AppealSupplement, reason: str, version: int, by: User, at: datetime) -> AppealSupplement:
    """Take back a letter that does not go, or never went; a paper that was kept stays among the documents.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed
    """
    supplement = _standing(supplement, version)
    corrections.take_back(supplement, _why(supplement, "supplement.removed", reason=reason, by=by, at=at))
    return supplement


def _standing(supplement: AppealSupplement, version: int) -> AppealSupplement:
    appeal = appeals.locked(supplement.appeal)
    supplement = supplement.locked()
    supplement.appeal = appeal
    corrections.check_standing(supplement)
    supplement.check_version(version)
    return supplement


def _comment(appeal: Appeal, sent_on: date, *, by: User, at: datetime) -> None:
    """Nobody is asked for it twice; a letter of before the appeal is not what the board waits for."""
    if appeal.awaits_comment and appeal.filed_on is not None and sent_on >= appeal.filed_on:
        self_correction.comment(appeal=appeal, on=sent_on, version=appeal.version, by=by, at=at)


def _case(supplement: AppealSupplement) -> Case:
    return supplement.appeal.decision.application.case


def _check_own(case: Case, *found: Document) -> None:
    if any(document.case_id != case.pk for document in found):
        raise NotOfThisClient


def _check_sent(supplement: AppealSupplement, sent_on: date, at: datetime) -> None:
    born_on = _case(supplement).client.born_on
    check_day(sent_on, born_on=born_on, today=helsinki(at), field="sent_on")
    check_order(supplement.appeal.filed_on, sent_on, field="sent_on")


def _kept(supplement: AppealSupplement, sent_on: date, *, by: User, at: datetime) -> Document:
    paper = letters.paper(supplement, on=sent_on)
    name = letters.file_name(supplement, "pdf", on=sent_on)
    return documents.add(
        case=_case(supplement),
        file=files.check_upload(io.BytesIO(report_pdf(paper)), name),
        kind=Document.Kind.APPEAL,
        title=paper.title,
        dated_on=sent_on,
        by=by,
        at=at,
    )


def _why(supplement: AppealSupplement, kind: str, *, reason: str, by: User, at: datetime) -> Why:
    facts = appeals.facts_of_appeal(supplement.appeal)
    return Why(reason=reason, by=by, at=at, case=_case(supplement), kind=kind, facts=facts)


def _tell(supplement: AppealSupplement, kind: str, *, by: User, at: datetime, on: date | None = None) -> None:
    facts: dict[str, Any] = appeals.facts_of_appeal(supplement.appeal)
    timeline.add(case=_case(supplement), kind=kind, by=by, at=at, on=on, about=supplement, facts=facts)
