"""What applications for removal ask for: was one that was filed answered, and does the time of a draft end soon."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from casework.applications.finality import removal_time
from casework.applications.waiting import followed
from casework.cases.kept_ends import keeper_of
from casework.law.calendar import next_office_day
from casework.law.practice import Measure, length
from casework.law.workflow import REMOVAL_UNDER_WAY, RemovalState
from casework.models import Case, Removal
from casework.removals.queries import appeals_of
from casework.timeline.ledger import AsTask, ForWhom, Occasion, Source
from tenants.display import day

NAME = "removal"  # the rule's, of which its causes begin


def _under_way(on: date) -> Iterable[Removal]:
    """Those that were filed long ago, and those in preparation, of which their decision tells whether time ends."""
    is_old = Q(state=RemovalState.FILED, filed_on__lt=on - length(Measure.REMOVAL_ASKED, on))
    return _standing().filter(is_old | Q(state=RemovalState.DRAFT)).prefetch_related("decision__appeals")


def _standing() -> QuerySet[Any]:
    return followed(Removal.objects.filter(decision__removed_at=None))


def _occasion(removal: Removal, on: date) -> Occasion | None:
    return _ending(removal, on) if removal.is_draft else _unanswered(removal, on)


def _holding(case: Case) -> Iterator[str]:
    """What is asked of those of a case, whether or not its time has come; a moved day is another cause."""
    of_case = _standing().filter(decision__application__case=case).prefetch_related("decision__appeals")
    for removal in of_case.filter(state__in=REMOVAL_UNDER_WAY):
        ends_on = _ends_on(removal, date.max) if removal.is_draft else None
        if removal.is_filed:
            yield _cause_of_filing(removal)
        elif ends_on is not None:
            yield _cause_of_end(removal, ends_on)


def _unanswered(removal: Removal, on: date) -> Occasion | None:
    if removal.filed_on is None:
        return None
    return Occasion(
        cause=_cause_of_filing(removal),
        case=removal.decision.application.case,
        about=removal.pk,
        due_on=next_office_day(removal.filed_on + length(Measure.REMOVAL_ASKED, on))[0],
        for_whom=ForWhom.COORDINATOR,
        channels=(AsTask(title=partial(_ask, removal.filed_on)),),
        keeper=keeper_of(removal),
        is_still=partial(_is_still, removal, state=RemovalState.FILED, filed_on=removal.filed_on),
    )


def _cause_of_filing(removal: Removal) -> str:
    return f"{NAME}:unanswered:{removal.pk}:{removal.filed_on.isoformat() if removal.filed_on else ''}"


def _ask(filed_on: date) -> str:
    return _("Ask for an answer to the application for removal that was filed on %(day)s") % {"day": day(filed_on)}


def _ending(removal: Removal, on: date) -> Occasion | None:
    """Tell it while there is time, with the last day; of one whose time was over, its page tells it."""
    ends_on = _ends_on(removal, on)
    if ends_on is None or not on <= ends_on <= on + length(Measure.REMOVAL_ENDS, on):
        return None
    return Occasion(
        cause=_cause_of_end(removal, ends_on),
        case=removal.decision.application.case,
        about=removal.pk,
        due_on=ends_on,
        for_whom=ForWhom.COORDINATOR,
        channels=(AsTask(title=partial(_file_it, ends_on)),),
        keeper=keeper_of(removal),
        is_still=partial(_is_still, removal, state=RemovalState.DRAFT),
    )


def _ends_on(removal: Removal, on: date) -> date | None:
    known = removal_time(removal.decision, appeals_of(removal.decision), today=on)
    return known.ends_on if known else None


def _cause_of_end(removal: Removal, ends_on: date) -> str:
    return f"{NAME}:ending:{removal.pk}:{ends_on.isoformat()}"


def _file_it(ends_on: date) -> str:
    return _("File the application for removal of the decision: its time ends on %(day)s") % {"day": day(ends_on)}


def _is_still(removal: Removal, **same: Any) -> bool:
    """Ask anew whether it stands as it was read, with whom it was."""
    return followed(Removal.objects.filter(pk=removal.pk, **same)).filter(keeper=keeper_of(removal)).exists()


REMOVALS = Source(name=NAME, rows=_under_way, about=lambda removal: removal.pk, occasion=_occasion, holding=_holding)
SOURCES = (REMOVALS,)
