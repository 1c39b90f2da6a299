"""What can be done about a reading: ask somebody, remark, say that one has read it, take it back, settle a remark."""

from collections.abc import Callable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.case_tasks import actions as tasks
from casework.cases.actions import locked_open
from casework.models import Appeal, ReadingRemark, ReadingRequest, Task
from casework.readings.drafts import Draft, case_of, parts, title
from casework.readings.queries import possible_readers, reads_now
from casework.timeline import emails
from casework.timeline import writing as timeline
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.errors import Refusal

State = ReadingRequest.State


class NotADraft(Refusal):
    user_message = _("It has gone out already and no longer changes, so there is nothing to read beforehand.")


class CannotRead(Refusal):
    user_message = _("%(name)s neither works with cases here nor is in the team of this one. Choose another person.")
    field = "reader"


class AskedAlready(Refusal):
    user_message = _("%(name)s has been asked already. Take that back first.")
    field = "reader"


class ReadingIsOver(Refusal):
    user_message = _("This reading is over: the draft went out, or who asked took it back.")


@transaction.atomic
def ask(*, draft: Draft, reader: User, due_on: date, question: str = "", by: User, at: datetime) -> ReadingRequest:
    """Give a draft to somebody to read; it opens for them until they have read it, it is taken back or it goes out.

    Raises:
        NotADraft, CannotRead, AskedAlready, CaseIsClosed
    """
    if not by.has(Permission.WORK_CASE):
        raise PermissionDenied
    case = locked_open(case_of(draft))
    if not draft.locked().is_draft:
        raise NotADraft
    if not possible_readers(case, by=by).filter(pk=reader.pk).exists():
        raise CannotRead(name=reader.name)
    if draft.readings.filter(reader=reader, state=State.ASKED).exists():
        raise AskedAlready(name=reader.name)
    with translation.override(reader.language):
        task_title = gettext("Read a draft: %(draft)s") % {"draft": title(draft)}
    known = {"appeal": draft} if isinstance(draft, Appeal) else {"description": draft}
    reading: ReadingRequest = ReadingRequest.objects.create(
        case=case,
        reader=reader,
        asked_by=by,
        asked_at=at,
        due_on=due_on,
        question=question,
        task=tasks.add(case=case, title=task_title, due_on=due_on, assignee=reader, by=by, at=at),
        **known,
    )
    _tell(reading, "reading.asked", by=by, at=at)
    emails.reading_asked(reading=reading, at=at)
    return reading


@transaction.atomic
def remark(*, reading: ReadingRequest, field: str, text: str, by: User, at: datetime) -> ReadingRemark:
    """Say something of one part of a draft; the words that stand there now are kept beside it.

    Raises:
        ReadingIsOver
    """
    reading = _still_read(reading, by)
    [part] = [part for part in parts(reading.draft) if part.code == field]
    found: ReadingRemark = ReadingRemark.objects.create(
        reading=reading, field=field, text=text, said=part.text, written_at=at
    )
    _tell(reading, "reading.remarked", by=by, at=at)
    return found


@transaction.atomic
def finish(*, reading: ReadingRequest, by: User, at: datetime) -> ReadingRequest:
    """Say that one has read it: the draft closes for the reader, what was remarked stays.

    Raises:
        ReadingIsOver
    """
    reading = _still_read(reading, by)
    _end(reading, State.READ, tasks.do, by=by, at=at)
    _tell(reading, "reading.read", by=by, at=at)
    return reading


@transaction.atomic
def take_back(*, reading: ReadingRequest, by: User, at: datetime) -> ReadingRequest:
    """Ask for it no more. Twice is well."""
    if not by.has(Permission.WORK_CASE):
        raise PermissionDenied
    reading = reading.locked("case", "reader", "task")
    if reading.is_asked:
        _end(reading, State.TAKEN_BACK, tasks.drop, by=by, at=at)
        _tell(reading, "reading.taken_back", by=by, at=at)
    return reading


@transaction.atomic
def settle(*, remark: ReadingRemark, by: User, at: datetime) -> ReadingRemark:
    """Mark a remark as seen to. Twice is well: the first counts."""
    if not by.has(Permission.WORK_CASE):
        raise PermissionDenied
    found: ReadingRemark = ReadingRemark.objects.select_for_update().get(pk=remark.pk)
    if not found.is_settled:
        found.settled_at, found.settled_by = at, by
        found.save(update_fields=["settled_at", "settled_by"])
    return found


@transaction.atomic
def unsettle(*, remark: ReadingRemark, by: User, at: datetime) -> ReadingRemark:
    """Open a remark again that was marked by mistake. Twice is well."""
    if not by.has(Permission.WORK_CASE):
        raise PermissionDenied
    ReadingRemark.objects.filter(pk=remark.pk).update(settled_at=None, settled_by=None)
    return remark


def end_those_of(draft: Draft, *, by: User, at: datetime) -> None:
    """Let the readings of a draft end that goes out or is given up: nobody waits for them."""
    for reading in draft.readings.select_for_update(of=("self",)).filter(state=State.ASKED):
        _end(reading, State.OVER, tasks.drop, by=by, at=at)


def _still_read(reading: ReadingRequest, by: User) -> ReadingRequest:
    """Lock a reading that goes on.

    Raises:
        ReadingIsOver
    """
    found = reading.locked("case", "reader", "task")
    if not reads_now(by, found):
        raise ReadingIsOver
    return found


def _end(reading: ReadingRequest, state: State, end: Callable[..., Task], *, by: User, at: datetime) -> None:
    """Close the draft for its reader, and end the reader's task, if it was not taken back as written by mistake."""
    reading.state, reading.ended_at = state, at
    reading.save_version("state", "ended_at")
    if reading.task is not None and not reading.task.is_removed:
        end(task=reading.task, by=by, at=at)


def _tell(reading: ReadingRequest, kind: str, *, by: User, at: datetime) -> None:
    facts = {"name": reading.reader.name}
    timeline.add(case=reading.case, kind=kind, by=by, at=at, about=reading, facts=facts)
