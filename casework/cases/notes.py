"""Writing a note about a case. A note is never edited; a later note corrects it."""

from datetime import date, datetime

from django.db import transaction

from casework.cases.actions import locked_open
from casework.law.errors import check_day
from casework.models import Case, Note
from casework.timeline import writing as timeline
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
    note = Note.objects.create(case=case, kind=kind, text=text, on=on, written_by=by)
    timeline.add(case=case, kind=f"note.{kind}", by=by, at=at, on=on, about=note)
    return note
