"""Writing down what a client ticked on one signed paper: several consents at once, each still a consent of its own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.consents import actions as consents
from casework.consents.actions import ConsentDetails
from casework.documents import actions as documents
from casework.models import Case, Consent, Document
from tenants.accounts.models import User
from tenants.errors import Refusal
from tenants.files import CheckedFile


class NothingTicked(Refusal):
    user_message = _("Nothing is ticked. Tick what the client ticked on the paper.")


@dataclass(frozen=True, kw_only=True)
class TickedRow:
    """What was ticked for one partner: for what, who exactly, and until when."""

    partner: str
    purposes: Sequence[str]
    partner_name: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class SignedPaper:
    """What a person reads off a signed paper, which is a file to be added or a document of the case.

    `power_until`: a power of attorney was signed on it too, and holds until then; `is_power` without it: no end.
    """

    signed_on: date
    rows: Sequence[TickedRow]
    file: CheckedFile | None = None
    document: Document | None = None
    is_power: bool = False
    power_until: date | None = None


@transaction.atomic
def record(*, case: Case, paper: SignedPaper, by: User, at: datetime) -> list[Consent]:
    """Write down each consent of the paper, all or none. What was written down before is not doubled, nor the paper.

    Raises:
        NothingTicked, and what `consents.add` and `documents.add` raise, told at the row of the partner.
    """
    if not any(row.purposes for row in paper.rows) and not paper.is_power:
        raise NothingTicked
    with _told_at(""):
        document = _kept(case, paper, paper.file, by=by, at=at) if paper.file else paper.document
    written = []
    for row in paper.rows:
        for purpose in row.purposes:
            with _told_at(row.partner):
                details = _details(row, purpose, paper.signed_on, document)
                written.append(consents.add(case=case, details=details, by=by, at=at))
    return written


def _details(row: TickedRow, purpose: str, signed_on: date, document: Document | None) -> ConsentDetails:
    return ConsentDetails(
        partner=row.partner,
        partner_name=row.partner_name,
        purpose=purpose,
        way=Consent.Way.WRITTEN,
        given_on=signed_on,
        valid_until=row.valid_until,
        document=document,
    )


@contextmanager
def _told_at(partner: str) -> Iterator[None]:
    """Lead a refusal to the fields of the row that it is about, and one about a day to the day of the paper."""
    try:
        yield
    except Refusal as refusal:
        if refusal.field in {"partner_name", "valid_until"}:
            refusal.field = f"{partner}_{refusal.field}"
        elif refusal.field in {"given_on", "dated_on"}:
            refusal.field = "signed_on"
        raise


def _kept(case: Case, paper: SignedPaper, file: CheckedFile, *, by: User, at: datetime) -> Document:
    """Add the paper, unless the very file is here already as the same."""
    what: dict[str, Any] = {
        "kind": Document.Kind.POWER_OF_ATTORNEY if paper.is_power else Document.Kind.CONSENT,
        "dated_on": paper.signed_on,
        "valid_until": paper.power_until if paper.is_power else None,
    }
    same = case.documents.filter(sha256=file.sha256, replaced_by=None, **what).first()
    return same or documents.add(case=case, file=file, title="", **what, by=by, at=at)
