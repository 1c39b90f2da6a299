"""The second wall: raw SQL for a neighbour's row is refused by the database, whatever happened before."""

import re
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError, transaction

from tenants.accounts.models import User
from tenants.database.current import connection
from tenants.scope import in_console, in_municipality
from tests import databases
from tests.people import person

NEIGHBOURS_ROWS = "select email from tuusniemi.accounts_user"


def select(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def assert_refused(query: str = NEIGHBOURS_ROWS) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        select(query)


@pytest.mark.parametrize(
    "query",
    [
        NEIGHBOURS_ROWS,
        "select * from tuusniemi.audit_accessentry",
        "select * from tuusniemi.django_session",
        "select * from tuusniemi.keys_datakey",
        "insert into tuusniemi.accounts_user select * from accounts_user",
        "update tuusniemi.accounts_user set is_active = false",
        "delete from tuusniemi.accounts_user",
        "truncate tuusniemi.accounts_user",
        "select * from public.accounts_user",
        "select * from public.mail_outgoingemail",
        "select * from public.django_session",
        "select * from public.tenants_duework",
        "delete from public.tenants_duework",
        "select * from template_municipality.accounts_user",
        "create table tuusniemi.mine (id int)",
        "create table kaavi.mine (id int)",
        "create schema mine",
        "create temporary table mine (id int)",
        "copy tuusniemi.accounts_user to stdout",
        "select tuusniemi.append_access(null, '', '', '', '[]', null, '', '', '', '')",
        "set role suunta_owner",
        "drop table accounts_user",
    ],
)
def test_a_municipality_reaches_nothing_outside_its_walls(kaavi, cecilia, query):
    assert_refused(query)


def test_the_console_has_no_right_in_any_municipality(console, cecilia):
    for table in ("tuusniemi.accounts_user", "kaavi.accounts_user", "template_municipality.keys_datakey"):
        assert_refused(f"select * from {table}")


def test_refused_after_an_error(kaavi, cecilia):
    with pytest.raises(DatabaseError), transaction.atomic():
        select("select 1/0")

    assert_refused()


def test_refused_after_a_swallowed_error_inside_a_transaction(kaavi, cecilia):
    with transaction.atomic():
        try:
            with transaction.atomic():
                select("select no_such_column")
        except ProgrammingError:
            pass
        assert_refused()


def test_refused_inside_and_after_a_savepoint(kaavi, cecilia):
    with transaction.atomic():
        savepoint = transaction.savepoint_create()
        with in_municipality("tuusniemi"):
            assert User.objects.get() == cecilia
        transaction.savepoint_rollback(savepoint)
        assert_refused()
        assert not User.objects.exists()


def test_refused_on_a_reused_connection(own_database):
    with in_municipality("tuusniemi"):
        person("Cecilia")
    session = connection.connection.info.backend_pid

    with in_municipality("kaavi"):
        assert connection.connection.info.backend_pid == session
        assert_refused()
        assert not User.objects.exists()


def test_commit_of_an_aborted_transaction_does_not_bring_the_neighbour_back(own_database):
    """The stock backend's worst fault: this COMMIT undoes the SET, and its cache says it still holds."""
    with in_municipality("tuusniemi"):
        person("Cecilia")
        connection.set_autocommit(False)
        connection.commit()
        with in_municipality("kaavi"):
            with pytest.raises(DatabaseError):
                select("select 1/0")
            connection.commit()  # the server rolls back, and the role with it
            assert not User.objects.exists()
            assert select("select current_user") == [("t_kaavi",)]
        connection.commit()
        connection.set_autocommit(True)


def test_a_missing_table_does_not_read_the_public_one(own_database):
    with databases.as_superuser("suunta_test_own") as superuser:
        superuser.execute("drop table kaavi.mail_outgoingemail cascade")

    with in_municipality("kaavi"):
        assert_refused("select * from mail_outgoingemail")


def test_the_applications_login_alone_reads_nothing(own_database):
    address = own_database["DATABASE_URL"]
    with psycopg.connect(address, autocommit=True) as bare:
        for table in ("kaavi.accounts_user", "public.tenants_municipality", "public.accounts_user"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                bare.execute(f"select * from {table}")


def test_one_text_holds_one_statement(kaavi, cecilia):
    """The first could end the transaction and the switch with it; the second would be run where one was before."""
    for text in ("select 1; select 2", "rollback; select email from accounts_user", "select ';'; commit"):
        with pytest.raises(ProgrammingError, match="One statement at a time"), transaction.atomic():
            select(text)
    assert select("select 1;") == [(1,)]


def test_a_text_that_ends_the_transaction_takes_nobody_to_the_neighbour(own_database):
    with in_municipality("tuusniemi"):
        person("Cecilia")
        connection.set_autocommit(False)
        select("select 1")
        connection.commit()
        with in_municipality("kaavi"), connection.cursor() as cursor:
            cursor.execute("rollback")
            cursor.execute("select email from accounts_user")
            assert cursor.fetchall() == []
        connection.commit()
        connection.set_autocommit(True)


def test_an_error_in_the_switch_is_an_error_of_django(own_database):
    connection.set_schema("nowhere")
    try:
        with pytest.raises(DatabaseError, match="t_nowhere"):
            select("select 1")
    finally:
        connection.leave()


@pytest.mark.parametrize("lose", ["close", "terminate"])
def test_a_connection_that_was_lost_under_a_cursor_is_an_error_of_django(own_database, lose):
    with in_municipality("kaavi"):
        with connection.cursor() as cursor:
            cursor.execute("select 1")
            if lose == "close":
                connection.connection.close()
            else:
                with databases.as_superuser("suunta_test_own") as superuser:
                    superuser.execute("select pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
            with pytest.raises((OperationalError, InterfaceError)):
                cursor.execute("select email from accounts_user")
        connection.close()


def test_a_query_before_anybody_entered_is_refused(kaavi):
    connection.leave()
    try:
        with pytest.raises(ImproperlyConfigured, match="No municipality"):
            User.objects.exists()
    finally:
        connection.set_tenant(kaavi)


def test_a_new_thread_reads_no_municipality(own_database):
    """A thread has a connection of its own, which stands on the public side."""
    with in_municipality("kaavi"):
        person("Aino")
        seen: list[object] = []

        def look() -> None:
            try:
                seen.append(select("select email from kaavi.accounts_user"))
            except ProgrammingError as error:
                seen.append(str(error))
            finally:
                connection.close()

        thread = Thread(target=look)
        thread.start()
        thread.join()

    assert "permission denied" in str(seen[0])


def test_nested_scopes_come_back_to_the_right_place_after_an_error(kaavi, cecilia):
    with pytest.raises(ZeroDivisionError), in_municipality("tuusniemi"), in_console():
        raise ZeroDivisionError

    assert select("select current_user, current_schema()") == [("t_kaavi", "kaavi")]


def test_the_connection_behind_djangos_is_touched_by_the_backend_only():
    """Its cursors ask nobody where they are."""
    floors = ("tenants", "casework", "billing", "tasks", "deploy")
    sources = [path for floor in floors for path in Path(floor).rglob("*.py")]
    found = {str(path) for path in sources if re.search(r"connection\.connection\b|\.pgconn\b", path.read_text())}

    assert found == {"tenants/database/base.py"}
