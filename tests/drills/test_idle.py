"""Three hundred municipalities in which nothing is due cost next to nothing: work follows what is due."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
import redis
from django.conf import settings
from django.utils import timezone

from deploy.local import embedded
from tasks.app import app
from tenants.due import Kind
from tenants.models import DueWork, JobRun, Municipality
from tenants.scope import in_console
from tests import databases
from tests.drills import cpu
from tests.tasks.processes import Crew, crew

MUNICIPALITIES = int(os.environ.get("SUUNTA_DRILL_MUNICIPALITIES", "308"))
SECONDS = float(os.environ.get("SUUNTA_DRILL_SECONDS", "60"))
MOST = 0.05  # of one core
SOON = 3.0  # seconds of the whole command that finds nothing to migrate
PATIENCE = 240  # seconds for one round over all
ROUND_OF_SEALS, QUARTER, HOUR = 5 * 60, 15 * 60, 60 * 60  # seconds


@pytest.fixture
def house(own_database, real_clock, tmp_path) -> Iterator[Crew]:
    """Everything that runs without a request, on a database with many municipalities, as it is in use."""
    with databases.as_migrator():
        for number in range(MUNICIPALITIES - len(databases.MUNICIPALITIES)):
            databases.add_municipality(f"idle{number}", databases.business_id(number))
    with databases.as_superuser("suunta_test_own") as superuser:
        superuser.execute("vacuum analyze")  # else the database does it of itself in the minute that is measured
    with redis.Redis.from_url(settings.CELERY_BROKER_URL) as broker:
        broker.flushall()
    with crew(own_database, tmp_path / "logs", app="tasks.app") as people:
        people.worker()
        people.worker(queues="provisioning", SUUNTA_LOGIN="migrator")
        people.beat()
        yield people


@pytest.mark.alone
def test_idle(own_database, house, tell):
    processes = [*house.pids, *servers()]
    belt = cost_of(processes, look_everywhere)
    seals = cost_of(processes, seal_logs)
    begun, before = time.monotonic(), cpu.seconds(processes)
    time.sleep(SECONDS)
    all_the_time = (cpu.seconds(processes) - before) / (time.monotonic() - begun)
    reminders = cost_of(processes, write_reminders)
    nothing_to_migrate = seconds_of_migrating(own_database)
    share = all_the_time + seals / ROUND_OF_SEALS + belt / QUARTER + reminders / HOUR

    tell(
        municipalities=MUNICIPALITIES,
        all_the_time=round(all_the_time, 4),
        seals_seconds=round(seals, 2),
        belt_seconds=round(belt, 2),
        reminders_seconds=round(reminders, 2),
        share_of_a_core=round(share, 4),
        seconds_with_nothing_to_migrate=round(nothing_to_migrate, 1),
    )
    assert share <= MOST
    assert nothing_to_migrate <= SOON


def servers() -> list[int]:
    """The database's processes and the broker's."""
    with databases.as_superuser("suunta_test_own") as superuser:
        server = cpu.parent_of(superuser.info.backend_pid)
    with redis.Redis.from_url(settings.CELERY_BROKER_URL) as broker:
        return [server, int(broker.info("server")["process_id"])]


def cost_of(processes: list[int], do: Callable[[], None]) -> float:
    before = cpu.seconds(processes)
    do()
    return cpu.seconds(processes) - before


def seconds_of_migrating(environment: dict[str, str]) -> float:
    """Migrate all, as each start of a new version does, while everything is of this version already."""
    command = [sys.executable, "manage.py", "migrate_municipalities", "--jobs", "2"]
    begun = time.monotonic()
    said = subprocess.check_output(command, cwd=embedded.ROOT, env=environment, text=True)
    assert said == "All schemas are of this version\n"
    return time.monotonic() - begun


def look_everywhere() -> None:
    """The round of every quarter of an hour, and what it finds on the first day of a house: clockwork for everybody."""
    app.send_task("work.look_everywhere")
    wait_for("work.look_everywhere", 1)


def seal_logs() -> None:
    """The round of every five minutes."""
    app.send_task("access_log.seal")
    wait_for("access_log.seal", 1)


def write_reminders() -> None:
    """The round of every hour."""
    with in_console():
        JobRun.objects.filter(name=str(Kind.REMINDERS)).delete()
        DueWork.objects.filter(kind=Kind.REMINDERS).update(at=timezone.now())
        in_use = Municipality.objects.filter(state=Municipality.State.ACTIVE).count()
    app.send_task("work.wake")
    wait_for(str(Kind.REMINDERS), in_use)


def wait_for(job: str, runs: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while ended(job) < runs:
        assert time.monotonic() < deadline, f"{job}: {ended(job)} of {runs}"
        time.sleep(0.5)


def ended(job: str) -> int:
    with in_console():
        return JobRun.objects.filter(name=job, finished_at__isnull=False, error="").count()
