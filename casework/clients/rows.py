"""The client list as rows of a table."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from casework.cases.head import TONES
from casework.cases.next_thing import NextThing, next_things
from casework.cases.queries import phase_of
from casework.models import Case
from tenants.display import urgency

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class ClientRow:
    """One case of the list: who, where it stands, what is next, whose it is."""

    name: str
    number: str
    url: str
    is_protected: bool
    phase: "StrOrPromise"
    tone: str
    next_title: str
    next_on: date | None
    next_who: str
    next_tone: str
    coordinator: str
    note: str  # why a search found it, when that does not show


def rows(cases: Iterable[Case], *, by_network: Collection[uuid.UUID] = (), today: date) -> list[ClientRow]:
    """Describe cases in their order; `by_network` are the keys of those that a search found by somebody else's name."""
    shown = list(cases)
    things = next_things(shown, on=today)
    return [_row(case, things.get(case.pk), is_by_network=case.pk in by_network, today=today) for case in shown]


def _row(case: Case, thing: NextThing | None, *, is_by_network: bool, today: date) -> ClientRow:
    phase = phase_of(case)
    return ClientRow(
        name=case.client.listed_name,
        number=case.number,
        url=case.get_absolute_url(),
        is_protected=case.client.is_protected,
        phase=phase.label,
        tone=TONES.get(phase, "success"),
        next_title=thing.title if thing else "",
        next_on=thing.on if thing else None,
        next_who=thing.who if thing else "",
        next_tone=urgency(thing.on, today=today) if thing else "",
        coordinator=case.coordinator.name,
        note=_("Somebody in the network") if is_by_network else "",
    )
