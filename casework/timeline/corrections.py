"""Correcting and taking back: the one way to write over what a person wrote, and to read what it said before.

The caller has locked the row and checked its version, its case and the new values. What stood there is kept, sealed,
with who, when and why; the timeline and the access log hear of it. What follows from the row is the caller's to reckon.
"""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from casework.models import Case, Correction
from casework.models.correction import HIDDEN, Correctable, KeepsHistory
from casework.models.hidden import hidden_fields
from casework.timeline import writing as timeline
from tenants import histories
from tenants.accounts.models import User
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.errors import Refusal
from tenants.histories import NOTHING, Old

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Act = Correction.Act


class TakenBack(Refusal):
    user_message = gettext_lazy("This was taken back meanwhile. Write it anew if it holds.")


@dataclass(frozen=True, kw_only=True)
class Why:
    """Why something is corrected or taken back, who does it, and where it is told."""

    reason: str
    by: User
    at: datetime
    case: Case | None
    kind: str  # of the line on the timeline; without a case, of the log's entry; empty: the caller tells of it
    facts: Mapping[str, str | int] | None = None
    on: date | None = None  # when it happened, if not when it is written down


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """One correction as a page shows it."""

    correction: Correction
    noun: "StrOrPromise"
    olds: list[Old]
    named: str = ""  # which row of its kind; empty on a page of that row


def check_standing(row: Correctable) -> None:
    """Refuse to touch what was taken back; call with the row locked.

    Raises:
        TakenBack
    """
    if row.is_removed:
        raise TakenBack


def correct(row: KeepsHistory, values: Mapping[str, Any], why: Why) -> bool:
    """Write new values over a locked row and keep the old ones; answer whether anything changed.

    Without a reason it is a change in the course of work, which needs none, and not a correction.
    """
    changed = _changed(row, values)
    if not changed:
        return False
    _keep(row, Act.CORRECTED if why.reason else Act.CHANGED, changed, why)
    _write(row, changed)
    _tell(row, why)
    return True


def fill_in(row: KeepsHistory, values: Mapping[str, Any], why: Why) -> bool:
    """Write answers over a locked row in the course of work; answer whether others stood there before.

    Those are kept. Where nobody had answered there is nothing to keep: a first answer makes no line of the history.
    """
    changed = _changed(row, values)
    if not changed:
        return False
    answered = [name for name in (*row.CORRECTED, *row.BESIDE) if name in changed and row.says(name)]
    if answered:
        _keep(row, Act.CHANGED, answered, why)
    _write(row, changed)
    _tell(row, why)
    return bool(answered)


def take_back(row: Correctable, why: Why) -> None:
    """Take a locked row back: no page and no sum shows it any more, its words stay in the history."""
    _keep(row, Act.REMOVED, (*row.CORRECTED, *row.BESIDE), why)
    row.save_version(*row.mark_removed(by=why.by, at=why.at, reason=why.reason))
    _tell(row, why)


def standing(row: KeepsHistory) -> list[Old]:
    """What a row says now, in words; what nobody has written yet is left out."""
    stored = {name: _stored(row, name) for name in (*row.CORRECTED, *row.BESIDE)}
    return [old for old in _olds(type(row), stored, instead=_hidden_because(row)) if old.said != NOTHING]


def of_row(row: KeepsHistory, *, is_hidden: bool | None = None) -> list[Earlier]:
    """What a row said before, the newest correction first.

    `is_hidden` says what the row itself does not know: `False` is for who gave a reason.
    """
    instead = _hidden_because(row) if is_hidden is None else HIDDEN if is_hidden else ""
    found = Correction.objects.filter(about_id=row.pk).select_related("by")
    return [_described(correction, instead=instead) for correction in found]


def of_case(case: Case) -> models.QuerySet[Correction]:
    """Everything of a case that was corrected or taken back, the newest first; also of its client without a case."""
    of_client = models.Q(case=None, about_id=case.client_id)
    found = Correction.objects.filter(models.Q(case=case) | of_client)
    return found.select_related("by").order_by("-at", "-created_at")


def described(corrections: Iterable[Correction]) -> list[Earlier]:
    """Put corrections of several rows into words, in their order, each with the name of its row."""
    found = list(corrections)
    rows = _rows(found)
    return [_named(correction, rows.get(correction.about_id)) for correction in found]


def tables() -> dict[str, type[KeepsHistory]]:
    """The tables that have a history, by the noun under which it is kept."""
    from django.apps import apps

    return {timeline.noun(model): model for model in apps.get_models() if issubclass(model, KeepsHistory)}


def _changed(row: KeepsHistory, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if _value(row, name) != value}


def _write(row: KeepsHistory, changed: Mapping[str, Any]) -> None:
    for name, value in changed.items():
        if name in row.BESIDE:
            row.write_beside(name, value)
        else:
            setattr(row, name, value)
    row.save_version("version", *(name for name in changed if name not in row.BESIDE))


def _keep(row: KeepsHistory, act: Correction.Act, names: Iterable[str], why: Why) -> None:
    before = {name: _stored(row, name) for name in names}
    Correction.objects.create(
        case=why.case,
        about_kind=timeline.noun(row),
        about_id=row.pk,
        replaced_version=row.version,
        act=act,
        before=json.dumps(before, ensure_ascii=False),
        reason=why.reason,
        at=why.at,
        by=why.by,
    )


def _tell(row: KeepsHistory, why: Why) -> None:
    if not why.kind:
        return
    if why.case is None:
        subject = Subject(timeline.noun(row), str(row.pk))
        access_log.record(by=why.by, action=why.kind, subjects=[subject])
        return
    timeline.add(case=why.case, kind=why.kind, by=why.by, at=why.at, on=why.on, about=row, facts=why.facts)


def _value(row: KeepsHistory, name: str) -> Any:
    return row.read_beside(name) if name in row.BESIDE else getattr(row, name)


def _stored(row: KeepsHistory, name: str) -> Any:
    """Read a value through its field, which opens what is sealed, as JSON can hold it."""
    return histories.stored(_value(row, name))


def _rows(found: Iterable[Correction]) -> dict[uuid.UUID, KeepsHistory]:
    """Read the rows that corrections are about, also those that were taken back, one query a table."""
    keys: dict[str, set[uuid.UUID]] = {}
    for correction in found:
        keys.setdefault(correction.about_kind, set()).add(correction.about_id)
    rows: dict[uuid.UUID, KeepsHistory] = {}
    for kind, of_kind in keys.items():
        model = tables()[kind]
        written = model._base_manager.all()
        rows |= (written.select_related(*model.NAMED_BY) if model.NAMED_BY else written).in_bulk(of_kind)
    return rows


def _named(correction: Correction, row: KeepsHistory | None) -> Earlier:
    """Describe a correction with the name of its row; of a row that is gone for good nothing is told that may hide."""
    if row is None:
        return _described(correction, instead=HIDDEN)
    return replace(_described(correction, instead=_hidden_because(row)), named=row.named())


def _hidden_because(row: KeepsHistory) -> "StrOrPromise":
    return row.hidden_because() if hidden_fields(type(row)) else ""


def _described(correction: Correction, *, instead: "StrOrPromise") -> Earlier:
    model = tables()[correction.about_kind]
    stored: dict[str, Any] = json.loads(correction.before)
    olds = _olds(model, stored, instead=instead)
    return Earlier(correction=correction, noun=capfirst(str(model._meta.verbose_name)), olds=olds)


def _olds(model: type[KeepsHistory], stored: Mapping[str, Any], *, instead: "StrOrPromise") -> list[Old]:
    """Put stored values into words, in the order of the page; `instead`, where given, of what an order hides."""
    hidden = set(hidden_fields(model)) if instead else set()
    fields: list[Any] = [model._meta.get_field(name) for name in model.CORRECTED if name in stored]
    own = [
        Old(capfirst(field.verbose_name), instead if field.name in hidden else _said(model, field, stored[field.name]))
        for field in fields
    ]
    beside = [name for name in model.BESIDE if name in stored]
    return own + [Old(model.BESIDE[name], str(model().worded(name, stored[name]))) for name in beside]


def _said(model: type[KeepsHistory], field: Any, value: Any) -> str:
    """Put a stored value into words: the row's own, or the field's."""
    own = model().worded(field.name, value)
    return histories.said(field, value) if own is None else own
