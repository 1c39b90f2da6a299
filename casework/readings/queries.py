"""Reading who was asked to read which draft, and what they said."""

import uuid
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from casework.cases.door import readings_of
from casework.cases.people import people_with
from casework.cases.queries import case_or_404, subject
from casework.models import AbilityDescription, Appeal, Case, ReadingRemark, ReadingRequest
from casework.readings.drafts import Draft
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission, roles_with
from tenants.audit import access_log

SEEN = "reading.seen"  # in the access log
RELATED = ("case", "reader", "asked_by", "task", "appeal__decision__application", "description")


def reading_or_404(user: User, number: str, reading_id: uuid.UUID, *, on: date) -> ReadingRequest:
    """Fetch a reading: for who was asked and may read it still, else through the door to its case. The look is logged.

    Raises:
        Http404: there is none, or the person may see neither the draft nor the case.
        ReasonNeeded: it is somebody else's case.
    """
    asked = readings_of(user).filter(case__number=number, pk=reading_id).select_related(*RELATED).first()
    if asked is not None:
        access_log.record(by=user, action=SEEN, subjects=[subject(asked.case)])
        return _belonging(asked, asked.case)
    return reading_of_case_or_404(user, number, reading_id, on=on)


def reading_of_case_or_404(user: User, number: str, reading_id: uuid.UUID, *, on: date) -> ReadingRequest:
    """Fetch a reading through the door to its case alone, for what who writes the draft does about it.

    Raises:
        Http404, ReasonNeeded
    """
    case = case_or_404(user, number, on=on)
    found: ReadingRequest = get_object_or_404(case.readings.select_related(*RELATED), pk=reading_id)
    return _belonging(found, case)


def remark_or_404(reading: ReadingRequest, remark_id: uuid.UUID) -> ReadingRemark:
    """Fetch a remark of a reading that was handed out.

    Raises:
        Http404
    """
    found: ReadingRemark = get_object_or_404(reading.remarks.all(), pk=remark_id)
    found.reading = reading
    return found


def reads_now(user: User, reading: ReadingRequest) -> bool:
    """Tell whether somebody is the reader of a reading and may read on."""
    return readings_of(user).filter(pk=reading.pk).exists()


def appeal_or_404(user: User, number: str, appeal_id: uuid.UUID, *, on: date) -> Appeal:
    """Fetch an appeal to ask for a reader.

    Raises:
        Http404, ReasonNeeded
    """
    case = case_or_404(user, number, on=on)
    found = Appeal.objects.filter(decision__application__case=case, decision__removed_at=None)
    appeal: Appeal | None = found.select_related("decision__application").filter(pk=appeal_id).first()
    if appeal is None:
        raise Http404
    appeal.decision.application.case = case
    return appeal


def description_or_404(user: User, number: str, description_id: uuid.UUID, *, on: date) -> AbilityDescription:
    """Fetch a description to ask for a reader.

    Raises:
        Http404, ReasonNeeded
    """
    case = case_or_404(user, number, on=on)
    found: AbilityDescription = get_object_or_404(case.descriptions.all(), pk=description_id)
    found.case = case
    return found


def readings_about(draft: Draft) -> list[ReadingRequest]:
    """Who was asked to read a draft, with what they said, in the order in which they were asked."""
    return list(draft.readings.select_related("reader", "asked_by").prefetch_related("remarks"))


def open_remarks(draft: Draft) -> int:
    """How many remarks on a draft nobody has settled."""
    return ReadingRemark.objects.filter(reading__in=draft.readings.order_by().values("pk"), settled_at=None).count()


def possible_readers(case: Case, *, by: User) -> QuerySet[User]:
    """Who can be asked: who works with cases here, and who is in the team of this one."""
    works = Q(roles__overlap=roles_with(Permission.WORK_CASE))
    in_team = Q(pk__in=case.participants.filter(until=None).order_by().values("user"))
    return people_with(Permission.SEE_CASE).filter(works | in_team).exclude(pk=by.pk)


def _belonging(reading: ReadingRequest, case: Case) -> ReadingRequest:
    """Give it, and its draft, the case that was fetched already."""
    reading.case = case
    if reading.appeal is not None:
        reading.appeal.decision.application.case = case
    if reading.description is not None:
        reading.description.case = case
    return reading
