"""The letter of an appeal as a paper: what an appeal must contain, to whom it is delivered, and its attachments.

In the language of the appeal it is what is filed; in another one it is the client's copy, whose own words stay.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.appeals.appeal_grounds import language_of
from casework.appeals.appellants import Appellant, appellant_of, representative_of
from casework.appeals.presenters import body_of, delivered_to
from casework.applications.appeal_days import level_title
from casework.cases.estate import LINE
from casework.cases.representing import reached, standing_of, with_role
from casework.documents.presenters import document_title
from casework.law.representing import Matter
from casework.models import Appeal, AppealLetter, AppealSupplement, Client, Document, Representation
from tenants.display import clock, day
from tenants.printing import Fact, Report, Section

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LANGUAGES: dict[str, str] = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


def paper(letter: AppealLetter, *, on: date, language: str = "") -> Report:
    """Lay out the letter. Under a protective order it tells no address and says that this is on purpose."""
    appeal = letter.appeal
    case, own = appeal.decision.application.case, language_of(appeal.decision.application)
    shown = language or own
    with translation.override(shown):
        who = appellant_of(appeal)
        return Report(
            language=shown,
            title=level_title(appeal),
            author=who.name,
            on=on,
            subtitle=_("Copy for the client") if shown != own else "",
            note=protective_note(case.client),
            facts=_facts(appeal),
            sections=_sections(letter, who, own if shown != own else ""),
            signature=_signature(letter, who),
            footer=_("Case %(number)s") % {"number": case.number},
        )


def file_name(appeal: Appeal, ending: str, *, on: date) -> str:
    """A file name of case number and day: no name, no benefit."""
    what = pgettext("file name", "appeal")
    return f"{appeal.decision.application.case.number}-{what}-{on.isoformat()}.{ending}"


def attachments_of(letter: AppealLetter) -> list[Document]:
    """What is attached, in the order in which it came to the case."""
    return list(letter.attachments.order_by("created_at"))


def panel(letter: AppealLetter, *, on: date) -> dict[str, Any]:
    """What the page of an appeal shows of its letter."""
    own = language_of(letter.appeal.decision.application)
    return {
        "letter": letter,
        "signer": _signer(letter),
        "why_unclear": _why_unclear(letter, on=on),
        "attachments": attachments_of(letter),
        "sent_time": _sent_time(letter),
        "copies": {code: name for code, name in LANGUAGES.items() if code != own},
    }


def _sent_time(letter: AppealLetter) -> str:
    filed_on = letter.appeal.filed_on
    return clock(datetime.combine(filed_on, letter.sent_time)) if filed_on and letter.sent_time else ""


def protective_note(client: Client) -> str:
    """Who hands protected data on must say that they are protected (661/2009 38 §)."""
    if not client.is_protected:
        return ""
    return _("The client has a protective order. Address, phone and home municipality are left out on purpose.")


def _facts(appeal: Appeal) -> list[Fact]:
    """To whom it goes: mostly to the decider, who may correct the decision itself, and not to the board."""
    found = [(_("Delivered to"), capfirst(delivered_to(appeal))), (_("Decided by"), capfirst(body_of(appeal)))]
    return [(label, value) for label, value in found if value]


def _sections(letter: AppealLetter, who: Appellant, language: str) -> list[Section]:
    """`language` is that of the client's words where the paper is in another."""
    appeal = letter.appeal
    found = [
        Section(heading=_("Who appeals"), facts=[*who.facts, *represented_by(letter)]),
        Section(heading=_("What is appealed"), facts=appealed(appeal)),
        Section(heading=_("The change that is asked for"), paragraphs=[appeal.demand], language=language),
        Section(heading=_("Grounds"), paragraphs=[appeal.grounds], language=language),
    ]
    if appeal.late_reason.strip():
        heading = _("Why it is late") if appeal.was_late else _("On the time of appeal")
        found.append(Section(heading=heading, paragraphs=[appeal.late_reason], language=language))
    points = _attachments(letter)
    return [*found, Section(heading=_("Attachments"), points=points)] if points else found


def appealed(appeal: Appeal) -> list[Fact]:
    """Which decision, and at the court which ruling, is appealed."""
    application, answered = appeal.decision.application, appeal.against
    found = [
        (_("Benefit"), capfirst(application.benefit.name)),
        (_("Decider"), application.decider.name),
        (_("Date of the decision"), day(appeal.decision.decided_on)),
        (_("The decider's reference"), application.reference),
        (_("Whom it is about"), application.case.client.name if application.benefit.employer_applies else ""),
    ]
    if answered is not None and answered.result_on:
        found += [(_("Ruling by"), capfirst(body_of(answered))), (_("Date of the ruling"), day(answered.result_on))]
    return [(label, value) for label, value in found if value]


def attachment_lines(found: Iterable[Document]) -> list[str]:
    """Name what is attached, each once, with its day."""
    return [_named(document) for document in {document.pk: document for document in found}.values()]


def signature(
    name: str, *, representation: Representation | None = None, signed_by: str = "", has_power: bool = False
) -> Sequence[str]:
    """Lines to sign on, and who signs: who appeals, their representative, or somebody else for them."""
    place = _("Place and date: %(line)s") % {"line": LINE}
    signed = _("Signature: %(line)s") % {"line": LINE}
    if representation is not None:
        return [place, "", signed, _("%(name)s, for %(client)s") % {"name": with_role(representation), "client": name}]
    words = {"name": signed_by, "client": name}
    if has_power and signed_by:
        return [place, "", signed, _("%(name)s, by power of attorney, for %(client)s") % words]
    return [place, "", signed, _("%(name)s, for %(client)s") % words if signed_by else name]


def _attachments(letter: AppealLetter) -> list[str]:
    """What is attached and nothing else; the power of attorney is one of it."""
    representation = representative_of(letter)
    papers = (letter.power_of_attorney, representation.document if representation else None)
    return attachment_lines([*attachments_of(letter), *(paper for paper in papers if paper is not None)])


def _signer(letter: AppealLetter) -> str:
    representation = representative_of(letter)
    who = appellant_of(letter.appeal)
    return with_role(representation) if representation else letter.signed_by or who.signer or who.name


def _why_unclear(letter: AppealLetter, *, on: date) -> "StrOrPromise":
    """What is not sure about the representative who is to sign; "" when nothing is, or the client signs."""
    representation = representative_of(letter)
    return standing_of(representation, matter=Matter.BENEFIT, on=on).why if representation else ""


def represented_by(letter: AppealLetter | AppealSupplement) -> list[Fact]:
    """Who signs and receives for the client, and how they are reached."""
    representation = representative_of(letter)
    return reached(representation) if representation else []


def _named(document: Document) -> str:
    name = document_title(document)
    return f"{name}, {day(document.dated_on)}" if document.dated_on else name


def _signature(letter: AppealLetter, who: Appellant) -> Sequence[str]:
    has_power = letter.power_of_attorney is not None
    representation = representative_of(letter)
    signed_by = letter.signed_by or who.signer
    return signature(who.name, representation=representation, signed_by=signed_by, has_power=has_power)
