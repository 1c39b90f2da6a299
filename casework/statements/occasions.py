"""What statement requests ask for: the coordinator asks after one that is not here though its day has gone by."""

from datetime import date, timedelta
from functools import partial

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from casework.cases.kept_ends import keeper_of, with_keeper
from casework.law.calendar import next_office_day
from casework.law.workflow import AWAITED
from casework.models import StatementRequest
from casework.timeline.ledger import AsTask, ForWhom, Occasion, Source
from tenants.display import day


def cause_of(request: StatementRequest) -> str:
    """Name the occasion that this request is not answered by its day; a reminder's new day is a new occasion."""
    return f"statement:{request.pk}:{request.due_on.isoformat()}"


def _unanswered(on: date) -> QuerySet[StatementRequest]:
    late = StatementRequest.objects.filter(state__in=sorted(AWAITED), due_on__lt=on)
    followed = Q(case__closed_on=None) | Q(keeper__isnull=False)
    return with_keeper(late).filter(followed).select_related("case__coordinator")


def _is_late(request: StatementRequest, on: date) -> Occasion:
    return Occasion(
        cause=cause_of(request),
        case=request.case,
        about=request.pk,
        due_on=next_office_day(request.due_on + timedelta(days=1))[0],
        for_whom=ForWhom.COORDINATOR,
        keeper=keeper_of(request),
        channels=(AsTask(title=partial(_title, request)),),
        is_still=partial(_is_still_unanswered, request),
    )


def _title(request: StatementRequest) -> str:
    asked = {"kind": request.get_kind_display(), "day": day(request.due_on)}
    return _("Ask after: %(kind)s, expected by %(day)s") % asked


def _is_still_unanswered(request: StatementRequest) -> bool:
    same = StatementRequest.objects.filter(pk=request.pk, due_on=request.due_on, state__in=sorted(AWAITED))
    return with_keeper(same).filter(keeper=keeper_of(request)).exists()


UNANSWERED = Source(name="statement", rows=_unanswered, about=lambda request: request.pk, occasion=_is_late)
SOURCES = (UNANSWERED,)
