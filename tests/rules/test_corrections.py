"""Whatever a person writes they can correct or take back: the old text stays, and both stand in the log."""

from typing import Any

import pytest
from django.db import models

from billing import changes
from billing.models import Change
from casework.law import workflow
from casework.models import (
    Correction,
)
from casework.models.correction import KeepsHistory
from casework.models.removable import Removable
from casework.timeline import corrections
from casework.timeline.writing import noun
from tenants.audit.models import AccessEntry
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.rules.actions import Action, actions, calls
from tests.rules.correcting import AS_A_WHOLE, BILLING, CHANGING, LIVING, MAKING, OLD, TOLD_ABOUT


def _writes_over(action: Action) -> bool:
    """Tell whether it takes words for fields that a history keeps."""
    return (
        action.row is not None and issubclass(action.row, KeepsHistory) and bool(action.typed & {*action.row.CORRECTED})
    )


# A mechanism of their own keeps every wording: another row replaces the old one, or each save is a version.
OWN_HISTORY = {
    "MappingEntry": "a correction is a new entry that replaces the old one; both stay",
    "AgendaItem": "each save of the minutes is a version, final ones are opened again by the chair",
    "AbilityDescription": "a signed version never changes, work goes on in the next",
    "OwnAnnex": "another row replaces the old one; both stay, with who wrote them and when",
    "OwnFigure": "another row replaces the old one; both stay, with who wrote them and when",
    "Document": "a newer paper replaces the old one; both stay",
    "Phrase": "each wording is a row, with who wrote and who approved it; a phrase is retired, never lost",
    "ReadingRequest": "its state says whether it was read or taken back, and so does the timeline",
    "ReadingRemark": "a reader writes another one; the words it speaks about are kept with it",
    "Draft": "what is not saved yet: its writer writes over it and throws it away",
}

# What writes over fields of a row with a history, and loses nothing by it.
LOSES_NOTHING = {
    "cases.actions.close": "an open case has no outcome",
    "endings.actions.close": "an open case has no outcome",
    "cases.actions.set_direction": "every direction stands on the timeline, with its day",
    "decisions.actions.attach_document": "the paper that was attached before stays in the case",
    "statements.actions.remind": "every day that was promised stands on the timeline",
    "statements.actions.keep_newer": "the first paper stays below the newer one, with its day",
}

ACTIONS = list(actions())
WRITTEN = {
    action.returns.__name__: action.returns
    for action in ACTIONS
    if isinstance(action.returns, type)
    and issubclass(action.returns, models.Model)
    and action.returns not in action.rows.values()
} | {action.row.__name__: action.row for action in ACTIONS if action.is_edit and action.row}
# What leads on to another state fills in what was open, and its line of the timeline tells of it.
STEPS = {
    found.step
    for table in (workflow.APPLICATION, workflow.APPEAL, workflow.STATEMENT, workflow.REFERRAL)
    for found in table
    if found.target not in found.sources
}
EDITS = {action.name: action for action in ACTIONS if action.is_edit and _writes_over(action)}


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_what_is_written_keeps_its_history_in_one_way(name):
    written = WRITTEN[name]
    ways = [name in OWN_HISTORY, issubclass(written, KeepsHistory), written in changes.PLACES]

    assert ways.count(True) == 1, name


def test_the_lists_name_what_is_written():
    assert OWN_HISTORY.keys() <= WRITTEN.keys()
    assert {*MAKING, *CHANGING, *AS_A_WHOLE} == set(corrections.tables().values())
    assert set(BILLING) == set(changes.PLACES)


@pytest.mark.parametrize("model", MAKING, ids=lambda model: model.__name__)
def test_the_old_text_stays_and_both_stand_in_the_log(kaavi, aino, settings, tmp_path, model):
    settings.FILES = tmp_path
    case = a_case(by=aino)
    row, correct, take_back = MAKING[model](case, aino)

    correct(reason="Korjaan", version=row.version, by=aino, at=NOON)
    take_back(reason="Perun", version=row.version + 1, by=aino, at=NOON)

    assert not model.objects.exists()
    kept = model.everything.get()
    assert (kept.removed_by, kept.removed_at, kept.removed_reason) == (aino, NOON, "Perun")
    removed, corrected = Correction.objects.filter(case=case, about_kind=noun(row), about_id=row.pk)
    assert ("Vanha teksti" in corrected.before, corrected.reason) == (True, "" if model in LIVING else "Korjaan")
    assert ("Uusi" in removed.before, removed.reason) == (True, "Perun")
    told = set(case.events.filter(about_id=row.pk).values_list("kind", flat=True))
    logged = set(AccessEntry.objects.filter(subject=case.number, actor=aino.pk).values_list("action", flat=True))
    assert [earlier.named for earlier in corrections.described(corrections.of_case(case))] == [kept.named()] * 2
    assert kept.named()
    for suffix in (".changed" if model in LIVING else ".corrected", ".removed"):
        assert [kind for kind in told & logged if kind.endswith(suffix)], suffix


@pytest.mark.parametrize("model", CHANGING, ids=lambda model: model.__name__)
def test_what_is_never_taken_back_keeps_its_old_text_when_it_is_changed(kaavi, aino, model):
    case = a_case(by=aino)
    row, change = CHANGING[model](case, aino)

    change(version=row.version, by=aino, at=NOON)

    found = Correction.objects.filter(about_kind=noun(row), about_id=row.pk)
    [kept] = found
    assert OLD.get(model, "Vanha teksti") in kept.before
    assert not issubclass(model, Removable)
    [earlier] = corrections.described(found)
    assert earlier.named == model._base_manager.get(pk=row.pk).named() != ""
    subject = str(row.pk) if kept.case is None else kept.case.number
    logged = set(AccessEntry.objects.filter(subject=subject, actor=aino.pk).values_list("action", flat=True))
    about = getattr(row, TOLD_ABOUT.get(model, "pk"))
    told = logged if kept.case is None else set(kept.case.events.filter(about_id=about).values_list("kind", flat=True))
    assert [kind for kind in told & logged if kind.endswith(("changed", "corrected"))]


@pytest.mark.parametrize("name", sorted(EDITS))
def test_whatever_writes_over_a_row_with_a_history_keeps_its_old_words(name):
    is_step = name.rpartition(".")[2] in STEPS

    assert is_step or _keeps(EDITS[name]) != (name in LOSES_NOTHING)


def _keeps(edit: Action) -> bool:
    keeping = {"corrections.correct", "corrections.fill_in", "corrections.take_back"}
    return bool(keeping & set(calls(edit.function)))


def test_the_exceptions_write_over_a_row():
    assert LOSES_NOTHING.keys() <= EDITS.keys()


@pytest.mark.parametrize("model", BILLING, ids=lambda model: model.__name__)
def test_what_billing_writes_keeps_its_old_text_and_the_consoles_log_tells_of_both(console, fiona, model):
    row, change, subject, acts = BILLING[model](fiona)

    change(version=1, by=fiona, at=NOON)

    [kept] = Change.objects.filter(**{changes.PLACES[model]: row})
    assert "Vanha teksti" in kept.before.values()
    assert (kept.by, kept.at, kept.replaced_version) == (fiona, NOON, 1)
    told = AccessEntry.objects.filter(subject=subject, actor=fiona.pk, action__in=acts).order_by("id")
    assert list(told.values_list("action", flat=True)) == acts
    assert model._base_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize("name", sorted(name for name, edit in EDITS.items() if _keeps(edit)))
def test_every_field_that_is_written_over_is_told_by_the_history(name):
    """A field that `CORRECTED` does not name is written over, and no page of the history shows what it said."""
    edit: Any = EDITS[name]
    fields = {field.name for field in edit.row._meta.concrete_fields}

    assert edit.typed & fields <= {*edit.row.CORRECTED, *edit.row.BESIDE}
