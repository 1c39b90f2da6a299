"""Bringing schemas to this version: the public one, the template, and each municipality. Needs the migrator's login.

Decision 0027: one at a time over all, schemas of this version skipped by one query, the others in several processes.
A schema is closed to people and tasks from the first of its migrations until the transaction that ends the last.
"""

import ctypes
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import OperationalError, transaction
from django.db.migrations.recorder import MigrationRecorder
from psycopg.errors import LockNotAvailable

from tenants import keys, roles, schema_versions
from tenants.database.current import connection
from tenants.database.names import PUBLIC, TEMPLATE
from tenants.rounds import Round

TO_DIE_WITH_THE_PARENT = 1  # PR_SET_PDEATHSIG of Linux

# How long a migration waits for a table that somebody uses, milliseconds. Well below PostgreSQL's deadlock_timeout of a
# second: it is the migration that gives way, and not the page.
PATIENCE = 200
TRIES = 20
PAUSE = 1.0  # seconds between two tries: the municipality is closed, so what is in the way ends soon

ONE_AT_A_TIME = "suunta: migrating"


class MigratedElsewhere(Exception):
    """Somebody brings this database to a version already."""

    def __str__(self) -> str:
        return "Somebody migrates this database already: wait until that has ended."


def migrate_all(*, jobs: int = 1) -> Iterator[str]:
    """Bring every schema that is not of this version to it, yielding the name of each when it is done.

    Raises:
        MigratedElsewhere: somebody does it already; nothing was done.
        SomeFailed: at the end, when some schemas could not be brought to it; the others were.
    """
    connection.set_schema_to_public()
    with _alone():
        if not schema_versions.is_served(schema_versions.of(PUBLIC)):
            yield migrate_public()  # all others stand on it
        everyone, behind = Round(), schema_versions.behind()
        if TEMPLATE in behind:
            with everyone.turn(TEMPLATE):
                yield migrate_template()
            behind = schema_versions.behind()  # with those that were copied from the old one meanwhile
        for schema, end in _begun([schema for schema in behind if schema != TEMPLATE], jobs):
            with everyone.turn(schema):
                yield end()
        everyone.end()


def migrate_public() -> str:
    """Bring the public schema and the console's grants and keys to this version."""
    with _held(PUBLIC), _giving_way():
        _again_and_again(partial(_migrate, PUBLIC))
        _again_and_again(partial(_finish, PUBLIC, _grant_public))
    return PUBLIC


def migrate_template() -> str:
    """Bring the schema that municipalities are copied from to this version; nobody has rights on it."""
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA IF NOT EXISTS "{TEMPLATE}"')
    return _bring(TEMPLATE, grant=lambda: None)


def migrate_schema(schema: str) -> str:
    """Bring one municipality's schema and grants to this version; a second try goes on where the first ended."""
    return _bring(schema, grant=partial(_grant, schema))


def _bring(schema: str, *, grant: Callable[[], None]) -> str:
    if not connection.is_usable():  # the one before lost it
        connection.close()
    with _held(schema), _giving_way():
        schema_versions.write_down(schema, schema_versions.UNDER_WAY)
        _again_and_again(partial(_migrate, schema))
        _again_and_again(partial(_finish, schema, grant))
    return schema


@transaction.atomic
def _finish(schema: str, grant: Callable[[], None]) -> None:
    grant()
    schema_versions.write_down(schema, schema_versions.expected())


def _grant_public() -> None:
    with connection.cursor() as cursor:
        roles.grant_public(cursor)
    keys.create()


def _grant(schema: str) -> None:
    with connection.cursor() as cursor:
        roles.grant_schema(cursor, schema)


def _migrate(schema: str) -> None:
    try:
        connection.set_schema(schema, include_public=False)
        MigrationRecorder(connection).ensure_schema()  # else the public record would be read as this schema's own
        connection.set_schema(schema)
        call_command(DjangoMigrate(), verbosity=0, interactive=False)
    finally:
        connection.set_schema_to_public()


# --- who waits for whom -------------------------------------------------------------------------------------------


@contextmanager
def _alone() -> Iterator[None]:
    """Be the only one who migrates this database."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(hashtext(%s))", [ONE_AT_A_TIME])
        [is_ours] = cursor.fetchone()
    if not is_ours:
        raise MigratedElsewhere
    try:
        yield
    finally:
        _unlock(ONE_AT_A_TIME)


@contextmanager
def _held(schema: str) -> Iterator[None]:
    """Wait until nobody else changes or copies the schema: the database may still end the work of a killed one."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(hashtext(%s))", [schema_versions.lock_of(schema)])
    try:
        yield
    finally:
        _unlock(schema_versions.lock_of(schema))


def _unlock(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_unlock(hashtext(%s))", [name])


@contextmanager
def _giving_way() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {PATIENCE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")


def _again_and_again(step: Callable[[], None]) -> None:
    """Take a step that gives way to whoever uses a table; what it had done before is done."""
    for _try in range(TRIES - 1):
        try:
            return step()
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            time.sleep(PAUSE)
    return step()


# --- several at once ----------------------------------------------------------------------------------------------


def _begun(schemas: Sequence[str], jobs: int) -> Iterator[tuple[str, Callable[[], str]]]:
    """Begin with municipalities, here or in several processes; yield each with what waits for its end."""
    if jobs == 1:
        yield from ((schema, partial(migrate_schema, schema)) for schema in schemas)
        return
    processes = ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), _begin_process, (os.getpid(),))
    try:
        yield from [(schema, processes.submit(migrate_schema, schema).result) for schema in schemas]
    finally:
        processes.shutdown(cancel_futures=True)


def _begin_process(parent: int) -> None:
    """Have a connection of one's own (the parent's is left to it, open) and end when the parent is killed."""
    ctypes.CDLL(None).prctl(TO_DIE_WITH_THE_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # killed before that
        os._exit(1)
    connection.leave_to_parent()
    connection.set_schema_to_public()
