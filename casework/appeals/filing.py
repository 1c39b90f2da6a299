"""What goes with an appeal, its filing with the proof of sending, and the paper that is kept of it."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.appeals import actions as appeals
from casework.appeals import letter as letters
from casework.appeals.queries import usual_signer
from casework.applications.evidence import NotOfThisClient
from casework.cases.representing import check_signer
from casework.documents import actions as documents
from casework.law import workflow
from casework.law.representing import Matter
from casework.law.workflow import APPEAL, APPEAL_STATE_LABELS
from casework.models import Appeal, AppealLetter, Case, Document, Representation
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants import files
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal
from tenants.printing import report_pdf


class TwoSigners(Refusal):
    user_message = _("A representative is chosen, and another name is written: one of them signs. Choose which.")
    field = "signed_by"


@transaction.atomic
def enclose(
    *,
    appeal: Appeal,
    attachments: Sequence[Document],
    representation: Representation | None = None,
    power_of_attorney: Document | None = None,
    signed_by: str = "",
    version: int,
    by: User,
    at: datetime,
) -> AppealLetter:
    """Say what goes with an appeal that was not filed, and who signs it for the client. `version` is the letter's.

    Raises:
        StepNotAllowed: it was filed. EditedMeanwhile, CaseIsClosed
        NotOfThisClient: a document is of another case, or the representative of another client. TwoSigners
    Doubts: SignerUnclear
    """
    appeal = appeals.locked(appeal)
    found = workflow.required(APPEAL, appeal.state, "file", labels=APPEAL_STATE_LABELS)
    if not by.has(found.permission):
        raise PermissionDenied
    letter = _locked(appeal, on=helsinki(at))
    letter.check_version(version)
    case = appeal.decision.application.case
    _check_own(case, *attachments, power_of_attorney)
    check_representation(case, representation, on=helsinki(at))
    if representation is not None and signed_by:
        raise TwoSigners
    values = {
        "attachments": sorted(str(document.pk) for document in attachments),
        "representation": representation,
        "power_of_attorney": power_of_attorney,
        "signed_by": signed_by,
    }
    corrections.fill_in(letter, values, Why(reason="", by=by, at=at, case=case, kind=""))
    facts = appeals.facts_of_appeal(appeal)
    timeline.add(case=case, kind="appeal.edited", by=by, at=at, about=appeal, facts=facts)
    return letter


@transaction.atomic
def file(
    *,
    appeal: Appeal,
    filed_on: date,
    sent_by: str = "",
    sent_time: time | None = None,
    receipt: str = "",
    is_as_written: bool = False,
    document: Document | None = None,
    late_reason: str = "",
    version: int,
    by: User,
    at: datetime,
) -> Appeal:
    """Write down that the appeal has arrived, with the proof of sending and the paper that was filed.

    The paper is a `document` of the case; `is_as_written` prints and keeps the letter as it stands instead.

    Raises:
        NotOfThisClient: the document is of another case. What `appeals.file` and `documents.add` raise.
    Doubts: SignerUnclear, of the letter that is kept as it stands.
    """
    appeal = appeals.file(
        appeal=appeal, filed_on=filed_on, sent_by=sent_by, late_reason=late_reason, version=version, by=by, at=at
    )
    case = appeal.decision.application.case
    _check_own(case, document)
    says_something = document is not None or is_as_written or sent_time is not None or receipt
    if not says_something and not AppealLetter.objects.filter(appeal=appeal).exists():
        return appeal
    letter = _locked(appeal, on=filed_on)
    if document is None and is_as_written:
        check_signer(letter.representation, matter=Matter.BENEFIT, on=filed_on)
        document = _kept(letter, on=filed_on, by=by, at=at)
    values = {"document": document, "sent_time": sent_time, "receipt": receipt}
    corrections.fill_in(letter, values, Why(reason="", by=by, at=at, case=case, kind=""))
    return appeal


@transaction.atomic
def correct_proof(
    *,
    letter: AppealLetter,
    document: Document | None,
    sent_time: time | None,
    receipt: str,
    reason: str,
    version: int,
    by: User,
    at: datetime,
) -> AppealLetter:
    """Correct, or add, which paper was filed and what proves that it was sent.

    Raises:
        EditedMeanwhile, CaseIsClosed, NotOfThisClient
    """
    appeal = appeals.locked(letter.appeal)
    letter = _locked(appeal, on=helsinki(at))
    letter.check_version(version)
    case = appeal.decision.application.case
    _check_own(case, document)
    values = {"document": document, "sent_time": sent_time, "receipt": receipt}
    if corrections.correct(letter, values, Why(reason=reason, by=by, at=at, case=case, kind="")):
        facts = appeals.facts_of_appeal(appeal)
        timeline.add(case=case, kind="appeal.corrected", by=by, at=at, about=appeal, facts=facts)
    return letter


def check_representation(case: Case, representation: Representation | None, *, on: date) -> None:
    """Refuse the representative of another client, and ask once about one of whom it is not sure that they may sign.

    Raises:
        NotOfThisClient
    Doubts: SignerUnclear
    """
    if representation is not None and representation.client_id != case.client_id:
        raise NotOfThisClient
    check_signer(representation, matter=Matter.BENEFIT, on=on)


def _locked(appeal: Appeal, *, on: date) -> AppealLetter:
    """The letter of an appeal that is locked; the first word about it makes it, with who usually signs on that day."""
    AppealLetter.objects.get_or_create(appeal=appeal, defaults={"representation": usual_signer(appeal, on=on)})
    found = AppealLetter.objects.select_for_update().get(appeal=appeal)
    found.appeal = appeal
    return found


def _check_own(case: Case, *found: Document | None) -> None:
    if any(document.case_id != case.pk for document in found if document is not None):
        raise NotOfThisClient


def _kept(letter: AppealLetter, *, on: date, by: User, at: datetime) -> Document:
    """Print the letter as it stands, of the day on which it was filed, and keep it among the documents of the case."""
    appeal = letter.appeal
    case = appeal.decision.application.case
    paper = letters.paper(letter, on=on)
    return documents.add(
        case=case,
        file=files.check_upload(io.BytesIO(report_pdf(paper)), letters.file_name(appeal, "pdf", on=paper.on)),
        kind=Document.Kind.APPEAL,
        title=paper.title,
        dated_on=paper.on,
        by=by,
        at=at,
    )
