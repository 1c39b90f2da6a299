"""Reading what became of the open ends of a closed case."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404

from casework.cases.open_ends import End
from casework.models import (
    AbilityDescription,
    AgendaItem,
    Appeal,
    Application,
    Appointment,
    CareReferral,
    Case,
    Decision,
    OpenEnd,
    Removal,
    StatementRequest,
    Task,
)

Kind = OpenEnd.Kind

# Where the thing lies that an end is about, and what its title reads beside it.
PLACES: Mapping[str, tuple[type[Model], tuple[str, ...]]] = {
    Kind.CLOCK: (Decision, ("application__case",)),
    Kind.CHECK: (Decision, ("application__case",)),
    Kind.APPEAL: (Appeal, ("decision__application__case",)),
    Kind.REMOVAL: (Removal, ("decision__application__case",)),
    Kind.APPLICATION: (Application, ("case",)),
    Kind.CONTINUATION: (Application, ("case",)),
    Kind.JOBSEEKER: (Application, ("case",)),
    Kind.CARE: (CareReferral, ("case",)),
    Kind.STATEMENT: (StatementRequest, ("case",)),
    Kind.VISIT: (Appointment, ("case",)),
    Kind.AGENDA: (AgendaItem, ("meeting",)),
    Kind.TASK: (Task, ("assignee",)),
    Kind.DESCRIPTION: (AbilityDescription, ()),
}


@dataclass(frozen=True)
class Settled:
    """What became of an open end, and what it is about."""

    end: OpenEnd
    about: End


def settled(case: Case) -> list[Settled]:
    """Read what became of everything that was open when a case was closed, with what each is about."""
    return _settled(list(case.ends.filter(is_current=True).select_related("keeper")))


def settled_or_404(case: Case, end_id: uuid.UUID) -> Settled:
    """Fetch what became of one open end of a case that was closed, perhaps opened again since.

    Raises:
        Http404
    """
    found = _settled([get_object_or_404(case.ends.select_related("keeper"), pk=end_id)])
    if not found:
        raise Http404
    return found[0]


def row_of(end: OpenEnd) -> Any:
    """Fetch the thing itself that an end is about; None when it was taken back."""
    return PLACES[end.kind][0]._default_manager.filter(pk=end.about).first()


def _settled(ends: list[OpenEnd]) -> list[Settled]:
    rows: dict[uuid.UUID, Any] = {}
    for kind in {end.kind for end in ends}:
        model, related = PLACES[kind]
        keys = [end.about for end in ends if end.kind == kind]
        rows |= model._base_manager.select_related(*related).in_bulk(keys)
    found = [end for end in ends if end.about in rows]
    return [Settled(end, End(kind=Kind(end.kind), row=rows[end.about])) for end in found]
