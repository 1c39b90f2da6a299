"""The daily follow-up sweep: turns what rules want into tasks. What is wanted, each room says in its own queries.

It may run late, twice, for past days in any order or beside another one: `Task.cause` is the ledger.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db import transaction

from casework.case_tasks.wanted import Wanted
from casework.consents import queries as consents
from casework.models import Case, Task
from casework.statements import queries as statements
from casework.timeline import writing as timeline

SOURCES: tuple[Callable[[date], Iterable[Wanted]], ...] = (statements.unanswered, consents.ending)


def sweep(*, on: date, at: datetime) -> int:
    """Write the tasks that are wanted on a day, each in its own transaction; answer how many are new."""
    found = [wanted for source in SOURCES for wanted in source(on)]
    known = _ledger(found)
    return sum(_write(wanted, at=at) for wanted in found if wanted.cause not in known)


def _ledger(found: Iterable[Wanted]) -> set[str]:
    """Read which have been written, done or not, in one query, so that a sweep costs only what is new."""
    causes = {wanted.cause for wanted in found}
    return set(Task.objects.filter(cause__in=causes).values_list("cause", flat=True))


@transaction.atomic
def _write(wanted: Wanted, *, at: datetime) -> bool:
    """Write one task, or nothing when somebody did before, the case was closed or it is no longer wanted."""
    case = Case.objects.select_for_update().get(pk=wanted.case.pk)
    if not case.is_open or not wanted.is_still_wanted():
        return False
    task = Task(case=case, title=wanted.title, due_on=wanted.due_on, assignee=wanted.assignee, cause=wanted.cause)
    Task.objects.bulk_create([task], ignore_conflicts=True)  # INSERT … ON CONFLICT DO NOTHING
    if not Task.objects.filter(pk=task.pk).exists():
        return False
    facts = {"due_on": wanted.due_on.isoformat(), "assignee": wanted.assignee.name}
    timeline.add(case=case, kind="task.added", by=None, at=at, about=task, facts=facts)
    return True
