"""What can be done to a document of a case: add it, put a newer version in its place; the virus scan of what waits."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from casework.cases.actions import locked_open
from casework.law.errors import check_day
from casework.models import Case, Document
from casework.timeline import writing as timeline
from tenants import due, files, scanning
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal
from tenants.files import CheckedFile
from tenants.rounds import Round
from tenants.scanning import ScannerDown

ScanState = Document.ScanState


class AlreadyReplaced(Refusal):
    user_message = _("There is a newer version of this document already. Replace that one.")


class DocumentNotServed(Refusal):
    """Nobody gets a file of which it is not known that it is clean."""


class HoldsAVirus(DocumentNotServed):
    user_message = _("The virus scan found something in this file. It is not handed out; ask for a new one.")


class WaitsForScan(DocumentNotServed):
    user_message = _("This file waits for the virus scan. Try again in a few minutes.")


@transaction.atomic
def add(
    *,
    case: Case,
    file: CheckedFile,
    kind: str,
    title: str,
    dated_on: date | None,
    valid_until: date | None = None,
    by: User,
    at: datetime,
) -> Document:
    """Add a file that was checked (`files.check_upload`) to a case; without a title it is called by its kind.

    Where files are scanned it waits for that before anybody gets it. `valid_until` is of a power of attorney.

    Raises:
        BeforeBirth, InTheFuture, CaseIsClosed
    """
    case = locked_open(case, is_current=True)  # of a closed one a paper may still come, about what somebody has
    check_day(dated_on, born_on=case.client.born_on, today=helsinki(at), field="dated_on")
    document = Document(case=case, kind=kind, title=title, dated_on=dated_on, valid_until=valid_until, uploaded_by=by)
    return _keep(document, file, event="document.added", by=by, at=at)


@transaction.atomic
def add_own(
    *, case: Case, file: CheckedFile, kind: str, title: str, dated_on: date, by: User, at: datetime
) -> Document:
    """Keep a letter that the service has printed, also of a closed case: what is told after the end is told of it.

    Raises:
        BeforeBirth, InTheFuture
    """
    case = case.locked("client", "coordinator")
    check_day(dated_on, born_on=case.client.born_on, today=helsinki(at), field="on")
    document = Document(case=case, kind=kind, title=title, dated_on=dated_on, uploaded_by=by)
    return _keep(document, file, event="document.added", by=by, at=at)


@transaction.atomic
def replace(
    *, document: Document, file: CheckedFile, dated_on: date | None, valid_until: date | None, by: User, at: datetime
) -> Document:
    """Put a newer version in a document's place, of the same kind and title; the older one stays readable behind it.

    Raises:
        AlreadyReplaced: somebody did so before.
        BeforeBirth, InTheFuture, CaseIsClosed
    """
    case = locked_open(document.case)
    check_day(dated_on, born_on=case.client.born_on, today=helsinki(at), field="dated_on")
    if Document.objects.filter(replaces=document).exists():
        raise AlreadyReplaced
    newer = Document(
        case=case,
        kind=document.kind,
        title=document.title,
        dated_on=dated_on,
        valid_until=valid_until,
        replaces=document,
        uploaded_by=by,
    )
    return _keep(newer, file, event="document.replaced", by=by, at=at)


def check_served(document: Document) -> None:
    """Refuse a file that must not leave the house.

    Raises:
        HoldsAVirus, WaitsForScan
    """
    if document.is_infected:
        raise HoldsAVirus
    if document.waits_for_scan:
        raise WaitsForScan


def scan_waiting(*, at: datetime, most: int = 50) -> int:
    """Scan the files of this municipality that wait; answer how many have a verdict now.

    The oldest come first, but those that have been tried in vain come last, so that they keep no new one waiting.

    Raises:
        ScannerDown: the scanner cannot be reached; what is left waits for the next round.
        SomeFailed: some files got no verdict, or cannot be read.
    """
    if not scanning.is_set_up():
        return 0
    waiting = _unscanned().select_related("case")
    everything = Round(stopped_by=(ScannerDown,))
    for document in waiting.order_by(F("scanned_at").asc(nulls_first=True), "created_at")[:most]:
        with everything.turn(f"document {document.pk}"):
            _scan(document, at=at)
            everything.count += 1
    return everything.end()


def next_scan() -> datetime | None:
    """Answer since when a file waits for the scanner, if there is one."""
    if not scanning.is_set_up():
        return None
    first: datetime | None = _unscanned().aggregate(first=Min("created_at"))["first"]
    return first


def _unscanned() -> QuerySet[Document]:
    return Document.objects.filter(scan_state__in=[ScanState.WAITING, ScanState.NOT_SCANNED])


def _scan(document: Document, *, at: datetime) -> None:
    """Note the try first: of a file over which this process dies, too, it is known that it was tried."""
    Document.objects.filter(pk=document.pk).update(scanned_at=at)
    _take_verdict(document, scanning.scan(files.read(document.file_id)), at=at)


@transaction.atomic
def _take_verdict(document: Document, verdict: scanning.Verdict, *, at: datetime) -> None:
    document.scan_state = ScanState.CLEAN if verdict.is_clean else ScanState.INFECTED
    document.scanned_at = at
    document.save(update_fields=["scan_state", "scanned_at"])
    if document.is_infected:
        facts = {"kind": document.kind}
        timeline.add(case=document.case, kind="document.infected", by=None, at=at, about=document, facts=facts)


def _keep(document: Document, file: CheckedFile, *, event: str, by: User, at: datetime) -> Document:
    """Save the row, its line on the timeline, and the content."""
    document.content_type, document.size, document.sha256 = file.content_type, file.size, file.sha256
    document.scan_state = ScanState.WAITING if scanning.is_set_up() else ScanState.NOT_SCANNED
    document.save(force_insert=True)
    if scanning.is_set_up():
        due.announce(due.Kind.SCAN, at=at)
    elif document.kind == Document.Kind.DECISION:
        due.announce(due.Kind.LETTERS, at=at)
    facts = {"kind": document.kind}
    timeline.add(case=document.case, kind=event, by=by, at=at, on=document.dated_on, about=document, facts=facts)
    files.store(file.content, file_id=document.file_id)
    return document
