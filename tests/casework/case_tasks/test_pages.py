"""The pages of a task: added, done and opened again, and what the browser's cookies are told."""

from datetime import date

import pytest
from django.urls import reverse

from casework.case_tasks import actions as tasks
from casework.models import Case, Task
from tests.casework.cases.making import a_case
from tests.conftest import NOON

DAY = date(2026, 11, 16)


def address(name: str, case: Case, *more) -> str:
    return reverse(name, args=[case.number, *more])


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino, first_name="Matti", last_name="Meikäläinen")


def test_a_task_is_added_done_and_opened_again(case, aino, aino_browser):
    form = {"title": "Ask Kela", "due_on": "2026-11-30", "assignee": str(aino.pk)}
    aino_browser.post(address("task_add", case), form)
    task = Task.objects.get()

    done = aino_browser.post(reverse("task_done", args=[task.pk]), {"next": address("case_tasks", case)})
    assert done.headers["Location"] == address("case_tasks", case)
    assert Task.objects.get().is_done
    aino_browser.post(reverse("task_undo", args=[task.pk]), {"next": "//evil.example"})
    assert not Task.objects.get().is_done


@pytest.mark.parametrize("elsewhere", ["//evil.example", "nowhere", "/\\evil.example"])
def test_what_is_no_path_of_this_house_leads_to_the_case(case, aino, aino_browser, elsewhere):
    task = tasks.add(case=case, title="Ask Kela", due_on=DAY, assignee=aino, by=aino, at=NOON)

    answer = aino_browser.post(reverse("task_done", args=[task.pk]), {"next": elsewhere})

    assert answer.headers["Location"] == case.get_absolute_url()
    assert Task.objects.get().is_done


def test_a_message_about_a_task_tells_nothing_to_the_browsers_cookies(case, aino, aino_browser):
    task = tasks.add(case=case, title="Very private matter", due_on=DAY, assignee=aino, by=aino, at=NOON)

    answer = aino_browser.post(reverse("task_done", args=[task.pk]))

    assert "private" not in str(answer.cookies)
