"""Notes about a case: writing, correcting, taking back. What was written first stays in the history."""

from datetime import date, datetime

from django.db import transaction

from casework.cases.actions import locked_open
from casework.law.errors import check_day
from casework.models import Case, Note
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import helsinki


@transaction.atomic
def write(*, case: Case, kind: str, text: str, on: date, by: User, at: datetime) -> Note:
    """Write a note about something that happened on a day.

    Raises:
        BeforeBirth, InTheFuture, CaseIsClosed
    """
    case = locked_open(case)
    check_day(on, born_on=case.client.born_on, today=helsinki(at), field="on")
    note: Note = Note.objects.create(case=case, kind=kind, text=text, on=on, written_by=by)
    timeline.add(case=case, kind=f"note.{kind}", by=by, at=at, on=on, about=note)
    return note


@transaction.atomic
def correct(*, note: Note, kind: str, text: str, on: date, reason: str, version: int, by: User, at: datetime) -> Note:
    """Correct a note, also of a closed case: what is wrong about a person is corrected at any time.

    Raises:
        TakenBack, EditedMeanwhile, BeforeBirth, InTheFuture
    """
    case, note = _locked(note, version)
    check_day(on, born_on=case.client.born_on, today=helsinki(at), field="on")
    why = Why(reason=reason, by=by, at=at, case=case, kind="note.corrected")
    corrections.correct(note, {"kind": kind, "text": text, "on": on}, why)
    return note


@transaction.atomic
def take_back(*, note: Note, reason: str, version: int, by: User, at: datetime) -> Note:
    """Take back a note that should not have been written; what it said stays in the history.

    Raises:
        TakenBack, EditedMeanwhile
    """
    case, note = _locked(note, version)
    corrections.take_back(note, Why(reason=reason, by=by, at=at, case=case, kind="note.removed"))
    return note


def _locked(note: Note, version: int) -> tuple[Case, Note]:
    case = note.case.locked("client")
    note = note.locked()
    corrections.check_standing(note)
    note.check_version(version)
    return case, note
