"""What the timeline keeps in the row of a case: its phase and the day of the last contact, derived at every event."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from casework.law.phases import DECIDING, Facts, Phase, phase_of
from casework.models import Case
from casework.timeline.contact import CONTACTS, last_contact, with_contacts
from casework.timeline.phase import with_facts
from tenants.prepared import Prepared


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What the facts of a case say."""

    phase: Phase
    contact_on: date | None


def keep(case: Case) -> None:
    """Write down what the facts of a case say now, in the transaction that has changed them."""
    [row] = _facts_of(case=case.pk)
    said = asdict(_said_by(row))
    if any(row[name] != value for name, value in said.items()):
        Case.objects.filter(pk=case.pk).update(**said)
    for name, value in said.items():
        setattr(case, name, value)


def derived(case: Case) -> Kept:
    """Derive from its facts what a case's row should say, whatever it says."""
    [row] = _facts_of(case=case.pk)
    return _said_by(row)


def _said_by(row: dict[str, Any]) -> Kept:
    phase = phase_of(Facts(**{fact: row[fact] for fact, _phase in DECIDING}))
    return Kept(phase=phase, contact_on=last_contact(row))


def _facts(*, case: uuid.UUID) -> QuerySet[Case, dict[str, Any]]:
    facts = [fact for fact, _phase in DECIDING]
    cases = with_contacts(with_facts(Case.objects.filter(pk=case)))
    rows: QuerySet[Case, dict[str, Any]] = cases.order_by().values("phase", "contact_on", *facts, *CONTACTS)
    return rows


_facts_of = Prepared(_facts)
