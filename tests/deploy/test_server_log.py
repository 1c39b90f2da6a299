"""PostgreSQL's own log: an error tells the application what it stumbled over, and the log nothing of it."""

from contextlib import suppress

import psycopg
import pytest
from django.core.checks import run_checks
from psycopg import sql

from deploy.local import embedded
from deploy.local.servers import QUIET_LOG
from tenants.database.current import connection
from tests.databases import as_superuser

CANARY = "Kanarialintu"
OWN = "suunta_test_own"
FAILING = {
    "a row that is there already": ["insert into bird values (%(canary)s)", "insert into bird values (%(canary)s)"],
    "a value of another kind": ["select %(canary)s::text::integer"],
    "a day that is none": ["select %(canary)s::text::date"],
    "a text that is too long": ["insert into nest values (%(canary)s)"],
    "a rule that is broken": ["insert into cage values (%(canary)s)"],
    "an error inside of a function": ["select * from bird where name = %(canary)s and 1 / (length(name) - 12) = 0"],
    "a statement that is none": ["selekt %(canary)s"],
    "an error that says it": [f"do $$ begin raise exception 'no {CANARY}' using detail = '{CANARY}'; end $$"],
    "a warning that says it": [f"do $$ begin raise warning 'no {CANARY}'; end $$"],
}


def server_log():
    return (embedded.state_folder() / "log" / "postgres.log").read_text(errors="replace")


@pytest.fixture
def birds(own_database):
    with as_superuser(OWN) as superuser:
        superuser.execute("create schema birds; grant usage on schema birds to suunta_app")
        superuser.execute("create table birds.bird (name text primary key)")
        superuser.execute("create table birds.nest (name varchar(3))")
        superuser.execute("create table birds.cage (name text check (length(name) < 3))")
        superuser.execute("grant all on all tables in schema birds to suunta_app")
    return own_database["DATABASE_URL"]


@pytest.mark.parametrize("binds_on_the_server", [True, False])
def test_no_error_writes_a_value_into_the_servers_log(birds, binds_on_the_server):
    kind = psycopg.Cursor if binds_on_the_server else psycopg.ClientCursor
    before, quoted = len(server_log()), 0
    for statements in FAILING.values():
        with psycopg.connect(birds, cursor_factory=kind, options="-c search_path=birds") as connected:
            try:
                for statement in statements:
                    connected.execute(statement, {"canary": CANARY})
            except psycopg.Error as error:
                quoted += CANARY in f"{error} {error.diag.message_detail}"
    with suppress(psycopg.OperationalError):
        psycopg.connect(birds.replace(embedded.password("app"), "guess"))

    assert quoted >= 5
    assert "password authentication failed" in server_log()[before:]
    assert CANARY not in server_log()[before:]


def test_the_server_says_of_itself_that_it_is_quiet(db):
    assert run_checks(tags=["database"], databases=["default"]) == []
    with connection.cursor() as cursor:
        for name, wanted in QUIET_LOG.items():
            cursor.execute(sql.SQL("show {}").format(sql.Identifier(name)))
            assert cursor.fetchone() == (wanted,), name


@pytest.mark.parametrize(
    ("name", "value"),
    [("log_min_messages", "warning"), ("log_min_error_statement", "error"), ("log_error_verbosity", "default"),
     ("log_statement", "all"), ("log_min_duration_statement", "250"), ("log_parameter_max_length_on_error", "-1")],
)  # fmt: skip
def test_a_server_that_would_write_values_is_an_error_of_the_check(own_database, name, value):
    connection.close()
    with as_superuser() as superuser:
        superuser.execute(
            sql.SQL("alter database {} set {} = {}").format(
                sql.Identifier(OWN), sql.Identifier(name), sql.Literal(value)
            )
        )

    found = run_checks(tags=["database"], databases=["default"])

    assert [(error.id, f"{name} is {value}, must be {QUIET_LOG[name]}." in error.msg) for error in found] == [
        ("suunta.E030", True)
    ]
