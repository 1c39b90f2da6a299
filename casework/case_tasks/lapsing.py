"""Tasks that rules wrote lapse when their rule does not ask for them any more, and come again when it does.

What a step or a correction of a case makes untrue is nobody's to do: a day that moved has a task of its own.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from casework import subjects
from casework.case_tasks import actions as tasks
from casework.models import Case, LedgerEntry, Task
from casework.timeline import writing as timeline
from casework.timeline.ledger import Source
from tenants.accounts.models import User


def sources() -> Iterator[Source[Any]]:
    """The rules of all subjects."""
    for module in subjects.modules("occasions"):
        yield from module.SOURCES


def follow(*, case: Case, by: User, at: datetime) -> None:
    """Let the open tasks of a case lapse whose cause holds no more. The caller has locked the case.

    Of rules that say which causes hold; a task that a person opened again is theirs, and stays.
    """
    rules = {source.name: source.holding for source in sources() if source.holding is not None}
    found = [task for task in _of_rules(case) if _rule(task) in rules]
    holding = {cause for name in {_rule(task) for task in found} for cause in rules[name](case)}
    for task in found:
        if task.occasion is not None and task.occasion.cause not in holding:
            lapse(task=task, by=by, at=at)


def lapse(*, task: Task, by: User, at: datetime) -> None:
    """End a task that its rule asks for no more; should the rule ask for the same again, it is opened again."""
    tasks.drop(task=task, by=by, at=at)
    LedgerEntry.objects.filter(task=task).update(cancelled_at=at)


def come_again(entry: LedgerEntry, *, to: User, at: datetime) -> bool:
    """Open the task of an entry again that had lapsed; answer whether there was one. One taken back stays so."""
    task: Task | None = Task.everything.filter(occasion=entry).first()
    if task is None:
        return False
    if task.is_done and not task.is_removed and task.case is not None:
        task.done_at, task.done_by, task.is_dropped, task.assignee = None, None, False, to
        task.save(update_fields=["done_at", "done_by", "is_dropped", "assignee"])
        timeline.add(case=task.case, kind="task.undone", by=None, at=at, about=task)
    return True


def _of_rules(case: Case) -> list[Task]:
    written = Task.objects.filter(case=case, done_at=None, occasion__isnull=False, occasion__cancelled_at=None)
    return list(written.select_related("occasion", "case"))


def _rule(task: Task) -> str:
    return task.occasion.rule if task.occasion else ""
