"""Consents in every state, a power of attorney that ends soon, and a document that was handed over."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casework.documents import actions as documents
from casework.models import Case, Document
from casework.models.consent import Partner, Purpose
from tenants import files
from tenants.accounts.models import User
from tests.casework.consents.making import a_consent, handed_over, taken_back
from tests.tenants.uploads import pdf


def furnish(case: Case, aino: User) -> dict[str, object]:
    """Let the client allow this and that."""
    now, today = timezone.now(), timezone.localdate()
    known: dict[str, Any] = {"by": aino, "at": now, "given_on": today - timedelta(days=60)}
    consent = a_consent(case, Partner.TEAM, Purpose.DISCUSS, **known)
    a_consent(case, Partner.KELA, valid_until=today + timedelta(days=12), partner_name="Kela, Kuopio", **known)
    a_consent(case, Partner.HEALTH_CARE, Purpose.ACCOMPANY, valid_until=today - timedelta(days=2), **known)
    back = a_consent(case, Partner.EMPLOYER, partner_name="Kuljetus Korhonen Oy", **known)
    taken_back(case, back, on=today, by=aino, at=now)
    power = _power(case, aino)
    handed_over(power, recipient="Kela, Kuopio", on=today, by=aino, at=now)
    return {"consent_id": consent.pk}


def _power(case: Case, aino: User) -> Document:
    return documents.add(
        case=case,
        file=files.check_upload(SimpleUploadedFile("valtakirja.pdf", pdf()), "valtakirja.pdf"),
        kind=Document.Kind.POWER_OF_ATTORNEY,
        title="Valtakirja Kelaan",
        dated_on=timezone.localdate(),
        valid_until=timezone.localdate() + timedelta(days=20),
        by=aino,
        at=timezone.now(),
    )
