"""Letters that wait to be read, and the letter of a document."""

from datetime import datetime

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

from casework.letters import reading
from casework.models import Case, Decision, Document, Illness, Letter, LetterSearch
from tenants import scanning

State, Why = Letter.State, Letter.Why


def waiting() -> QuerySet[Document]:
    """The files of decisions that wait: nobody read them, or what is looked for in them has changed since.

    The oldest come first, but those that have been tried in vain come last.
    """
    found = _files_of_decisions().filter(_is_unread() | _is_to_be_searched() | _is_to_be_compared())
    in_order = found.select_related("case__client", "letter")
    return in_order.order_by(F("letter__tried_at").asc(nulls_first=True), "created_at")


def next_reading() -> datetime | None:
    """Answer since when a letter waits."""
    first: datetime | None = waiting().order_by().aggregate(first=Min("created_at"))["first"]
    return first


def letter_of(document: Document) -> Letter | None:
    """Find the letter of a document; None before anybody tried."""
    letter: Letter | None = getattr(document, "letter", None)
    return letter


def unused_letters(case: Case) -> list[Document]:
    """The files of decisions of a case that no recorded decision names, the newest first."""
    named = Decision.objects.filter(document=OuterRef("pk"))
    unused = case.documents.filter(~Exists(named), kind=Document.Kind.DECISION, replaced_by=None)
    return list(unused.select_related("letter"))


def _files_of_decisions() -> QuerySet[Document]:
    """Those that may be opened: where there is a scanner, only what is known to be clean."""
    named = Decision.objects.filter(document=OuterRef("pk"))
    found = Document.objects.filter(Q(kind=Document.Kind.DECISION) | Exists(named))
    if scanning.is_set_up():
        return found.filter(scan_state=Document.ScanState.CLEAN)
    return found.exclude(scan_state=Document.ScanState.INFECTED)


def _is_unread() -> Q:
    unread = Q(letter=None) | Q(letter__state=State.WAITING)
    if reading.tesseract():  # there was none when it was tried
        unread |= Q(letter__why=Why.ONLY_PICTURES)
    return unread


def _is_to_be_searched() -> Q:
    """An illness came to the client's list, or is called otherwise, since it was read."""
    known = LetterSearch.objects.filter(
        letter__document=OuterRef(OuterRef("pk")), illness=OuterRef("pk"), illness_version=OuterRef("version")
    )
    new = Illness.objects.filter(~Exists(known), client=OuterRef("case__client"))
    return Q(Exists(new), letter__state=State.READ)


def _is_to_be_compared() -> Q:
    """The client's name or identity code may have been put right since."""
    return Q(letter__state=State.NOT_THE_CLIENTS) & ~Q(letter__client_version=F("case__client__version"))
