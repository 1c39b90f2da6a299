"""How phrases are shown: their state in words, and the filters of the list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.models import Phrase, PhraseWording

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Row:
    """A phrase as the list and its own page show it."""

    phrase: Phrase
    newest: PhraseWording
    state: str
    tone: str


def rows(phrases: Iterable[Phrase]) -> list[Row]:
    """The phrases as rows, those that wait for approval first, then by title."""
    found = [row(phrase) for phrase in phrases]
    return sorted(found, key=lambda one: (one.newest.is_approved, one.newest.title.casefold()))


def row(phrase: Phrase) -> Row:
    """Say what a phrase is called and whether it is offered."""
    return Row(phrase, phrase.newest, *_state(phrase))


def filters(
    *, kind: str, language: str, is_retired: bool
) -> "list[tuple[StrOrPromise, list[tuple[StrOrPromise, str]]]]":
    """The choices above the list, each with its name: of which kind, in which language, and whether it is offered."""
    chosen = {"kind": kind, "language": language, "show": "retired" if is_retired else ""}
    offers: dict[str, list[tuple[str, StrOrPromise]]] = {
        "kind": [("", _("Every kind")), *Phrase.Kind.choices],
        "language": [("", _("Every language")), *Phrase.Language.choices],
        "show": [("", _("In use or waiting")), ("retired", _("Out of use"))],
    }
    names: dict[str, StrOrPromise] = {
        "kind": _("Where it is offered"),
        "language": _("Language"),
        "show": _("State"),
    }
    return [
        (names[name], [(label, _address(chosen | {name: value})) for value, label in offer])
        for name, offer in offers.items()
    ]


def _address(chosen: dict[str, str]) -> str:
    asked = {name: value for name, value in chosen.items() if value}
    return f"?{urlencode(asked)}" if asked else "."


def _state(phrase: Phrase) -> tuple[str, str]:
    if phrase.is_retired:
        return _("Out of use"), "neutral"
    if phrase.newest.is_approved:
        return pgettext("phrase", "In use"), "success"
    if phrase.in_use is None:
        return _("Waits for approval"), "warning"
    return _("In use, a change waits"), "warning"
