"""A letter that follows an appeal as a paper: to whom, in which matter, what it says and what is attached."""

from datetime import date

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.appeals.appeal_grounds import language_of
from casework.appeals.appellants import Appellant, appellant_of, representative_of
from casework.appeals.letter import appealed, attachment_lines, protective_note, represented_by, signature
from casework.appeals.presenters import body_of
from casework.models import AppealSupplement, Document
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
        who = appellant_of(supplement.appeal)
        return Report(
            language=language,
            title=_("Further evidence on an appeal") if supplement.kind == Kind.EVIDENCE else _("Comment on an appeal"),
            author=who.name,
            on=on,
            note=protective_note(case.client),
            facts=[(_("To"), receiver_name(supplement))],
            sections=_sections(supplement, who),
            signature=signature(who.name, representation=representative_of(supplement), signed_by=who.signer),
            footer=_("Case %(number)s") % {"number": case.number},
        )


def file_name(supplement: AppealSupplement, ending: str, *, on: date) -> str:
    """A file name of case number and day: no name, no benefit."""
    number = supplement.appeal.decision.application.case.number
    what = pgettext("file name", "letter")
    return f"{number}-{what}-{on.isoformat()}.{ending}"


def _sections(supplement: AppealSupplement, who: Appellant) -> list[Section]:
    appeal = supplement.appeal
    filed = [(_("Appeal filed on"), day(appeal.filed_on))] if appeal.filed_on else []
    found = [
        Section(heading=_("Who appeals"), facts=[*who.facts, *represented_by(supplement)]),
        Section(heading=_("What is appealed"), facts=[*appealed(appeal), *filed]),
        Section(heading=str(supplement.get_kind_display()), paragraphs=[supplement.text]),
    ]
    points = attachment_lines(attachments_of(supplement))
    return [*found, Section(heading=_("Attachments"), points=points)] if points else found
