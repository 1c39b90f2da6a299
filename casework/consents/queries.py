"""Reading consents, powers of attorney and disclosures."""

import uuid
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from casework.consents.guard import valid_on
from casework.law.practice import Measure, length
from casework.models import AgendaItem, Case, Consent, Disclosure, Document, Meeting

MOST = 100  # consents of one client on a page
POWER = Document.Kind.POWER_OF_ATTORNEY


def ending_by(on: date) -> date:
    """The day up to which a consent or a power of attorney ends soon."""
    return on + length(Measure.CONSENT_ENDS, on)


def for_case(case: Case) -> dict[str, Any]:
    """Answer what the panel on a case's basic details shows, for a case that was fetched before."""
    return {"consents": of_client(case), "powers": list(powers_of_attorney(case))}


def of_client(case: Case) -> list[Consent]:
    """Every consent of the case's client, the newest first."""
    found = Consent.objects.filter(client=case.client_id).select_related("document__case")
    return list(found.order_by("-given_on", "-created_at")[:MOST])


def valid_of(case: Case, on: date, *, purpose: str) -> list[Consent]:
    """The consents of the case's client for one purpose that count on a day."""
    return list(Consent.objects.filter(valid_on(on), client=case.client_id, purpose=purpose))


def consent_or_404(case: Case, consent_id: uuid.UUID) -> Consent:
    """Fetch a consent of the client of a case that was handed out.

    Raises:
        Http404
    """
    consent: Consent = get_object_or_404(Consent.objects.all(), client=case.client_id, pk=consent_id)
    return consent


def powers_of_attorney(case: Case) -> QuerySet[Document]:
    """The powers of attorney of a case, without those that a newer version has replaced."""
    return case.documents.filter(kind=POWER, replaced_by=None)


def consent_papers(case: Case) -> QuerySet[Document]:
    """The documents of a case that may hold a signed consent."""
    return case.documents.filter(kind__in=[Document.Kind.CONSENT, POWER], replaced_by=None)


def disclosures_of(case: Case) -> QuerySet[Disclosure]:
    """What was handed over of a case, the newest first."""
    found: QuerySet[Disclosure] = case.disclosures.select_related("document", "by", "consent")
    return found


def disclosure_or_404(case: Case, disclosure_id: uuid.UUID) -> Disclosure:
    """Fetch what was handed over of a case that was handed out, and stands.

    Raises:
        Http404
    """
    found: Disclosure = get_object_or_404(case.disclosures.select_related("document"), pk=disclosure_id)
    found.case = case
    return found


def open_items() -> QuerySet[AgendaItem]:
    """Agenda items of open meetings whose minutes are not final."""
    items = AgendaItem.objects.filter(state=AgendaItem.State.DRAFT, meeting__state=Meeting.State.PLANNED)
    return items.select_related("meeting__chair", "case__coordinator").order_by("meeting__starts_at")


def items_resting_on(consent: Consent) -> list[AgendaItem]:
    """The unfinished agenda items of open meetings whose ground is this consent."""
    return list(open_items().filter(consent=consent))
