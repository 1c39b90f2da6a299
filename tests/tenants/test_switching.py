"""In every order of entering, committing, failing and reconnecting, the row read belongs to the active municipality.

The same machine is let loose on the stock backend, where it must find the fault: else it could find none in ours.
"""

import os
from contextlib import suppress
from typing import Any, ClassVar

import pytest
from django.db import DatabaseError, connection
from django.test import override_settings
from django_tenants.postgresql_backend.base import DatabaseWrapper as StockWrapper
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from deploy.local import embedded
from tenants.database.base import DatabaseWrapper
from tenants.scope import in_municipality
from tests.people import person

EXAMPLES = int(os.environ.get("SUUNTA_EXAMPLES", "150"))
SCHEMAS = ("kaavi", "tuusniemi", "varkaus")
TEXTS = (  # what moves a connection, or ends its transaction, behind the back of Django
    "rollback",
    "commit",
    "end",
    "abort",
    "rollback and chain",
    "commit and chain",
    "rollback to savepoint s0",
    "begin",
    "start transaction read only",
    "reset role",
    "reset all",
    "discard all",
    "set role none",
    "set search_path = public",
    "set local search_path = tuusniemi",
    "set session authorization default",
    "select set_config('search_path', 'varkaus', false)",
    "select set_config('search_path', 'varkaus', true)",
    "do $$ begin set search_path = tuusniemi; end $$",
    "rollback; select email from accounts_user",
)


class WrongMunicipality(AssertionError):
    """A row of another municipality was read."""


class Switching(RuleBasedStateMachine):
    """One connection, led through everything that can happen to it."""

    wrapper_class: ClassVar[type[StockWrapper]] = DatabaseWrapper
    login: ClassVar[tuple[str, str]] = ("suunta_app", "app")
    rows_read: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        name, password = self.login
        values = {**connection.settings_dict, "USER": name, "PASSWORD": embedded.password(password)}
        self.wrapper = self.wrapper_class(values, alias="switching")
        self.savepoints: list[str] = []

    @rule(schema=st.sampled_from(SCHEMAS))
    def enter(self, schema: str) -> None:
        self.wrapper.set_schema(schema)

    @rule()
    def fail(self) -> None:
        self._try("select 1/0")

    @precondition(lambda self: self.wrapper.get_autocommit())
    @rule()
    def begin(self) -> None:
        with suppress(DatabaseError):  # a text has begun a transaction already
            self.wrapper.set_autocommit(False)

    @precondition(lambda self: not self.wrapper.get_autocommit())
    @rule()
    def commit(self) -> None:
        self.savepoints.clear()
        with suppress(DatabaseError):
            self.wrapper.commit()

    @precondition(lambda self: not self.wrapper.get_autocommit())
    @rule()
    def end(self) -> None:
        self.commit()
        with suppress(DatabaseError):
            self.wrapper.set_autocommit(True)

    @precondition(lambda self: not self.wrapper.get_autocommit())
    @rule()
    def roll_back(self) -> None:
        self.savepoints.clear()
        self.wrapper.rollback()

    @precondition(lambda self: not self.wrapper.get_autocommit())
    @rule()
    def set_savepoint(self) -> None:
        name = f"s{len(self.savepoints)}"
        if self._try(f"savepoint {name}"):
            self.savepoints.append(name)

    @precondition(lambda self: self.savepoints)
    @rule(depth=st.integers(0, 3))
    def roll_back_to_savepoint(self, depth: int) -> None:
        del self.savepoints[-depth or len(self.savepoints) :]
        if self.savepoints:
            with suppress(DatabaseError):  # a text has ended the transaction in which it was
                self.wrapper.savepoint_rollback(self.savepoints[-1])

    @rule(text=st.sampled_from(TEXTS))
    def say(self, text: str) -> None:
        """Run it as text, and read with the same cursor, which knows of no switch."""
        try:
            with self.wrapper.cursor() as cursor:
                cursor.execute(text)
                self._judge(cursor, "select email from accounts_user")
        except DatabaseError:
            pass

    @rule()
    def reconnect(self) -> None:
        self.savepoints.clear()
        self.wrapper.close()
        self.wrapper.connect()

    @invariant()
    def the_row_read_belongs_to_the_active_municipality(self) -> None:
        with suppress(DatabaseError), self.wrapper.cursor() as cursor:  # refused is closed, not open
            self._judge(cursor, "select email from accounts_user")
        with suppress(DatabaseError), self.wrapper.chunked_cursor() as cursor:
            self._judge(cursor, "select email from accounts_user")

    def teardown(self) -> None:
        self.wrapper.close()

    def _judge(self, cursor: Any, query: str) -> None:
        """Read with this cursor as a request would."""
        if self.wrapper.schema_name == "public":
            return
        cursor.execute(query)
        rows = list(cursor.fetchall())
        if rows != [(f"resident@{self.wrapper.schema_name}.example",)]:
            raise WrongMunicipality(f"in {self.wrapper.schema_name} one read {rows}")
        type(self).rows_read += 1

    def _try(self, statement: str) -> bool:
        try:
            with self.wrapper.cursor() as cursor:
                cursor.execute(statement)
        except DatabaseError:
            return False
        return True


class StockSwitching(Switching):
    """The canary: django-tenants as it comes, with a login that may read every schema."""

    wrapper_class = StockWrapper
    login = ("postgres", "superuser")


@pytest.fixture
def residents(own_database: dict[str, str]) -> None:
    for schema in SCHEMAS:
        with in_municipality(schema):
            person("Resident")


def search(machine: type[Switching], examples: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_switching_is_right_in_every_order_of_events(residents):
    search(Switching, EXAMPLES)

    assert Switching.rows_read > EXAMPLES  # refusing everything would be right, too, and prove nothing


@override_settings(TENANT_LIMIT_SET_CALLS=True)
def test_the_same_search_finds_the_fault_of_the_stock_backend(residents):
    with pytest.raises(WrongMunicipality):
        search(StockSwitching, 300)
