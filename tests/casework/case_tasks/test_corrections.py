"""A task is corrected and taken back where it is shown; what follows from it, follows."""

from datetime import date

import pytest
from django.urls import reverse

from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.models import Case, Task
from casework.timeline import corrections
from casework.timeline.corrections import TakenBack
from tenants.audit.models import AccessEntry
from tenants.scope import in_municipality
from tenants.versions import EditedMeanwhile
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import browser_of

DAY = date(2026, 11, 25)


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino)


@pytest.fixture
def task(case, aino) -> Task:
    return tasks.add(case=case, title="Soita Kevaan", due_on=DAY, assignee=aino, by=aino, at=NOON)


def right(assignee, **others):
    typed = {"title": "Soita Kelaan", "due_on": DAY, "assignee": assignee, "reason": "Väärä laitos", "version": 1}
    return typed | others


def test_a_corrected_task_says_what_is_right_and_keeps_what_it_said(case, task, aino, bertta):
    tasks.correct(task=task, **right(bertta), by=aino, at=NOON)

    task.refresh_from_db()
    assert (task.title, task.assignee, task.version) == ("Soita Kelaan", bertta, 2)
    [earlier] = corrections.of_row(task)
    assert [old.said for old in earlier.olds] == ["Soita Kevaan", "Aino"]
    assert case.events.get(kind="task.corrected").facts == {"due_on": "2026-11-25", "assignee": "Bertta"}
    assert AccessEntry.objects.filter(action="task.corrected", subject=case.number).exists()


def test_who_may_not_see_cases_is_promised_nothing(task, aino, paula):
    with pytest.raises(tasks.CannotDoTasks):
        tasks.correct(task=task, **right(paula), by=aino, at=NOON)


def test_a_done_task_is_corrected_and_stays_done(task, aino):
    tasks.do(task=task, by=aino, at=NOON)

    assert tasks.correct(task=task, **right(aino), by=aino, at=NOON).is_done


def test_nobody_corrects_over_what_they_have_not_seen_or_what_was_taken_back(task, aino):
    tasks.correct(task=task, **right(aino), by=aino, at=NOON)
    with pytest.raises(EditedMeanwhile):
        tasks.take_back(task=task, reason="x", version=1, by=aino, at=NOON)
    tasks.take_back(task=task, reason="Väärä asiakas", version=2, by=aino, at=NOON)

    for act in (tasks.do, tasks.drop, tasks.undo):
        with pytest.raises(TakenBack):
            act(task=task, by=aino, at=NOON)
    with pytest.raises(TakenBack):
        tasks.correct(task=task, **right(aino, version=3), by=aino, at=NOON)


# --- on the pages -------------------------------------------------------------------------------------------------


def page_of(case, task, name):
    return reverse(name, args=[case.number, task.pk])


def test_it_is_corrected_where_it_is_shown(case, task, aino, aino_browser):
    here = reverse("case_tasks", args=[case.number])
    assert page_of(case, task, "task_correct") in aino_browser.get(here).content.decode()
    typed = {"title": "Soita Kelaan", "due_on": "2026-11-25", "assignee": str(aino.pk), "version": 1}
    assert "reason" in aino_browser.post(page_of(case, task, "task_correct"), typed).context["form"].errors
    typed["reason"] = "Väärä laitos"
    assert aino_browser.post(page_of(case, task, "task_correct"), typed).url == here

    assert "Soita Kelaan" in aino_browser.get(here).content.decode()
    told = aino_browser.get(reverse("case_corrections", args=[case.number])).content.decode()
    assert [words in told for words in ("Soita Kevaan", "Väärä laitos")] == [True, True]


def test_a_task_taken_back_is_on_no_page_but_the_history(case, task, aino, aino_browser):
    aino_browser.post(page_of(case, task, "task_remove"), {"version": 1, "reason": "Väärä asiakas"})

    for name in ("case", "case_tasks", "case_timeline"):
        assert "Soita Kevaan" not in aino_browser.get(reverse(name, args=[case.number])).content.decode()
    assert "Soita Kevaan" not in aino_browser.get("/").content.decode()
    assert "Soita Kevaan" in aino_browser.get(reverse("case_corrections", args=[case.number])).content.decode()
    assert aino_browser.post(reverse("task_done", args=[task.pk])).status_code == 404


@pytest.mark.parametrize("name", ["task_correct", "task_remove"])
def test_it_is_behind_the_door_of_its_case(case, task, aino, bertta, daavid, cecilia, tuusniemi, name):
    cases.add_participant(case=case, user=daavid, since=DAY, by=aino, at=NOON)
    page = page_of(case, task, name)

    assert browser_of(daavid).get(page).status_code == 403
    assert "/reason/" in browser_of(bertta).get(page).headers["Location"]
    assert browser_of(aino).get(page_of(a_case(by=aino), task, name)).status_code == 404
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(page).status_code == 404
