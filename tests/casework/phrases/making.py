"""Writes phrases for tests, through the real actions only."""

from datetime import datetime
from typing import Any

from casework.models import Case, Phrase
from casework.phrases import actions as phrases
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tests.conftest import NOON
from tests.people import person

TEXT = "Pyydän arvioimaan, miten [sairaus] vaikuttaa työkykyyn."


def a_phrase(
    *, by: User, approved_by: User | None = None, kind: str = "grounds", at: datetime = NOON, **said: Any
) -> Phrase:
    """Write a phrase in Finnish; offered when somebody is named who approves it."""
    known = {"language": "fi", "title": "Arviointi", "text": TEXT} | said
    phrase = phrases.write(kind=kind, **known, by=by, at=at)
    if approved_by is not None:
        phrase = phrases.approve(phrase=phrase, version=1, by=approved_by, at=at)
    return phrase


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """One phrase of each kind in use, one of them with a change that waits; answers the argument of its address."""
    other = person("Bruno", Role.SUPERVISOR)
    for kind in Phrase.Kind:
        phrase = a_phrase(by=other, approved_by=by, kind=kind, at=at)
    phrases.change(phrase=phrase, title="Arviointi", text="Toisin.", version=phrase.version, by=other, at=at)
    return {"phrase_id": phrase.pk}
