"""Handing over a document of a case: only on a ground, and only what is known to be clean; and correcting that."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.cases.actions import locked_open
from casework.consents import guard as consents
from casework.documents.actions import check_served
from casework.law import legal_grounds
from casework.law.errors import check_day
from casework.models import Case, Consent, Disclosure, Document
from casework.models.consent import Partner, Purpose
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal

Basis = Disclosure.Basis


class GroundDoesNotCover(Refusal):
    user_message = _(
        "%(law)s does not allow handing documents over to this receiver: %(partner)s. "
        "Ask the client for a consent, or leave the document here."
    )
    field = "ground"


class ReceiverMissing(Refusal):
    user_message = _("Say who exactly gets the document.")
    field = "recipient"


@transaction.atomic
def hand_over(
    *, document: Document, partner: str, recipient: str, on: date, ground: str, by: User, at: datetime
) -> Disclosure:
    """Write down that a document was handed over: to whom, on which day, on which ground (906/2019 17 §).

    `ground` is "consent" or the code of a provision in `casework.law.legal_grounds`. The same twice is one.

    Raises:
        ConsentMissing: the client does not allow it, or not in the way the law asks for (`casework.consents`).
        GroundDoesNotCover: the provision is about other receivers, or was not in force.
        DocumentNotServed: the file is infected or waits for its scan.
        ReceiverMissing, BeforeBirth, InTheFuture, CaseIsClosed
    """
    locked_open(document.case)
    check_served(Document.objects.get(pk=document.pk))
    return record(document=document, partner=partner, recipient=recipient, on=on, ground=ground, by=by, at=at)


@transaction.atomic
def record(
    *, document: Document, partner: str, recipient: str, on: date, ground: str, by: User, at: datetime
) -> Disclosure:
    """Write the same down of a letter that the service has printed itself, also of a closed case.

    Raises:
        ConsentMissing, GroundDoesNotCover, ReceiverMissing, BeforeBirth, InTheFuture
    """
    case = document.case.locked("client")
    values = _checked(case, partner=partner, recipient=recipient, on=on, ground=ground, at=at)
    same = _same(document, partner, recipient, on)
    if same is not None:
        return same
    disclosure: Disclosure = Disclosure.objects.create(case=case, document=document, **values, by=by)
    facts = {"kind": document.kind, "partner": partner, "ground": ground}
    timeline.add(case=case, kind="document.handed_over", by=by, at=at, on=on, about=document, facts=facts)
    return disclosure


@transaction.atomic
def correct(
    *,
    disclosure: Disclosure,
    partner: str,
    recipient: str,
    on: date,
    ground: str,
    reason: str,
    version: int,
    by: User,
    at: datetime,
) -> Disclosure:
    """Correct to whom, when and on which ground a document was handed over, also of a closed case.

    Raises:
        TakenBack, EditedMeanwhile
        ConsentMissing, GroundDoesNotCover, ReceiverMissing, BeforeBirth, InTheFuture: as `hand_over`.
    """
    case, disclosure = _locked(disclosure, version)
    values = _checked(case, partner=partner, recipient=recipient, on=on, ground=ground, at=at)
    facts = {"partner": partner, "ground": ground}
    why = Why(reason=reason, by=by, at=at, case=case, kind="disclosure.corrected", facts=facts)
    corrections.correct(disclosure, values, why)
    return disclosure


@transaction.atomic
def take_back(*, disclosure: Disclosure, reason: str, version: int, by: User, at: datetime) -> Disclosure:
    """Take back what was written down though nothing was handed over.

    Raises:
        TakenBack, EditedMeanwhile
    """
    case, disclosure = _locked(disclosure, version)
    facts = {"partner": disclosure.partner, "ground": disclosure.ground}
    why = Why(reason=reason, by=by, at=at, case=case, kind="disclosure.removed", facts=facts)
    corrections.take_back(disclosure, why)
    return disclosure


def _locked(disclosure: Disclosure, version: int) -> tuple[Case, Disclosure]:
    case = disclosure.case.locked("client")
    disclosure = disclosure.locked()
    corrections.check_standing(disclosure)
    disclosure.check_version(version)
    return case, disclosure


def _checked(case: Case, *, partner: str, recipient: str, on: date, ground: str, at: datetime) -> dict[str, Any]:
    """Check what was typed; answer the fields of a disclosure."""
    check_day(on, born_on=case.client.born_on, today=helsinki(at), field="on")
    if not recipient:
        raise ReceiverMissing
    consent = _consent(case, partner, recipient, on) if ground == Basis.CONSENT else None
    if consent is None:
        _check_law(ground, partner, on)
    basis = Basis.CONSENT if consent else Basis.LAW
    note = "" if consent else ground
    return {
        "partner": partner,
        "recipient": recipient,
        "on": on,
        "basis": basis.value,
        "basis_note": note,
        "consent": consent,
    }


def _consent(case: Case, partner: str, recipient: str, on: date) -> Consent:
    return consents.require(case.client, partner=partner, purpose=Purpose.HAND_OVER, on=on, who=recipient)


def _check_law(code: str, partner: str, on: date) -> None:
    if all(law.code != code for law in legal_grounds.laws_on(on, partner=partner)):
        raise GroundDoesNotCover(law=legal_grounds.law_name(code, on), partner=Partner(partner).label)


def _same(document: Document, partner: str, recipient: str, on: date) -> Disclosure | None:
    """Find what the same form wrote down a moment ago; the receiver is encrypted and compared here."""
    rows = document.disclosures.filter(partner=partner, on=on)
    return next((row for row in rows if row.recipient == recipient), None)
