"""Occasions that are told as tasks: each becomes one, however often, late or beside another one the sweep runs."""

import threading
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.models import Case, StatementRequest, Task
from casework.reminders import sweep as sweeping
from casework.statements import actions as statements
from casework.statements.occasions import UNANSWERED, cause_of
from casework.timeline.ledger import AsTask, ForWhom, Occasion, Source
from tasks.reminders import queue_due as sweep_as_task
from tenants.accounts.permissions import Role
from tenants.audit.models import AccessEntry
from tenants.scope import in_municipality
from tests.casework.cases.making import a_case
from tests.casework.statements.making import DUE, a_statement
from tests.conftest import NOON
from tests.people import person

MONDAY = date(2026, 11, 23)


def sweep(on=MONDAY):
    return sweeping.sweep(on=on, at=NOON)


def test_a_statement_nobody_answered_by_its_day_becomes_a_task_of_the_coordinator(kaavi, aino, bertta):
    request = a_statement(case=a_case(by=bertta, coordinator=aino), by=bertta)

    assert (sweep(DUE), sweep(DUE + timedelta(days=1))) == (0, 1)

    task = Task.objects.get()
    assert (task.assignee, task.written_by, task.case) == (aino, None, request.case)
    assert task.due_on == MONDAY  # the first office day after the one that went by
    assert "20.11.2026" in task.title


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_task_is_written_in_the_language_of_who_does_it(kaavi, bertta, language):
    coordinator = person("Kerttu", Role.COORDINATOR, language=language)
    a_statement(case=a_case(by=bertta, coordinator=coordinator), by=bertta)

    sweep()

    with translation.override(language):
        assert str(StatementRequest.Kind.B.label) in Task.objects.get().title


def test_the_timeline_says_that_nobody_in_particular_added_the_task_and_the_access_log_names_nobody(kaavi, aino):
    request = a_statement(by=aino)
    before = AccessEntry.objects.count()

    sweep()

    event = request.case.events.get(kind="task.added")
    assert (event.by, event.about_id) == (None, Task.objects.get().pk)
    assert event.facts == {"due_on": "2026-11-23", "assignee": "Aino"}
    assert AccessEntry.objects.count() == before


def test_a_task_that_was_done_does_not_come_again(kaavi, aino):
    a_statement(by=aino)
    sweep()
    tasks.do(task=Task.objects.get(), by=aino, at=NOON)

    assert sweep(MONDAY + timedelta(days=30)) == 0


def test_a_rules_task_that_was_taken_back_does_not_come_again(kaavi, aino):
    a_statement(by=aino)
    sweep()
    task = Task.objects.get()
    tasks.take_back(task=task, reason="Lausunto on jo tulossa.", version=task.version, by=aino, at=NOON)

    assert (sweep(MONDAY + timedelta(days=30)), Task.objects.count()) == (0, 0)


def swept_from(monkeypatch, *occasions):
    """Sweep what was seen before: as if it were still there."""
    source = Source(
        name="seen", rows=lambda on: occasions, about=lambda seen: seen.about, occasion=lambda seen, on: seen
    )
    monkeypatch.setattr(sweeping, "sources", lambda: [source])
    return sweep()


def late(on=MONDAY):
    (row,) = UNANSWERED.rows(on)
    return UNANSWERED.occasion(row, on)


def test_a_closed_case_wants_nothing_also_when_it_was_closed_while_the_sweep_ran(kaavi, aino, monkeypatch):
    request = a_statement(by=aino)
    seen = late()
    cases.close(case=request.case, outcome="moved", closed_on=MONDAY, version=1, by=aino, at=NOON)

    assert sweep() == 0
    assert swept_from(monkeypatch, seen) == 0
    assert not Task.objects.exists()


def test_what_was_answered_while_the_sweep_ran_is_wanted_no_more(kaavi, aino, monkeypatch):
    request = a_statement(by=aino)
    seen = late()
    statements.cancel(request=request, by=aino, at=NOON)

    assert swept_from(monkeypatch, seen) == 0


def test_two_rules_that_want_the_same_get_one_task(kaavi, aino, monkeypatch):
    case = a_case(by=aino)
    wanted = Occasion(
        cause="consent:1:2026-11-30",
        case=case,
        about=case.pk,
        due_on=MONDAY,
        for_whom=ForWhom.COORDINATOR,
        channels=(AsTask(title=lambda: "Renew"),),
        is_still=lambda: True,
    )

    assert swept_from(monkeypatch, wanted, wanted) == 1


def test_a_new_coordinator_gets_no_second_task(kaavi, aino, bertta):
    request = a_statement(by=aino)
    sweep()
    case = Case.objects.get(pk=request.case_id)
    cases.reassign(case=case, coordinator=bertta, version=case.version, by=bertta, at=NOON)

    assert sweep() == 0
    assert Task.objects.count() == 1


def test_a_reminder_moves_the_day_and_the_new_day_is_a_new_occasion(kaavi, aino):
    request = a_statement(by=aino)
    sweep()
    later = MONDAY + timedelta(days=14)

    request = statements.remind(request=request, reminded_on=MONDAY, due_on=later, version=1, by=aino, at=NOON)

    assert Task.objects.get().is_done  # reminding is what it asked for
    assert (sweep(later), sweep(later + timedelta(days=1)), sweep(later + timedelta(days=9))) == (0, 1, 0)
    assert Task.objects.get(done_at=None, occasion__cause=cause_of(request))


def test_a_sweep_costs_as_many_queries_whatever_was_written_before(kaavi, aino):
    def queries():
        sweep()
        with CaptureQueriesContext(connection) as captured:
            sweep()
        return len(captured)

    a_statement(by=aino)
    few = queries()
    for _number in range(5):
        a_statement(by=aino)

    assert queries() == few


DAYS = st.lists(st.integers(-5, 40), min_size=1, max_size=8)
STEPS = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 20)), max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(due=st.lists(st.integers(0, 20), min_size=1, max_size=3), swept=DAYS, steps=STEPS)
def test_any_order_and_repetition_of_days_gives_each_occasion_one_task(kaavi, aino, due, swept, steps):
    """Sweeps on any days in any order, reminders in between: one task for each day that was seen gone by, or none."""
    with transaction.atomic():
        requests = [a_statement(due_on=MONDAY + timedelta(days=days), by=aino) for days in due]
        wanted = set()
        for number, days in enumerate(swept):
            on = MONDAY + timedelta(days=days)
            wanted |= {cause_of(request) for request in StatementRequest.objects.filter(due_on__lt=on)}
            before = Task.objects.count()
            assert sweep(on) == Task.objects.count() - before
            assert sweep(on) == 0
            if number < len(steps):
                _remind(requests[steps[number][0] % len(requests)], steps[number][1], by=aino)
        assert sorted(Task.objects.values_list("occasion__cause", flat=True)) == sorted(wanted)
        transaction.set_rollback(True)


def _remind(request, days, *, by):
    request = StatementRequest.objects.get(pk=request.pk)
    due_on = MONDAY + timedelta(days=days)
    statements.remind(request=request, reminded_on=MONDAY, due_on=due_on, version=request.version, by=by, at=NOON)


def test_sweeps_of_many_threads_at_once_write_each_task_once(own_database):
    with in_municipality("kaavi"):
        aino = person("Aino", Role.COORDINATOR)
        for _number in range(5):
            a_statement(by=aino)
    start, written = threading.Barrier(4), []

    def work():
        try:
            with in_municipality("kaavi"):
                start.wait(timeout=20)
                written.append(sweep())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sum(written) == 5
    with in_municipality("kaavi"):
        assert Task.objects.count() == 5


# --- the task and the command -----------------------------------------------------------------------------------


def test_the_task_sweeps_one_municipality_for_the_day_it_was_woken_for(kaavi, aino):
    a_statement(by=aino)

    assert sweep_as_task(municipality_id=kaavi.pk, on="2026-11-20") == 0
    assert sweep_as_task(municipality_id=kaavi.pk, on="2026-11-23") == 1


def test_the_command_sweeps_every_municipality_for_a_day_and_says_how_many(kaavi, tuusniemi, aino, cecilia, capsys):
    a_statement(by=aino)
    with in_municipality(tuusniemi):
        a_statement(by=cecilia)

    call_command("queue_reminders", on=MONDAY.isoformat())

    assert capsys.readouterr().out.splitlines() == ["Varkaus: 0", "Kaavi: 1", "Tuusniemi: 1", "Rautavaara: 0"]
    assert Task.objects.count() == 1


@pytest.mark.parametrize(
    ("options", "sentence"),
    [({"on": "soon"}, "is not a day"), ({"municipality": "helsinki"}, "no municipality 'helsinki'")],
)
def test_the_command_refuses_what_it_does_not_understand_in_one_line(kaavi, options, sentence):
    with pytest.raises(CommandError, match=sentence) as refusal:
        call_command("queue_reminders", **options)

    assert "\n" not in str(refusal.value)
