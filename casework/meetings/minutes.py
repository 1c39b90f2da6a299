"""What can be done to the minutes of one case: write, finalise, open again, agree on a task. A save is a version."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.case_tasks import actions as tasks
from casework.law import workflow
from casework.meetings import agenda
from casework.meetings.acts import MINUTES_SAVED
from casework.models import AgendaItem, AgreedTask, MinutesVersion, Task
from casework.timeline import writing as timeline
from tenants.accounts.models import User
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.display import moment
from tenants.errors import Refusal


class AlreadyFinal(Refusal):
    user_message = _("%(name)s finalised these minutes %(at)s. Nothing more was done.")


class NothingWritten(Refusal):
    user_message = _("Write what was discussed or recommended before finalising the minutes.")


class NotInTheMeeting(Refusal):
    user_message = _("%(name)s does not take part in this meeting.")
    field = "assignee"


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the minutes of a case say."""

    text: str = ""
    recommendation: str = ""
    decision: str = ""


@transaction.atomic
def save(*, item: AgendaItem, words: Words, version: int, by: User, at: datetime) -> AgendaItem:
    """Write the minutes of a case and keep them as a version; without a change there is no new version.

    Raises:
        EditedMeanwhile, TakenOff, MinutesAreFinal, CaseIsClosed, MeetingIsOver, MeetingIsCancelled
    """
    item = agenda.locked(item, "write", by=by)
    item.check_version(version)
    if words == words_of(item):
        return item
    item.text, item.recommendation, item.decision = words.text, words.recommendation, words.decision
    item.save_version("text", "recommendation", "decision")
    _keep_version(item, by=by, at=at)
    access_log.record(by=by, action=MINUTES_SAVED, subjects=[Subject("case", item.case.number)])
    return item


@transaction.atomic
def finalise(*, item: AgendaItem, version: int, by: User, at: datetime) -> AgendaItem:
    """Make the minutes final as they were seen. The same person may do it twice; a second one is told of the first.

    Raises:
        AlreadyFinal: somebody else was first.
        NothingWritten
        EditedMeanwhile, TakenOff, CaseIsClosed, MeetingIsOver, MeetingIsCancelled
    """
    item = agenda.locked(item, "finalise", by=by)
    if workflow.was_taken(workflow.MINUTES, item.state, "finalise"):
        _check_own(item, by)
        return item
    item.check_version(version)
    if not (item.text or item.recommendation):
        raise NothingWritten
    _take(item, "finalise", finalised_at=at, finalised_by=by, by=by, at=at)
    return item


@transaction.atomic
def reopen(*, item: AgendaItem, by: User, at: datetime) -> AgendaItem:
    """Open final minutes again for a correction, until the meeting is closed. Twice is well.

    Raises:
        NotTheChair, TakenOff, CaseIsClosed, MeetingIsOver, MeetingIsCancelled
    """
    item = agenda.locked(item, "reopen", by=by)
    if not workflow.was_taken(workflow.MINUTES, item.state, "reopen"):
        _take(item, "reopen", finalised_at=None, finalised_by=None, by=by, at=at)
    return item


@transaction.atomic
def agree_task(*, item: AgendaItem, title: str, due_on: date, assignee: User, by: User, at: datetime) -> Task:
    """Give a participant a task on the case; the minutes name it.

    Raises:
        NotInTheMeeting, CannotDoTasks
        TakenOff, MinutesAreFinal, CaseIsClosed, MeetingIsOver, MeetingIsCancelled
    """
    item = agenda.locked(item, "write", by=by)
    if not item.meeting.participants.filter(user=assignee, left_at=None).exists():
        raise NotInTheMeeting(name=assignee.name)
    task = tasks.add(case=item.case, title=title, due_on=due_on, assignee=assignee, by=by, at=at)
    AgreedTask.objects.create(item=item, task=task)
    return task


def words_of(item: AgendaItem | MinutesVersion) -> Words:
    """What an item or a version of its minutes says."""
    return Words(text=item.text, recommendation=item.recommendation, decision=item.decision)


def _keep_version(item: AgendaItem, *, by: User, at: datetime) -> None:
    number = item.versions.count() + 1
    said = {"text": item.text, "recommendation": item.recommendation, "decision": item.decision}
    MinutesVersion.objects.create(item=item, number=number, saved_at=at, saved_by=by, **said)


def _check_own(item: AgendaItem, by: User) -> None:
    if item.finalised_by is not None and item.finalised_at is not None and item.finalised_by != by:
        raise AlreadyFinal(name=item.finalised_by.name, at=moment(item.finalised_at))


def _take(
    item: AgendaItem, step: str, *, finalised_at: datetime | None, finalised_by: User | None, by: User, at: datetime
) -> None:
    taken = agenda.step_of(item, step, by=by)
    item.state, item.finalised_at, item.finalised_by = taken.target, finalised_at, finalised_by
    item.save_version("state", "finalised_at", "finalised_by")
    facts = {"meeting_on": item.meeting.held_on.isoformat()}
    timeline.add(case=item.case, kind=taken.audit, by=by, at=at, about=item, facts=facts)
