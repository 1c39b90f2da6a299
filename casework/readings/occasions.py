"""What readings ask for: who asked looks after one that was not read by its day."""

from datetime import date, timedelta
from functools import partial

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from casework.law.calendar import next_office_day
from casework.law.workflow import AppealState, DescriptionState
from casework.models import ReadingRequest
from casework.timeline.ledger import AsTask, ForWhom, Occasion, Source
from tenants.display import day

IN_PREPARATION = Q(appeal__state=AppealState.DRAFT) | Q(description__state=DescriptionState.DRAFT)


def _unread(on: date) -> QuerySet[ReadingRequest]:
    asked = ReadingRequest.objects.filter(IN_PREPARATION, state=ReadingRequest.State.ASKED, due_on__lt=on)
    return asked.filter(case__closed_on=None).select_related("case__coordinator", "reader")


def _is_late(reading: ReadingRequest, on: date) -> Occasion:
    """Told to who asked, as what somebody keeps of a case is told."""
    return Occasion(
        cause=f"reading:{reading.pk}:{reading.due_on.isoformat()}",
        case=reading.case,
        about=reading.pk,
        due_on=next_office_day(reading.due_on + timedelta(days=1))[0],
        for_whom=ForWhom.COORDINATOR,
        keeper=reading.asked_by_id,
        channels=(AsTask(title=partial(_title, reading)),),
        is_still=partial(_is_still_unread, reading),
    )


def _title(reading: ReadingRequest) -> str:
    known = {"name": reading.reader.name, "day": day(reading.due_on)}
    return _("Ask %(name)s about the draft that was to be read by %(day)s, or go on without") % known


def _is_still_unread(reading: ReadingRequest) -> bool:
    same = ReadingRequest.objects.filter(IN_PREPARATION, pk=reading.pk, case__closed_on=None)
    return same.filter(state=ReadingRequest.State.ASKED).exists()


UNREAD = Source(name="reading", rows=_unread, about=lambda reading: reading.pk, occasion=_is_late)
SOURCES = (UNREAD,)
