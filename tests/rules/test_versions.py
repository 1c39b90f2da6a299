"""Nobody saves over what they have not seen: an action that writes over a row takes the version of its page."""

import pytest

from tenants.versions import Versioned
from tests.rules.actions import Action, actions, reaches

# What writes over no words of somebody else, so that the last one who comes is right.
ONE_ANSWER = {
    "cases.actions.remove_participant": "the first day counts",
    "documents.actions.replace": "adds a row; a document is replaced once, which the database keeps",
    "meetings.actions.note_presence": "who was there is ticked as a whole",
    "meetings.agenda.move": "changes places with a neighbour, whoever that is",
    "meetings.agenda.take_off": "the first reason counts",
}
ACTIONS = list(actions())
EDITS = {action.name: action for action in ACTIONS if action.is_edit}


def test_the_edits_are_found():
    assert {"referrals.actions.supplement", "clients.illnesses.change", "billing.actions.contracts.change"} <= set(
        EDITS
    )


@pytest.mark.parametrize("name", sorted(EDITS))
def test_an_edit_takes_the_version_that_was_seen_of_a_row_that_has_one(name):
    action: Action = EDITS[name]
    assert action.row is not None

    if name in ONE_ANSWER:
        assert "version" not in action.takes
        return
    assert "version" in action.takes
    assert issubclass(action.row, Versioned)


@pytest.mark.parametrize("action", [one for one in ACTIONS if "version" in one.takes], ids=lambda one: one.name)
def test_the_version_that_is_taken_is_looked_at(action):
    assert reaches(action.function, "version", "check_version")


def test_a_version_that_is_taken_and_left_is_found():
    assert not reaches(_takes_it_only, "version", "check_version")


def _takes_it_only(*, note: Versioned, version: int) -> None:
    _looks_elsewhere(note, version)


def _looks_elsewhere(note: Versioned, version: int) -> None:
    note.check_version(note.version)


def test_the_exceptions_are_edits():
    assert ONE_ANSWER.keys() <= EDITS.keys()
