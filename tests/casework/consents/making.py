"""Makes consents, powers of attorney, disclosures and withdrawals for tests, through the real actions only."""

from datetime import date, datetime, timedelta
from typing import Any

from casework.consents import actions as consents
from casework.consents import disclosures
from casework.consents.actions import ConsentDetails
from casework.documents import actions as documents
from casework.models import Case, Consent, Disclosure, Document
from casework.models.consent import Partner, Purpose
from casework.withdrawals import actions as withdrawals
from casework.withdrawals import consents as withdrawn_consents
from tenants import files
from tenants.accounts.models import User
from tenants.display import helsinki
from tests.casework.documents.paper import a_pdf
from tests.conftest import NOON


def a_consent(
    case: Case,
    partner: str = Partner.KELA,
    purpose: str = Purpose.HAND_OVER,
    *,
    by: User,
    given_on: date = date(2026, 9, 1),
    at: datetime = NOON,
    **details: Any,
) -> Consent:
    """Write down a consent in writing; until further notice unless `valid_until` is told."""
    known = ConsentDetails(partner=partner, purpose=purpose, given_on=given_on, **details)
    return consents.add(case=case, details=known, by=by, at=at)


def taken_back(
    case: Case, consent: Consent, *, by: User, on: date = date(2026, 11, 23), at: datetime = NOON
) -> Consent:
    """Take a consent back."""
    return withdrawn_consents.withdraw(case=case, consent=consent, on=on, version=consent.version, by=by, at=at)


def a_paper(
    case: Case, kind: str = Document.Kind.STATEMENT_B, *, by: User, at: datetime = NOON, **details: Any
) -> Document:
    """Add a small file; the test sets settings.FILES."""
    values: dict[str, Any] = {"title": "", "dated_on": None, **details}
    return documents.add(case=case, kind=kind, file=files.check_upload(a_pdf(), "paper.pdf"), **values, by=by, at=at)


def a_newer_version(document: Document, *, by: User, at: datetime = NOON) -> Document:
    """Put a newer version in a paper's place."""
    file = files.check_upload(a_pdf(), "paper.pdf")
    return documents.replace(document=document, file=file, dated_on=None, valid_until=None, by=by, at=at)


def handed_over(
    document: Document,
    partner: str = Partner.KELA,
    *,
    by: User,
    recipient: str = "Kela, Kuopio",
    on: date = date(2026, 11, 20),
    ground: str = Disclosure.Basis.CONSENT,
    at: datetime = NOON,
) -> Disclosure:
    """Hand a document over on a ground that holds."""
    return disclosures.hand_over(
        document=document, partner=partner, recipient=recipient, on=on, ground=ground, by=by, at=at
    )


def withdrawn(case: Case, *, by: User, on: date = date(2026, 11, 23), at: datetime = NOON, **details: Any) -> Case:
    """Let the client leave the service."""
    version = Case.objects.get(pk=case.pk).version
    return withdrawals.withdraw(case=case, on=on, version=version, by=by, at=at, **details)


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """Fill the pages of consents: one in every state, a paper handed over; answers the arguments of addresses."""
    today = helsinki(at)
    known: dict[str, Any] = {"by": by, "at": at, "given_on": today - timedelta(days=60)}
    consent = a_consent(case, Partner.TEAM, Purpose.DISCUSS, **known)
    a_consent(case, Partner.KELA, valid_until=today + timedelta(days=12), partner_name="Kela, Kuopio", **known)
    a_consent(case, Partner.HEALTH_CARE, Purpose.ACCOMPANY, valid_until=today - timedelta(days=2), **known)
    back = a_consent(case, Partner.EMPLOYER, partner_name="Kuljetus Korhonen Oy", **known)
    taken_back(case, back, on=today, by=by, at=at)
    ends_soon = {"dated_on": today, "valid_until": today + timedelta(days=20)}
    power = a_paper(case, Document.Kind.POWER_OF_ATTORNEY, title="Valtakirja Kelaan", **ends_soon, by=by, at=at)
    handed_over(power, on=today, by=by, at=at)
    return {"consent_id": consent.pk}
