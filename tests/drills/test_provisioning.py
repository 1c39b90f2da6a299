"""Whoever adds a municipality is killed at any moment: it is there whole or not at all, and can be asked for again."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models.functions import Now

from deploy.local.embedded import ROOT
from tenants import provisioning
from tenants.models import Municipality
from tenants.scope import in_console
from tests import databases

KILLS = int(os.environ.get("SUUNTA_DRILL_KILLS", "15"))
SCHEMAS = [f"drill{number}" for number in range(KILLS)]
LEFT_ALONE = "left_alone"  # the one that is not killed, to know how long it takes

State = Municipality.State


def test_provisioning(own_database, real_clock, tell):
    random.seed(1)
    longest = seconds_it_takes(own_database)
    killed = sum(add_and_kill(schema, number, longest, own_database) for number, schema in enumerate(SCHEMAS))
    interrupted, whole, halves = found()

    again = [outcome for outcome in map(again_or_withdrawn, interrupted) if outcome]
    tell(
        commands=KILLS,
        longest=round(longest, 2),
        killed=killed,
        interrupted=len(interrupted),
        whole=len(whole),
        halves=len(halves),
    )
    assert halves == []
    assert len(again) == len(interrupted)
    assert killed > KILLS / 2


def seconds_it_takes(environment: dict[str, str]) -> float:
    """Let one command come to its end; answer how long that took once it had begun."""
    with adding(LEFT_ALONE, KILLS, environment) as process:
        begun = time.monotonic()
        assert process.wait() == 0
        return time.monotonic() - begun


def add_and_kill(schema: str, number: int, longest: float, environment: dict[str, str]) -> bool:
    """Let the command begin and kill it at any moment until its end; tell whether it was killed."""
    with adding(schema, number, environment) as process:
        time.sleep(random.random() * longest)
        process.kill()
        return process.wait() != 0


@contextmanager
def adding(schema: str, number: int, environment: dict[str, str]) -> "Iterator[subprocess.Popen[bytes]]":
    """A command that adds a municipality and has begun with its schema."""
    known = {"name": schema.title(), "business-id": databases.business_id(number), "domain": f"{schema}.localhost"}
    words = [f"--{name}={value}" for name, value in {**known, "admin-email": "a@drill.example"}.items()]
    command = [sys.executable, "manage.py", "add_municipality", schema, *words]
    at_once = {**environment, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=ROOT, env=at_once, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == "schema …\n".encode()
        yield process


def found() -> tuple[list[Municipality], list[Municipality], list[str]]:
    """Answer who was interrupted, who is in use and whole, and which schemas stand without a municipality in use."""
    with in_console():
        rows = list(Municipality.objects.filter(schema_name__in=SCHEMAS))
    with databases.as_superuser("suunta_test_own") as superuser:
        schemas = {name for (name,) in superuser.execute("select nspname from pg_namespace")}
    in_use = [row for row in rows if row.state == State.ACTIVE]
    halves = {*SCHEMAS} & schemas ^ {row.schema_name for row in in_use}
    return [row for row in rows if row.state == State.BEING_MADE], in_use, sorted(halves)


def again_or_withdrawn(municipality: Municipality) -> bool:
    """When the lease is over, make every second one and withdraw the others."""
    with in_console():
        Municipality.objects.filter(pk=municipality.pk).update(lease_until=Now())
        if municipality.pk % 2:
            provisioning.withdraw(municipality)
            return not Municipality.objects.filter(pk=municipality.pk).exists()
        provisioning.request_again(municipality)
    with databases.as_migrator():
        provisioning.provision(municipality, at=municipality.created_at)
    return municipality.is_active
