"""A letter that follows an appeal as a paper: to whom, in which matter, what it says and what is attached."""

from collections.abc import Sequence
from datetime import date

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.appeals.appeal_grounds import language_of
from casework.appeals.appellants import Appellant, appellant_of, representative_of
from casework.appeals.letter import appealed, attachment_lines, protective_note, represented_by, signature
from casework.appeals.presenters import body_of
from casework.appeals.queries import letter_of
from casework.cases.queries import has_died
from casework.models import AppealLetter, AppealSupplement, Document
from tenants.display import day
from tenants.printing import Report, Section

Kind, Receiver = AppealSupplement.Kind, AppealSupplement.Receiver


def receiver_name(supplement: AppealSupplement) -> str:
    """Name whom it goes to, in the active language."""
    appeal = supplement.appeal
    body = body_of(appeal) if supplement.receiver == Receiver.BODY else ""
    return capfirst(body) if body else appeal.decision.application.decider.name


def attachments_of(supplement: AppealSupplement) -> list[Document]:
    """What is attached, in the order in which it came to the case."""
    return list(supplement.attachments.order_by("created_at"))


def paper(supplement: AppealSupplement, *, on: date) -> Report:
    """Lay out the letter, in the language of the appeal."""
    application = supplement.appeal.decision.application
    case, language = application.case, language_of(application)
    with translation.override(language):
        who, signing = appellant_of(supplement.appeal), _signed_by_power(supplement, on=on)
        return Report(
            language=language,
            title=_("Further evidence on an appeal") if supplement.kind == Kind.EVIDENCE else _("Comment on an appeal"),
            author=who.name,
            on=on,
            note=protective_note(case.client),
            facts=[(_("To"), receiver_name(supplement))],
            sections=_sections(supplement, who, signing),
            signature=_signature(supplement, who, signing),
            footer=_("Case %(number)s") % {"number": case.number},
        )


def file_name(supplement: AppealSupplement, ending: str, *, on: date) -> str:
    """A file name of case number and day: no name, no benefit."""
    number = supplement.appeal.decision.application.case.number
    what = pgettext("file name", "letter")
    return f"{number}-{what}-{on.isoformat()}.{ending}"


def _signed_by_power(supplement: AppealSupplement, *, on: date) -> AppealLetter | None:
    """The letter of the appeal where somebody else signed it: they sign what follows, unless a representative does.

    What the client gave while they lived is not the estate's.
    """
    if supplement.representation is not None or has_died(supplement.appeal.decision.application.case):
        return None
    letter = letter_of(supplement.appeal, on=on)
    return letter if letter.signed_by else None


def _signature(supplement: AppealSupplement, who: Appellant, signing: AppealLetter | None) -> Sequence[str]:
    if signing is not None:
        return signature(who.name, signed_by=signing.signed_by, has_power=signing.power_of_attorney is not None)
    return signature(who.name, representation=representative_of(supplement), signed_by=who.signer)


def _sections(supplement: AppealSupplement, who: Appellant, signing: AppealLetter | None) -> list[Section]:
    appeal = supplement.appeal
    filed = [(_("Appeal filed on"), day(appeal.filed_on))] if appeal.filed_on else []
    found = [
        Section(heading=_("Who appeals"), facts=[*who.facts, *represented_by(supplement)]),
        Section(heading=_("What is appealed"), facts=[*appealed(appeal), *filed]),
        Section(heading=str(supplement.get_kind_display()), paragraphs=[supplement.text]),
    ]
    points = _attachments(supplement, signing)
    return [*found, Section(heading=_("Attachments"), points=points)] if points else found


def _attachments(supplement: AppealSupplement, signing: AppealLetter | None) -> list[str]:
    """What is attached, and the paper by which somebody else signs."""
    representation = representative_of(supplement)
    powers = (signing.power_of_attorney if signing else None, representation.document if representation else None)
    return attachment_lines([*attachments_of(supplement), *(paper for paper in powers if paper is not None)])
