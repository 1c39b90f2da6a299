"""What the pages show of a letter: whether it was read, what is proposed and where, where illnesses stand in it."""

import enum
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.documents.presenters import document_title
from casework.law import as_of
from casework.law import benefits as rules
from casework.law.benefits import NoRule
from casework.letters.proposals import Place
from casework.letters.queries import letter_of, unused_letters
from casework.models import Application, Case, Decision, Document, Illness, Letter
from tenants.display import day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

State = Letter.State
FORM_ID = "decision"  # of the form in which a letter's proposals are used
ALL = "all"  # what is used by one click, beside the name of a field
FORM_FIELDS = ("decided_on", "result", "granted_until", "printed_last_day")
DECIDER_FIELD = "decider_code"  # of a form that asks who decided
LABELS: "dict[str, StrOrPromise]" = {
    "decided_on": gettext_lazy("Date of the decision"),
    "result": gettext_lazy("Result"),
    "granted_until": gettext_lazy("Granted until"),
    "printed_last_day": gettext_lazy("Last day of appeal printed in the decision"),
    "decider": gettext_lazy("Who decided"),
    "appeal_body": gettext_lazy("Where to appeal"),
}
ANSWER = gettext_lazy("What the letter is")
ANSWERS: "dict[str, tuple[StrOrPromise, StrOrPromise]]" = {
    "board": (gettext_lazy("The answer to an appeal"), gettext_lazy("It is recorded at the appeal, not here.")),
    "interim": (
        gettext_lazy("An interim decision"),
        gettext_lazy("If it came after an appeal, it is recorded at the appeal, not here."),
    ),
}
MISMATCHES: "dict[str, StrOrPromise]" = {
    "identity_code": gettext_lazy("The personal identity code in it is not the client's."),
    "name": gettext_lazy("The client's name was not found in it."),
}


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """What a letter is held against. Codes are empty while nobody has said; `asks_decider`: the form has a field."""

    on: date
    benefit_code: str = ""
    decider_code: str = ""
    asks_decider: bool = False

    @classmethod
    def of(cls, application: Application) -> "Claimed":
        """The matter of an application that is recorded."""
        return cls(
            on=application.ruled_on, benefit_code=application.benefit_code, decider_code=application.decider_code
        )

    @property
    def decider(self) -> rules.Decider | None:
        """None while nobody has said who it is."""
        try:
            return as_of.decider(self.decider_code, self.on)
        except NoRule:
            return None


@dataclass(frozen=True)
class Read:
    """One point of a letter. `field` is that of the form it may be used in, `value` what it then holds."""

    label: "StrOrPromise"
    text: str = ""  # empty: not found, or several places that say different things
    places: tuple[Place, ...] = ()
    field: str = ""
    value: str = ""
    warning: str = ""

    @property
    def is_competing(self) -> bool:
        return not self.text and bool(self.places)


@dataclass(frozen=True)
class LetterView:
    """A letter as a page shows it: what became of it, in sentences, and what is proposed."""

    document: Document
    title: str
    state: Letter.State
    sentences: tuple[str, ...]
    points: tuple[Read, ...] = ()

    @property
    def tone(self) -> str:
        tones = {State.UNREADABLE: "warning", State.NOT_THE_CLIENTS: "danger"}
        return tones.get(self.state, "info")

    @property
    def is_usable(self) -> bool:
        """Whether a field of the form can be filled from it."""
        return any(point.field for point in self.points)


@dataclass(frozen=True)
class Beside:
    """What stands beside the form of a decision: the letter that was chosen, and the others that may be chosen."""

    letter: LetterView | None
    others: tuple[tuple[str, Document], ...]  # titles and files
    form_id: str = FORM_ID


class Outcome(enum.StrEnum):
    """What the search for an illness came to."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    NOT_LOOKED = "not_looked"  # it came to the list, or was called otherwise, after the letter was read


@dataclass(frozen=True)
class Found:
    """Where an illness stands in the letter of a decision, as it was called in a version."""

    version: int
    places: tuple[Place, ...] = field(default=())

    def outcome(self, illness: Illness) -> Outcome:
        """Say what is known of an illness as it is called now."""
        if self.version != illness.version:
            return Outcome.NOT_LOOKED
        return Outcome.FOUND if self.places else Outcome.NOT_FOUND


def letter_view(document: Document, claimed: Claimed, *, on: date) -> LetterView:
    """Describe the letter of a document beside a matter; a machine's word is held against what is known."""
    letter = letter_of(document)
    state = State(letter.state) if letter else State.WAITING
    content = json.loads(letter.content) if letter and state in (State.READ, State.NOT_THE_CLIENTS) else {}
    points = _points(content["proposals"], claimed, on=on) if state == State.READ else []
    sentences = tuple(_sentences(letter, state, content, document))
    return LetterView(document, document_title(document), state, sentences, tuple(points))


def letter_beside(case: Case, claimed: Claimed, *, chosen: str, on: date) -> Beside:
    """Describe the letter that was `chosen` by the key of its document, else the newest that no decision names."""
    unused = unused_letters(case)
    document = _document(case, chosen) or next(iter(unused), None)
    others = tuple((document_title(other), other) for other in unused if other != document)
    return Beside(letter_view(document, claimed, on=on) if document else None, others)


def found_in_letter(decision: Decision) -> dict[uuid.UUID, Found]:
    """Answer where each illness stands in the letter of a decision, by its key; nothing while it is not read."""
    letter = letter_of(decision.document) if decision.document else None
    if letter is None or not letter.is_read:
        return {}
    return {
        search.illness_id: Found(search.illness_version, _places(json.loads(search.places or "[]")))
        for search in letter.searches.all()
    }


def used(typed: Mapping[str, Any], view: LetterView | None) -> dict[str, Any]:
    """What the form holds after a click on "use it": what was typed, over it what the letter proposes."""
    asked = typed.get("use")
    points = view.points if view else ()
    taken = {point.field: point.value for point in points if point.field and asked in (point.field, ALL)}
    document = {"document": str(view.document.pk)} if view else {}
    return {name: typed[name] for name in typed} | document | taken


def _document(case: Case, key: str) -> Document | None:
    try:
        of_kind = case.documents.filter(kind=Document.Kind.DECISION).select_related("letter")
        found: Document | None = of_kind.filter(pk=uuid.UUID(key)).first()
    except ValueError:
        return None
    return found


def _sentences(
    letter: Letter | None, state: Letter.State, content: Mapping[str, Any], document: Document
) -> Iterable[str]:
    if state == State.WAITING:
        if document.waits_for_scan:
            yield _("The letter is read after the virus scan, usually within minutes. You need not wait for it.")
        elif document.is_infected:
            yield _("The virus scan found something in this file. It is not read.")
        else:
            yield _("The letter waits to be read, usually for a minute. You need not wait for it.")
    elif state == State.NOT_THE_CLIENTS:
        yield from (str(MISMATCHES[name]) for name in content["mismatches"])
        yield _("Nothing of it is proposed. Check that the letter belongs to this case.")
    elif letter and state == State.UNREADABLE:
        yield letter.get_why_display()
        yield _("Fill in the fields from the letter yourself.")
    elif letter:
        yield _("A machine has read the letter and may be wrong: compare with the letter itself.")
        yield from _what_is_missing(letter)


def _what_is_missing(letter: Letter) -> Iterable[str]:
    if letter.read_pages + letter.unread_pages < letter.pages:
        read = {"read": letter.read_pages + letter.unread_pages, "pages": letter.pages}
        yield _("Only the first pages were read, %(read)s of %(pages)s.") % read
    if letter.unread_pages:
        pictures = ngettext(
            "%(count)s page is a picture and could not be read.",
            "%(count)s pages are pictures and could not be read.",
            letter.unread_pages,
        )
        yield pictures % {"count": letter.unread_pages}


def _points(proposals: Mapping[str, Any], claimed: Claimed, *, on: date) -> Iterable[Read]:
    if "answer" in proposals:
        answer = proposals["answer"]
        text, warning = ANSWERS[answer["value"]]
        yield Read(ANSWER, str(text), _places(answer["places"]), warning=str(warning))
        return
    for name, label in LABELS.items():
        proposal = proposals.get(name, {"value": "", "places": []})
        value, places = proposal["value"], _places(proposal["places"])
        if name == "granted_until" and not places:
            continue  # nothing was granted until a day
        usable = _field_of(name, claimed) if value else ""
        warning = _warning(name, value, claimed, on=on) if value else ""
        yield Read(label, _worded(name, value), places, usable, value, warning)


def _field_of(name: str, claimed: Claimed) -> str:
    """The field of the form in which a point may be used; empty where there is none."""
    if name == "decider" and claimed.asks_decider:
        return DECIDER_FIELD
    return name if name in FORM_FIELDS else ""


def _places(found: Iterable[Mapping[str, Any]]) -> tuple[Place, ...]:
    return tuple(Place(**place) for place in found)


def _worded(name: str, value: str) -> str:
    if not value:
        return ""
    if name == "result":
        return str(Decision.Result(value).label)
    if name == "decider":
        return rules.latest_name(rules.tables().deciders, value)
    if name == "appeal_body":
        return rules.latest_name(rules.tables().bodies, value)
    return day(date.fromisoformat(value))


def _warning(name: str, value: str, claimed: Claimed, *, on: date) -> str:
    """Say when the letter speaks of another decider or another board than the application."""
    decider = claimed.decider
    if decider is None:
        return ""
    if name == "decider" and value != decider.code:
        return _("The application is with %(decider)s.") % {"decider": decider.name}
    if name == "appeal_body" and (usual := _usual_body(claimed, decider, on=on)) not in ("", value):
        return _("Usually it would be %(body)s.") % {"body": rules.latest_name(rules.tables().bodies, usual)}
    return ""


def _usual_body(claimed: Claimed, decider: rules.Decider, *, on: date) -> str:
    try:
        return rules.appeal_stage(decider.kind, on, benefit=claimed.benefit_code).body
    except NoRule:
        return ""
