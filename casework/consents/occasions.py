"""What consents ask for: the coordinator asks the client before one, or a power of attorney, ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casework.consents.guard import valid_on
from casework.consents.queries import POWER, ending_by
from casework.models import Case, Consent, Document
from casework.timeline.ledger import AsTask, ForWhom, Occasion, Source
from tenants.display import day


@dataclass(frozen=True, kw_only=True)
class Ending:
    """A consent that ends soon, the open case of its client, and the client's other consents that count."""

    consent: Consent
    case: Case
    others: list[Consent]


def _consents(on: date) -> Iterator[Ending]:
    of_open_cases = Case.objects.filter(closed_on=None).values("client")
    soon = Consent.objects.filter(valid_on(on), valid_until__lte=ending_by(on), client__in=of_open_cases)
    clients = {consent.client_id for consent in soon}
    cases = Case.objects.filter(client__in=clients, closed_on=None).select_related("coordinator")
    case_of = {case.client_id: case for case in cases}
    valid = list(Consent.objects.filter(valid_on(on), client__in=clients))
    for consent in soon:
        others = [other for other in valid if other.client_id == consent.client_id and other.pk != consent.pk]
        yield Ending(consent=consent, case=case_of[consent.client_id], others=others)


def _ends(ending: Ending, on: date) -> Occasion | None:
    """Nothing is asked when another consent for the same lasts longer."""
    consent = ending.consent
    if consent.valid_until is None or any(_lasts_longer(other, consent) for other in ending.others):
        return None
    same = Consent.objects.filter(valid_on(on), pk=consent.pk, valid_until=consent.valid_until)
    return Occasion(
        cause=f"consent:{consent.pk}:{consent.valid_until.isoformat()}",
        case=ending.case,
        about=consent.pk,
        due_on=consent.valid_until,
        for_whom=ForWhom.COORDINATOR,
        channels=(AsTask(title=partial(_consent_title, consent, consent.valid_until)),),
        is_still=same.exists,
    )


def _consent_title(consent: Consent, until: date) -> str:
    words = {"partner": consent.get_partner_display(), "purpose": consent.get_purpose_display(), "day": day(until)}
    return _("A consent ends %(day)s: %(partner)s – %(purpose)s. Ask the client whether it goes on.") % words


def _powers(on: date) -> QuerySet[Document]:
    """Those that a newer paper has not replaced."""
    soon = Document.objects.filter(kind=POWER, replaced_by=None, valid_until__range=(on, ending_by(on)))
    return soon.filter(case__closed_on=None).select_related("case__coordinator")


def _power_ends(power: Document, on: date) -> Occasion | None:
    if power.valid_until is None:
        return None
    return Occasion(
        cause=f"power_of_attorney:{power.pk}:{power.valid_until.isoformat()}",
        case=power.case,
        about=power.pk,
        due_on=power.valid_until,
        for_whom=ForWhom.COORDINATOR,
        channels=(AsTask(title=partial(_power_title, power.valid_until)),),
        is_still=Document.objects.filter(pk=power.pk, valid_until=power.valid_until, replaced_by=None).exists,
    )


def _power_title(until: date) -> str:
    return _("A power of attorney ends %(day)s. Ask the client for a new one.") % {"day": day(until)}


def _lasts_longer(other: Consent, consent: Consent) -> bool:
    return _what_for(other) == _what_for(consent) and _end(other) > _end(consent)


def _what_for(consent: Consent) -> tuple[str, str, str]:
    return consent.partner, consent.purpose, consent.partner_name.casefold()


def _end(consent: Consent) -> date:
    return consent.valid_until or date.max


ENDING = Source(name="consent", rows=_consents, about=lambda ending: ending.consent.pk, occasion=_ends)
POWERS = Source(name="power_of_attorney", rows=_powers, about=lambda power: power.pk, occasion=_power_ends)
SOURCES = (ENDING, POWERS)
