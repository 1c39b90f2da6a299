"""The client list as rows of a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from casework.cases.head import TONES
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
    next_tone: str
    coordinator: str
    note: str  # why a search found it, when that does not show


def rows(cases: Iterable[Case], *, today: date) -> list[ClientRow]:
    """Describe cases that were read with their heads, in their order."""
    return [_row(case, today=today) for case in cases]


def _row(case: Case, *, today: date) -> ClientRow:
    phase = phase_of(case)
    next_on: date | None = case.next_task_due_on  # type: ignore[attr-defined]
    sealed = case.next_task_title  # type: ignore[attr-defined]
    return ClientRow(
        name=case.client.listed_name,
        number=case.number,
        url=case.get_absolute_url(),
        is_protected=case.client.is_protected,
        phase=phase.label,
        tone=TONES.get(phase, "success"),
        next_title=sealed.opened(case.next_task_id) if sealed else "",  # type: ignore[attr-defined]
        next_on=next_on,
        next_tone=urgency(next_on, today=today) if next_on else "",
        coordinator=case.coordinator.name,
        note=_("Somebody in the network") if getattr(case, "is_by_network", False) else "",
    )
