"""Tasks, notes and service entries: what is written into a case as the work goes on."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.cases import notes
from casework.law.errors import BeforeBirth, CaseIsClosed, InTheFuture
from casework.law.products import UnknownProduct
from casework.models import Note, ServiceEntry, Task
from casework.services import actions as service_entries
from casework.services.queries import minutes_logged
from tests.casework.cases.making import BORN, a_case
from tests.conftest import NOON

TODAY = date(2026, 11, 23)


def log(case, by, **others) -> ServiceEntry:
    entry: dict[str, Any] = {
        "on": TODAY,
        "product": "doctor_visit",
        "minutes": 95,
        "what": "At the health centre",
        "is_billable": True,
    }
    return service_entries.log(case=case, by=by, at=NOON, **entry | others)


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


def test_a_note_is_sealed_and_on_the_timeline_on_its_own_day(kaavi, aino):
    case = a_case(by=aino)
    note = notes.write(case=case, kind="call", text="Called Keva.", on=date(2026, 11, 20), by=aino, at=NOON)

    assert Note.objects.get().text == "Called Keva."
    event = case.events.get(about_id=note.pk)
    assert (event.kind, event.on, event.facts) == ("note.call", date(2026, 11, 20), {})


def test_a_note_speaks_of_a_day_of_the_clients_life(kaavi, aino):
    case = a_case(by=aino)

    with pytest.raises(BeforeBirth):
        notes.write(case=case, kind="note", text="x", on=BORN - timedelta(1), by=aino, at=NOON)
    with pytest.raises(InTheFuture):
        notes.write(case=case, kind="note", text="x", on=TODAY + timedelta(1), by=aino, at=NOON)


def test_services_are_summed_with_what_of_them_is_billed(kaavi, aino):
    case = a_case(by=aino)
    log(case, aino)
    log(case, aino, product="coordination", minutes=30, is_billable=False)

    assert minutes_logged(case) == {"all": 125, "billed": 95}


@pytest.mark.parametrize(
    ("others", "refusal"),
    [
        ({"minutes": 0}, service_entries.NotADaysWork),
        ({"minutes": 1441}, service_entries.NotADaysWork),
        ({"on": date(2026, 5, 31)}, service_entries.BeforeTheCase),
        ({"on": TODAY + timedelta(1)}, InTheFuture),
        ({"product": "massage"}, UnknownProduct),
    ],
)
def test_a_service_that_cannot_have_been_is_refused(kaavi, aino, others, refusal):
    case = a_case(by=aino, opened_on=date(2026, 6, 1))

    with pytest.raises(refusal):
        log(case, aino, **others)

    assert not ServiceEntry.objects.exists()


def test_a_service_is_logged_also_after_the_case_was_closed_but_no_task_or_note(kaavi, aino):
    case = a_case(by=aino)
    cases.close(case=case, outcome="work", closed_on=TODAY, version=1, by=aino, at=NOON)

    assert log(case, aino).case == case
    with pytest.raises(CaseIsClosed):
        notes.write(case=case, kind="note", text="x", on=TODAY, by=aino, at=NOON)
    with pytest.raises(CaseIsClosed):
        tasks.add(case=case, title="x", due_on=TODAY, assignee=aino, by=aino, at=NOON)
