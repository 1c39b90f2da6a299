"""How consents, powers of attorney and what was handed over are shown: in which state they are, and on which ground."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.consents.queries import ending_by, for_case
from casework.law import legal_grounds
from casework.models import Case, Consent, Disclosure, Document
from tenants.display import day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class State(enum.Enum):
    """Where a consent stands on a day, in the order of the panel."""

    ENDING = ("warning", gettext_lazy("Ends soon"))
    VALID = ("success", gettext_lazy("In force"))
    ENDED = ("neutral", gettext_lazy("Ended"))
    WITHDRAWN = ("neutral", gettext_lazy("Taken back"))

    def __init__(self, tone: str, label: "StrOrPromise") -> None:
        self.tone = tone
        self.label = label

    @property
    def counts(self) -> bool:
        return self in {State.ENDING, State.VALID}


@dataclass(frozen=True)
class ConsentRow:
    """One consent of the panel."""

    consent: Consent
    title: str
    note: str
    state: State


@dataclass(frozen=True)
class PowerRow:
    """One power of attorney of the panel."""

    document: Document
    note: str
    state: State


@dataclass(frozen=True)
class DisclosureRow:
    """One document that was handed over."""

    disclosure: Disclosure
    ground: str


def consents_panel(case: Case, *, today: date) -> dict[str, Any]:
    """Answer what consents/parts/consents_panel.html shows of a case that was fetched before."""
    found = for_case(case)
    consents = consent_rows(found["consents"], today=today)
    return {"consents": consents, "powers": power_rows(found["powers"], today=today)}


def consent_rows(consents: Iterable[Consent], *, today: date) -> list[ConsentRow]:
    """Describe consents: first those that end soon, then those in force, ended and taken back."""
    rows = [ConsentRow(one, title(one), _note(one), state_of(one, today=today)) for one in consents]
    order = list(State)
    return sorted(rows, key=lambda row: order.index(row.state))


def power_rows(powers: Iterable[Document], *, today: date) -> list[PowerRow]:
    """Describe powers of attorney by their last day."""
    return [PowerRow(power, _until(power.valid_until), _state(power.valid_until, today=today)) for power in powers]


def disclosure_rows(disclosures: Iterable[Disclosure]) -> list[DisclosureRow]:
    """Describe what was handed over, each with its ground."""
    return [DisclosureRow(disclosure, _ground(disclosure)) for disclosure in disclosures]


def title(consent: Consent) -> str:
    """Say with whom and for what."""
    return f"{consent.get_partner_display()} – {consent.get_purpose_display()}"


def state_of(consent: Consent, *, today: date) -> State:
    """Say where a consent stands on a day."""
    return State.WITHDRAWN if consent.withdrawn_on else _state(consent.valid_until, today=today)


def _state(until: date | None, *, today: date) -> State:
    if until is None or until > ending_by(today):
        return State.VALID
    return State.ENDING if until >= today else State.ENDED


def _note(consent: Consent) -> str:
    given = _("%(way)s, given %(day)s") % {"way": consent.get_way_display(), "day": day(consent.given_on)}
    end = _("taken back %(day)s") % {"day": day(consent.withdrawn_on)} if consent.withdrawn_on else ""
    return " · ".join(part for part in (consent.partner_name, given, end or _until(consent.valid_until)) if part)


def _until(until: date | None) -> str:
    return _("until %(day)s") % {"day": day(until)} if until else _("until further notice")


def _ground(disclosure: Disclosure) -> str:
    if disclosure.consent is None:
        return legal_grounds.law_told(disclosure.basis_note, disclosure.on)
    return _("Consent given %(day)s") % {"day": day(disclosure.consent.given_on)}
