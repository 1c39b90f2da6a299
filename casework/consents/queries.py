"""Reading consents, powers of attorney and disclosures, and what ends soon."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.translation import gettext as _

from casework.case_tasks.wanted import Wanted
from casework.consents.guard import valid_on
from casework.models import AgendaItem, Case, Consent, Disclosure, Document, Meeting
from tenants.display import day

ENDS_SOON = timedelta(days=30)
MOST = 100  # consents of one client on a page
POWER = Document.Kind.POWER_OF_ATTORNEY


def for_case(case: Case) -> dict[str, Any]:
    """Answer what the panel on a case's basic details shows, for a case that was fetched before."""
    return {"consents": of_client(case), "powers": list(powers_of_attorney(case))}


def of_client(case: Case) -> list[Consent]:
    """Every consent of the case's client, the newest first."""
    return list(Consent.objects.filter(client=case.client_id).order_by("-given_on", "-created_at")[:MOST])


def valid_of(case: Case, on: date, *, purpose: str) -> list[Consent]:
    """The consents of the case's client for one purpose that count on a day."""
    return list(Consent.objects.filter(valid_on(on), client=case.client_id, purpose=purpose))


def consent_or_404(case: Case, consent_id: uuid.UUID) -> Consent:
    """Fetch a consent of the client of a case that was handed out.

    Raises:
        Http404
    """
    return get_object_or_404(Consent, client=case.client_id, pk=consent_id)


def powers_of_attorney(case: Case) -> QuerySet[Document]:
    """The powers of attorney of a case, without those that a newer version has replaced."""
    return case.documents.filter(kind=POWER, replaced_by=None)


def consent_papers(case: Case) -> QuerySet[Document]:
    """The documents of a case that may hold a signed consent."""
    return case.documents.filter(kind__in=[Document.Kind.CONSENT, POWER], replaced_by=None)


def disclosures_of(case: Case) -> QuerySet[Disclosure]:
    """What was handed over of a case, the newest first."""
    return case.disclosures.select_related("document", "by", "consent")


def open_items() -> QuerySet[AgendaItem]:
    """Agenda items of open meetings whose minutes are not final."""
    items = AgendaItem.objects.filter(state=AgendaItem.State.DRAFT, meeting__state=Meeting.State.PLANNED)
    return items.select_related("meeting__chair", "case__coordinator").order_by("meeting__starts_at")


def items_resting_on(consent: Consent) -> list[AgendaItem]:
    """The unfinished agenda items of open meetings whose ground is this consent."""
    return list(open_items().filter(consent=consent))


def ending(on: date) -> Iterator[Wanted]:
    """Want a task of the coordinator when a consent or power of attorney of an open case ends within 30 days.

    None is wanted when another consent for the same lasts longer, or a newer paper has replaced the power of attorney.
    """
    yield from _consents_ending(on)
    yield from _powers_ending(on)


def _consents_ending(on: date) -> Iterator[Wanted]:
    of_open_cases = Case.objects.filter(closed_on=None).values("client")
    soon = Consent.objects.filter(valid_on(on), valid_until__lte=on + ENDS_SOON, client__in=of_open_cases)
    clients = {consent.client_id for consent in soon}
    cases = Case.objects.filter(client__in=clients, closed_on=None).select_related("coordinator")
    case_of = {case.client_id: case for case in cases}
    valid = list(Consent.objects.filter(valid_on(on), client__in=clients))
    for consent in soon:
        if not any(_lasts_longer(other, consent) for other in valid):
            yield _consent_wanted(consent, case_of[consent.client_id], on)


def _consent_wanted(consent: Consent, case: Case, on: date) -> Wanted:
    with translation.override(case.coordinator.language):
        words = {"partner": consent.get_partner_display(), "purpose": consent.get_purpose_display()}
        title = _("A consent ends %(day)s: %(partner)s – %(purpose)s. Ask the client whether it goes on.")
        title %= words | {"day": day(_end(consent))}
    return Wanted(
        cause=f"consent:{consent.pk}:{consent.valid_until}",
        case=case,
        title=title,
        due_on=_end(consent),
        assignee=case.coordinator,
        is_still_wanted=Consent.objects.filter(valid_on(on), pk=consent.pk, valid_until=consent.valid_until).exists,
    )


def _powers_ending(on: date) -> Iterator[Wanted]:
    soon = Document.objects.filter(kind=POWER, replaced_by=None, valid_until__range=(on, on + ENDS_SOON))
    for power in soon.filter(case__closed_on=None).select_related("case__coordinator"):
        coordinator, until = power.case.coordinator, power.valid_until or on
        with translation.override(coordinator.language):
            title = _("A power of attorney ends %(day)s. Ask the client for a new one.") % {"day": day(until)}
        yield Wanted(
            cause=f"power_of_attorney:{power.pk}:{until}",
            case=power.case,
            title=title,
            due_on=until,
            assignee=coordinator,
            is_still_wanted=Document.objects.filter(pk=power.pk, valid_until=until, replaced_by=None).exists,
        )


def _lasts_longer(other: Consent, consent: Consent) -> bool:
    return _what_for(other) == _what_for(consent) and _end(other) > _end(consent)


def _what_for(consent: Consent) -> tuple[uuid.UUID, str, str, str]:
    return consent.client_id, consent.partner, consent.purpose, consent.partner_name.casefold()


def _end(consent: Consent) -> date:
    return consent.valid_until or date.max
