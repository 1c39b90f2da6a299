"""The letter to who referred the client: only what was ticked, and of health only what a consent allows."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from casework.appeals.letter import protective_note
from casework.cases.papers import author
from casework.law import languages
from casework.law.products import products
from casework.models import Case, Referral
from tenants.display import day
from tenants.printing import Report, Section

LANGUAGES: dict[str, str] = {"fi": "Suomi", "sv": "Svenska"}  # a receiver is written to in Finnish or Swedish
# Services whose names tell nothing of health or benefits; a service that is new to the table is not told.
OF_NO_HEALTH = frozenset(
    {"coordination", "first_meeting", "client_meeting", "team_meeting", "network_meeting", "employer_contact"}
)
ENDS_OF_HEALTH = frozenset({Case.Direction.REHABILITATION, Case.Direction.PENSION, Case.Outcome.DIED})


class Part(enum.StrEnum):
    """What can be ticked."""

    RECEIVED = "received"
    TAKEN_ON = "taken_on"
    DONE = "done"
    DIRECTION = "direction"


PARTS = {
    Part.RECEIVED: gettext_lazy("The referral was received, and when"),
    Part.TAKEN_ON: gettext_lazy("The client was taken on, when, and who the coordinator is"),
    Part.DONE: gettext_lazy("What was done: kinds of services, none that tells of health"),
    Part.DIRECTION: gettext_lazy(
        "The direction, or how the case ended; of health, when it is rehabilitation or pension"
    ),
}


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """What a person ticks and types. `health` is what is told of health, which needs a consent."""

    recipient: str
    language: str
    parts: Sequence[str]
    words: str = ""
    health: str = ""

    @property
    def says_something(self) -> bool:
        return bool(self.parts or self.words or self.health)


def tells_of_health(case: Case, feedback: Feedback) -> bool:
    """Whether the letter tells of health: by its own words, or by a direction or an end that is of health."""
    return bool(feedback.health or told_end_of_health(case, feedback))


def told_end_of_health(case: Case, feedback: Feedback) -> str:
    """Name the direction or the end that is ticked, where it tells of health; "" where nothing of the kind is told."""
    is_closed = case.closed_on is not None
    if Part.DIRECTION not in feedback.parts or (case.outcome if is_closed else case.direction) not in ENDS_OF_HEALTH:
        return ""
    return str(case.get_outcome_display() if is_closed else case.get_direction_display())


def paper(case: Case, referral: Referral, feedback: Feedback, *, on: date) -> Report:
    """Lay out the letter. Under a protective order it names no municipality and says that this is on purpose."""
    client = case.client
    with translation.override(feedback.language):
        return Report(
            language=feedback.language,
            title=_("Feedback on a referral"),
            author=author(is_protected=client.is_protected),
            on=on,
            note=protective_note(client),
            facts=[(_("To"), feedback.recipient), (_("Client"), client.name), (_("Born"), day(client.born_on))],
            sections=_sections(case, referral, feedback),
            signature=[case.coordinator.name, _("Work-ability coordinator"), day(on)],
            footer=_("Case %(number)s. Secret (621/1999 24 §).") % {"number": case.number},
        )


def file_name(case: Case, ending: str, *, on: date) -> str:
    """A file name of case number and day: no name."""
    return f"{case.number}-{pgettext('file name', 'feedback')}-{on.isoformat()}.{ending}"


def _sections(case: Case, referral: Referral, feedback: Feedback) -> list[Section]:
    told = [line for part, lines in _lines(case, referral).items() if part in feedback.parts for line in lines]
    found = [Section(heading=_("How it went on"), points=told)] if told else []
    found += [_typed(_("From the coordinator"), feedback.words, feedback.language)] if feedback.words else []
    return found + ([_typed(_("On health"), feedback.health, feedback.language)] if feedback.health else [])


def _typed(heading: str, text: str, language: str) -> Section:
    return Section(heading=heading, paragraphs=[text], language=languages.in_another(text, language))


def _lines(case: Case, referral: Referral) -> dict[Part, list[str]]:
    return {
        Part.RECEIVED: [_("Your referral was received on %(day)s.") % {"day": day(referral.received_on)}],
        Part.TAKEN_ON: [
            _("The client was taken on on %(day)s. The coordinator is %(name)s.")
            % {"day": day(case.opened_on), "name": case.coordinator.name}
        ],
        Part.DONE: _done(case),
        Part.DIRECTION: [_direction(case)],
    }


def _done(case: Case) -> list[str]:
    """The kinds of services that were done, in the order of their table; nothing is said of how often or why."""
    logged = set(case.service_entries.values_list("product", flat=True)) & OF_NO_HEALTH
    names = [product.name for product in products() if product.code in logged]
    return [_("Done so far: %(services)s.") % {"services": ", ".join(names)}] if names else []


def _direction(case: Case) -> str:
    if case.closed_on is not None and case.client.is_protected and case.outcome == Case.Outcome.MOVED:
        return _("The service ended on %(day)s.") % {"day": day(case.closed_on)}  # where to is nobody's to know
    if case.closed_on is not None:
        words = {"day": day(case.closed_on), "outcome": case.get_outcome_display()}
        return _("The service ended on %(day)s: %(outcome)s.") % words
    if not case.direction:
        return _("The direction is not clear yet; the service goes on.")
    return _("The direction: %(direction)s. The service goes on.") % {"direction": case.get_direction_display()}
