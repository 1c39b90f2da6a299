"""Being of the version after this one, migrating to it, and looking at what that left."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

import psycopg
from django.test import override_settings

from deploy.local.embedded import ROOT
from tenants import schema_versions
from tenants.hosts import forget_hosts
from tests.newer import ADDED, MODULES, SETTINGS

COMMAND = [sys.executable, "manage.py", "migrate_municipalities"]
STEPS = "select count(*) from {}.django_migrations where app = 'casework' and name = any(%s)"


@contextmanager
def newer() -> Iterator[None]:
    """Let this process be of the next version."""
    try:
        with override_settings(MIGRATION_MODULES=MODULES):
            _forget()
            yield
    finally:
        _forget()


def _forget() -> None:
    schema_versions.migrations.cache_clear()
    schema_versions.expected.cache_clear()
    forget_hosts()


def environment(database: Mapping[str, str]) -> dict[str, str]:
    """The environment of a process of the next version, on a database (`own_database`)."""
    return {**database, "DJANGO_SETTINGS_MODULE": SETTINGS, "PYTHONUNBUFFERED": "1"}


def migrate(database: Mapping[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    """Bring a database to the next version."""
    command = [*COMMAND, *words]
    return subprocess.run(command, cwd=ROOT, env=environment(database), capture_output=True, text=True, check=False)


def begin(database: Mapping[str, str], *words: str, **variables: str) -> "subprocess.Popen[bytes]":
    """Begin with it in a session of its own, so that all its processes can be killed at once."""
    whole = {**environment(database), **variables}
    return subprocess.Popen([*COMMAND, *words], cwd=ROOT, env=whole, start_new_session=True)


def kill(migrating: "subprocess.Popen[bytes]") -> None:
    """Kill a run and all its processes, the way a power cut does."""
    with suppress(ProcessLookupError):
        os.killpg(migrating.pid, signal.SIGKILL)
    migrating.wait()


def steps_done(superuser: psycopg.Connection, schema: str) -> int:
    """Answer how many of its migrations a schema has."""
    [(count,)] = superuser.execute(STEPS.format(schema), [list(ADDED)]).fetchall()
    return int(count)
