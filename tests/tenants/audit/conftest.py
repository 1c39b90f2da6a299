"""A log in a database of its own, in which a superuser may do what they like; each test finds it as it was written."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import psycopg
import pytest
from pytest_django.plugin import DjangoDbBlocker

from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.audit import access_log, letters, sealing
from tenants.audit.access_log import Subject
from tenants.database.current import connection
from tenants.scope import in_municipality
from tests import databases
from tests.clock import NOON
from tests.people import person

DATABASE = "suunta_test_log"
TABLES = ("audit_accessentry", "audit_seal", "mail_outgoingemail")

type Attack = Callable[[psycopg.Connection], object]


class Log(NamedTuple):
    """Kaavi's log of twelve entries: sealed at 4, mailed at 8, sealed at 10; two are younger."""

    aino: User
    lines: list[str]

    def look(self, number: int, *, reason: str = "") -> None:
        """Append an entry."""
        access_log.record(
            by=self.aino, action="case.seen", subjects=[Subject("case", f"2026-{number:04}")], reason=reason
        )


@pytest.fixture(scope="module")
def log_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Log]:
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), databases.copied_database(DATABASE):
        with in_municipality("kaavi"):
            person("Tiina", Role.PRIVACY_OFFICER)
            log = Log(person("Aino", Role.COORDINATOR), [])
            _write(log)
        with as_superuser() as superuser:
            for table in TABLES:
                superuser.execute(f"create table kept_{table} as table {table}")
        databases.point_to(before)
        yield log


@pytest.fixture
def log(log_once: Log, django_db_blocker: DjangoDbBlocker) -> Iterator[Log]:
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        databases.point_to(DATABASE)
        try:
            with in_municipality("kaavi"):
                yield log_once
        finally:
            _restore()
            databases.point_to(before)


@pytest.fixture
def attack(log: Log) -> Callable[[Attack], None]:
    """Do something to the tables of Kaavi as the superuser."""

    def done(what: Attack) -> None:
        with as_superuser() as superuser:
            what(superuser)

    return done


@contextmanager
def as_superuser() -> Iterator[psycopg.Connection]:
    """Open a connection that stands in Kaavi's schema."""
    with databases.as_superuser(DATABASE) as superuser:
        superuser.execute("set search_path = kaavi")
        yield superuser


def _restore() -> None:
    with as_superuser() as superuser:
        for table in TABLES:
            superuser.execute(f"delete from {table}")
            superuser.execute(f"insert into {table} overriding system value table kept_{table}")


def _write(log: Log) -> None:
    keeper = _Keeper(log.lines)
    logger = logging.getLogger(sealing.__name__)
    logger.addHandler(keeper)
    try:
        for number in range(1, 13):
            log.look(number, reason="Aino is ill today." if number in {2, 6} else "")
            if number in {4, 10}:
                sealing.seal_head()
            if number == 8:
                letters.tell_officers(on=NOON.date(), at=NOON)
    finally:
        logger.removeHandler(keeper)


class _Keeper(logging.Handler):
    """Keeps the lines of the process log."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(record.getMessage())
