"""What a benefit that was granted until a day asks for: the doctor's appointment, then the statement at the payer."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from casework.cases import known_benefits, terms
from casework.cases.terms import Term
from casework.law import continuations
from casework.law.continuations import Due, Step
from casework.law.practice import Measure, length
from casework.models import Case
from casework.timeline.ledger import AsTask, ForWhom, Occasion, Source
from tenants.display import day

NAME = "continuation"  # begins every cause


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One step towards a continuation."""

    term: Term
    due: Due

    @property
    def about(self) -> uuid.UUID:
        return self.term.application.pk

    @property
    def keeper(self) -> uuid.UUID | None:
        return self.term.known.keeper(self.term.application)

    @property
    def cause(self) -> str:
        """One end's step; with the end, because a step may be due on one day for two ends."""
        return f"{NAME}:{self.due.step}:{self.about}:{self.term.ends_on.isoformat()}"

    @property
    def title(self) -> str:
        """What is to be done, in the active language."""
        benefit, payer = self.term.application.benefit, self.term.application.decider
        words = {"benefit": benefit.name_in_sentence, "payer": payer.name_in_sentence, "day": day(self.term.ends_on)}
        if self.due.step is Step.DOCTOR:
            return _("Book the doctor's appointment: %(benefit)s ends %(day)s (%(payer)s)") % words
        return _("The new statement to the payer (%(payer)s): %(benefit)s ends %(day)s") % words


def _asked(term: Term) -> Iterator[Asked]:
    if term.is_open and term.known.is_followed(term.application):
        for due in continuations.steps(ends_on=term.ends_on, known_on=term.decision.recorded_on):
            yield Asked(term=term, due=due)


def _rows(on: date) -> Iterator[Asked]:
    codes = {row.benefit for row in continuations.tables().continued}
    for known in known_benefits.read(known_benefits.with_end(benefits=codes, since=terms.read_since(on))):
        for term in terms.terms(known):
            yield from _asked(term)


def _of_case(case: Case) -> Iterable[Asked]:
    known = known_benefits.of_case(case)
    return [asked for term in terms.terms(known) for asked in _asked(term)] if known else []


def _holding(case: Case) -> Iterator[str]:
    return (row.cause for row in _of_case(case))


def _occasion(row: Asked, on: date) -> Occasion | None:
    """A step is told when its day is near; one that was missed is caught up."""
    if on < row.due.on - length(Measure.CONTINUATION_TOLD, on):
        return None
    return Occasion(
        cause=row.cause,
        case=row.term.known.case,
        about=row.about,
        due_on=row.due.on,
        for_whom=ForWhom.COORDINATOR,
        keeper=row.keeper,
        channels=(AsTask(title=lambda: row.title),),
        is_still=partial(_is_still, row),
    )


def _is_still(row: Asked) -> bool:
    """Ask anew whether it is asked for, of whom it was."""
    return any((one.cause, one.keeper) == (row.cause, row.keeper) for one in _of_case(row.term.known.case))


CONTINUATIONS = Source(name=NAME, rows=_rows, about=lambda row: row.about, occasion=_occasion, holding=_holding)
SOURCES = (CONTINUATIONS,)
