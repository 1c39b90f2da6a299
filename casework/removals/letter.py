"""An application for removal as a paper: which decision, what is asked, what is wrong with it, what is attached.

To whom it goes is written by hand where nobody has said it: no rule that was read tells it.
"""

from collections.abc import Sequence
from datetime import date

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.appeals.appeal_grounds import language_of
from casework.appeals.appellants import Appellant, applicant_of, who_signs
from casework.appeals.letter import attachment_lines, protective_note, signature
from casework.applications import appeal_days
from casework.cases.estate import LINE
from casework.cases.queries import has_died
from casework.cases.representing import reached, with_role
from casework.law.deadlines import AppealLevel
from casework.models import Decision, Document, Removal, Representation
from tenants.display import day
from tenants.printing import Fact, Report, Section

Receiver = Removal.Receiver


def paper(removal: Removal, *, on: date) -> Report:
    """Lay it out in the official language of the client. Under a protective order it tells no address."""
    application = removal.decision.application
    case, language = application.case, language_of(application)
    with translation.override(language):
        who = applicant_of(application)
        return Report(
            language=language,
            title=_("Application for removal of a final decision"),
            author=who.name,
            on=on,
            note=protective_note(case.client),
            facts=[(_("To"), receiver_name(removal) or LINE)],
            sections=_sections(removal, who),
            signature=_signature(removal, who),
            footer=_("Case %(number)s") % {"number": case.number},
        )


def receiver_name(removal: Removal) -> str:
    """Name whom it goes to, in the active language; "" while nobody has said it."""
    decision = removal.decision
    match removal.receiver:
        case Receiver.DECIDER:
            return decision.application.decider.name
        case Receiver.BOARD:
            return capfirst(appeal_days.body_name(decision.application, decision.notice_on, AppealLevel.FIRST))
        case Receiver.COURT:
            return capfirst(appeal_days.body_name(decision.application, decision.notice_on, AppealLevel.COURT))
    return ""


def file_name(removal: Removal, ending: str, *, on: date) -> str:
    """A file name of case number and day: no name, no benefit."""
    what = pgettext("file name", "removal")
    return f"{removal.decision.application.case.number}-{what}-{on.isoformat()}.{ending}"


def attachments_of(removal: Removal) -> list[Document]:
    """What is attached, in the order in which it came to the case."""
    return list(removal.attachments.order_by("created_at"))


def representative_of(removal: Removal) -> Representation | None:
    """Who signs and receives for the client, if they still may and can be reached."""
    return who_signs(removal.representation, removal.decision.application)


def signer_of(removal: Removal) -> str:
    """Name who signs, in the active language."""
    representation, who = representative_of(removal), applicant_of(removal.decision.application)
    return with_role(representation) if representation else signed_by(removal) or who.signer or who.name


def signed_by(removal: Removal) -> str:
    """Who signs for the client by their power of attorney; nobody any more when the client has died."""
    return "" if has_died(removal.decision.application.case) else removal.signed_by


def _sections(removal: Removal, who: Appellant) -> list[Section]:
    representation = representative_of(removal)
    represented = reached(representation) if representation else []
    found = [
        Section(heading=_("Who applies"), facts=[*who.facts, *represented]),
        Section(heading=_("Which decision"), facts=_decision(removal.decision)),
        Section(heading=_("What is asked"), paragraphs=[_demand(removal)]),
        Section(heading=_("What is wrong with the decision"), paragraphs=_errors(removal)),
        Section(heading=_("Grounds"), paragraphs=[removal.grounds]),
    ]
    if removal.late_reason.strip():
        found.append(Section(heading=_("Why it is late"), paragraphs=[removal.late_reason]))
    points = _attachments(removal, representation)
    return [*found, Section(heading=_("Attachments"), points=points)] if points else found


def _decision(decision: Decision) -> list[Fact]:
    application = decision.application
    found = [
        (_("Benefit"), capfirst(application.benefit.name)),
        (_("Decider"), application.decider.name),
        (_("Date of the decision"), day(decision.decided_on)),
        (_("The decider's reference"), application.reference),
    ]
    return [(label, value) for label, value in found if value]


def _demand(removal: Removal) -> str:
    decision = removal.decision
    text = _("I ask that the final decision of %(decided_on)s be removed and the matter be decided anew: %(benefit)s.")
    if has_died(decision.application.case):
        text = _(
            "The estate asks that the final decision of %(decided_on)s be removed "
            "and the matter be decided anew: %(benefit)s."
        )
    return text % {
        "decided_on": day(decision.decided_on),
        "benefit": decision.application.benefit.name_in_sentence,
    }


def _errors(removal: Removal) -> list[str]:
    error = Removal.Error
    chosen = (error.FINDINGS, error.LAW) if removal.error == error.BOTH else (error(removal.error),)
    words = {
        error.FINDINGS: _("The decision rests on wrong or incomplete findings."),
        error.LAW: _("The decision is plainly against the law."),
    }
    return [words[one] for one in chosen]


def _attachments(removal: Removal, representation: Representation | None) -> list[str]:
    """What is attached, and the paper by which somebody else signs."""
    power = removal.power_of_attorney if signed_by(removal) else None
    papers = (power, representation.document if representation else None)
    return attachment_lines([*attachments_of(removal), *(paper for paper in papers if paper is not None)])


def _signature(removal: Removal, who: Appellant) -> Sequence[str]:
    return signature(
        who.name,
        representation=representative_of(removal),
        signed_by=signed_by(removal) or who.signer,
        has_power=bool(signed_by(removal)) and removal.power_of_attorney is not None,
    )
