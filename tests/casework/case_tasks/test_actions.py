"""Tasks: done and opened again, late or without a case, of nobody who sees no cases."""

from datetime import date, timedelta

import pytest

from casework.case_tasks import actions as tasks
from casework.models import Task
from tests.casework.cases.making import a_case
from tests.conftest import NOON

TODAY = date(2026, 11, 23)


def test_a_task_is_done_once_and_can_be_opened_again(kaavi, aino, bertta):
    case = a_case(by=aino)
    task = tasks.add(case=case, title="Ask Kela", due_on=TODAY, assignee=bertta, by=aino, at=NOON)

    tasks.do(task=task, by=bertta, at=NOON)
    tasks.do(task=task, by=aino, at=NOON)
    assert Task.objects.get().done_by == bertta

    tasks.undo(task=task, by=aino, at=NOON)
    assert not Task.objects.get().is_done
    kinds = case.events.filter(group="tasks").order_by("created_at").values_list("kind", flat=True)
    assert list(kinds) == ["task.added", "task.done", "task.undone"]


def test_a_late_task_may_be_written_down_and_one_without_a_case_too(kaavi, aino):
    task = tasks.add(case=None, title="Coffee", due_on=TODAY - timedelta(9), assignee=aino, by=aino, at=NOON)

    assert tasks.do(task=task, by=aino, at=NOON).is_done


def test_who_sees_no_cases_gets_no_tasks(kaavi, aino, paula):
    with pytest.raises(tasks.CannotDoTasks):
        tasks.add(case=a_case(by=aino), title="x", due_on=TODAY, assignee=paula, by=aino, at=NOON)
