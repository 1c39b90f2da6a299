"""The schedule is one table, and it and the registered tasks are the same set."""

import inspect
import re
from datetime import timedelta
from importlib import import_module

import pytest
from celery.schedules import crontab

from deploy.local.embedded import ROOT
from tasks.app import TIME_LIMIT, app
from tasks.schedule import SCHEDULE
from tasks.work import WORK
from tenants.due import Kind
from tenants.job_names import JOB_NAMES

for module in app.conf.include:
    import_module(module)
TASKS = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}
WOKEN_WHEN_DUE = {str(kind) for kind in WORK}
WOKEN_WHEN_DUE_ON_CONSOLE = {work.on_console for work in WORK.values() if work.on_console}
RECORDED = re.compile(r"\b(?:job=|JOB = )\"([a-z_.]+)\"")
SENDS = re.compile(r"\.delay\(|\.delay_on_commit\(|apply_async\(|send_task\(")

each_alarm = pytest.mark.parametrize("alarm", SCHEDULE, ids=lambda alarm: alarm.task)


def parameters(task):
    return set(inspect.signature(TASKS[task].run).parameters)


def test_every_task_is_woken_by_beat_or_when_it_is_due_and_by_nothing_else():
    assert {alarm.task for alarm in SCHEDULE} | WOKEN_WHEN_DUE | WOKEN_WHEN_DUE_ON_CONSOLE == set(TASKS)


def test_work_of_every_kind_is_described():
    assert set(WORK) == set(Kind)


def test_beat_reads_this_table_and_no_other():
    assert list(app.conf.beat_schedule) == [alarm.task for alarm in SCHEDULE]


def test_every_recorded_job_has_a_name_on_the_console():
    sources = [path.read_text() for path in (ROOT / "tasks").glob("*.py")]

    assert {name for source in sources for name in RECORDED.findall(source)} == set(JOB_NAMES)


@each_alarm
def test_every_alarm_says_why(alarm):
    assert alarm.why.endswith(".")


@each_alarm
def test_an_alarm_is_for_no_municipality(alarm):
    assert parameters(alarm.task) == set()


@pytest.mark.parametrize("kind", WORK)
def test_a_task_is_given_what_it_asks_for_when_it_is_woken(kind):
    day = {"on"} if WORK[kind].is_told_the_day else set()

    assert parameters(str(kind)) == {"municipality_id"} | day
    assert not WORK[kind].on_console or parameters(WORK[kind].on_console) == set()


@each_alarm
def test_an_alarm_that_comes_too_late_is_dropped(alarm):
    assert 0 < alarm.entry["options"]["expires"] <= timedelta(hours=1).total_seconds()


@each_alarm
def test_no_alarm_stands_in_the_hour_that_is_missing_or_comes_twice_when_clocks_change(alarm):
    assert not (isinstance(alarm.every, crontab) and 3 in alarm.every.hour)


def test_only_the_work_that_changes_structure_goes_to_the_worker_that_may():
    queues = {name: app.amqp.router.route({}, name)["queue"].name for name in TASKS}

    assert {name for name, queue in queues.items() if queue == "provisioning"} == {"provisioning.make_requested"}
    assert {name for name, queue in queues.items() if queue == "wake"} == {"work.wake"}
    assert set(queues.values()) == {"celery", "provisioning", "wake"}


def test_a_task_is_given_to_a_second_worker_only_after_the_first_cannot_be_at_it_any_more():
    assert app.conf.broker_transport_options["visibility_timeout"] > TIME_LIMIT


def test_nothing_but_the_tasks_sends_tasks():
    """A lost broker raises in a request, and a message after its commit is lost with the process: rows are swept."""
    senders = [
        path
        for floor in ("tenants", "casework", "billing", "deploy")
        for path in (ROOT / floor).rglob("*.py")
        if SENDS.search(path.read_text())
    ]

    assert senders == []
