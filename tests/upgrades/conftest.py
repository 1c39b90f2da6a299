"""A database that an earlier version left, brought to this version once; each test gets a copy of its own."""

import lzma
import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import connection
from django.test import override_settings
from psycopg import sql
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from deploy.local import embedded, servers
from tenants import roles
from tenants.database.names import PUBLIC, TEMPLATE
from tenants.keys import ring
from tenants.mail.conversation import Conversation
from tenants.migrating import migrate_all
from tests import databases
from tests.mail_server import point_to

HERE = Path(__file__).parent
DUMPS = {date(2026, 11, 30): 27}  # the day of each, and how many tables hold something sealed in it
KEYS = "test-key-of-invented-data.json"
UPGRADED, COPY = "suunta_test_upgraded", "suunta_test_upgraded_copy"

SCHEMAS = "select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1"
# Ciphertexts of a municipality: all binary columns but wrapped keys and the keyed hash that finds an identity code.
SEALED = """
    select table_schema, table_name, column_name from information_schema.columns
    where data_type = 'bytea' and table_schema = any(%s)
        and table_name <> 'keys_datakey' and column_name <> 'identity_index'
    order by 1, 2, 3
"""
CLOCKS = """
    select 'application', id, state, waiting_since, decided_on, expected_by from {applications}
    union all select 'decision', id, result, decided_on, last_day, notice_on from {decisions}
    union all select 'appeal', id, state, result_on, last_day, notice_on from {appeals}
    order by 1, 2
"""


class Place(NamedTuple):
    """A column of a municipality that holds sealed values, as the dump has it."""

    schema: str
    table: str
    column: str


class Upgraded(NamedTuple):
    """A dump after its upgrade: its day, its municipalities, and where sealed values lay in it."""

    on: date
    schemas: list[str]
    sealed: list[Place]
    done: list[str]
    clocks: dict[str, list[Any]]

    @property
    def sealed_tables(self) -> int:
        """How many tables are known to hold something sealed."""
        return DUMPS[self.on]

    @property
    def files(self) -> Path:
        return HERE / str(self.on) / "files"

    @property
    def at(self) -> datetime:
        return datetime.combine(self.on, time(10), tzinfo=UTC)


@pytest.fixture(scope="module", params=DUMPS, ids=str)
def upgraded_once(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Upgraded]:
    folder = HERE / str(request.param)
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), override_settings(MASTER_KEYS_FILE=folder / KEYS):
        schemas, sealed = _restore(folder / "dump.sql.xz")
        clocks = {schema: clocks_of(UPGRADED, schema) for schema in schemas}
        try:
            databases.point_to(UPGRADED)
            ring.forget_all()  # those of other tests: a migration seals with those of the dump
            with databases.as_migrator():
                done = list(migrate_all())
            connection.close()
            yield Upgraded(request.param, schemas, sealed, done, clocks)
        finally:
            databases.point_to(before)
            databases.drop_database(UPGRADED)


@pytest.fixture
def upgraded(
    upgraded_once: Upgraded,
    django_db_blocker: DjangoDbBlocker,
    settings: Settings,
    time_is: Callable[[datetime], None],
) -> Iterator[Upgraded]:
    """The upgraded database at noon of the dump's day; commits are real."""
    settings.MASTER_KEYS_FILE, settings.FILES = HERE / str(upgraded_once.on) / KEYS, upgraded_once.files
    time_is(upgraded_once.at)
    with django_db_blocker.unblock(), databases.copied_database(COPY, of=UPGRADED):
        yield upgraded_once


@pytest.fixture
def sent(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the mails that a server took, which is not there."""
    taken: list[str] = []
    point_to(settings, embedded.free_port())
    monkeypatch.setattr(Conversation, "open", lambda self: None)
    monkeypatch.setattr(Conversation, "send", lambda self, mail: taken.append(mail.key))
    return taken


def clocks_of(database: str, schema: str) -> list[Any]:
    """What a municipality waits for and by when it may appeal, and what was decided, past every model."""
    with databases.as_superuser(database) as superuser:
        of = {f"{noun}s": sql.Identifier(schema, f"casework_{noun}") for noun in ("application", "decision", "appeal")}
        return superuser.execute(sql.SQL(CLOCKS).format(**of)).fetchall()


def _restore(dump: Path) -> tuple[list[str], list[Place]]:
    """Make the database of a dump; answer its municipalities and the columns in which something lies sealed."""
    databases.drop_database(UPGRADED)
    databases.create_database(UPGRADED)
    text = lzma.decompress(dump.read_bytes())
    with databases.as_superuser(UPGRADED) as superuser, superuser.cursor() as cursor:
        for schema in _named_in(text):
            roles.make_role(cursor, schema)
    address = embedded.database_url("superuser").rpartition("/")[0] + f"/{UPGRADED}"
    command = [servers.postgres_binary("psql"), "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", address]
    done = subprocess.run(command, input=text, capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"})
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    with databases.as_superuser(UPGRADED) as superuser:
        schemas = [name for (name,) in superuser.execute(SCHEMAS) if name not in {PUBLIC, TEMPLATE}]
        columns = [Place(*row) for row in superuser.execute(SEALED, [schemas])]
        return schemas, [place for place in columns if superuser.execute(_is_filled(place)).fetchone()]


def _named_in(dump: bytes) -> list[str]:
    """Name the municipalities' schemas, whose roles have to be there before their grants."""
    words = [line.split()[2].rstrip(b";").decode() for line in dump.splitlines() if line.startswith(b"CREATE SCHEMA ")]
    return [word for word in words if word != TEMPLATE]


def _is_filled(place: Place) -> sql.Composed:
    statement = sql.SQL("select 1 from {} where length({}) > 0 limit 1")
    return statement.format(sql.Identifier(place.schema, place.table), sql.Identifier(place.column))
