"""The application starts with no login that could see more than it should, however that came about."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from deploy.local import embedded
from tenants.database.current import connection
from tests import databases

DATABASE = "suunta_test_own"
MADE = (
    "create role tried login noinherit password 'tried'",
    f"grant connect on database {DATABASE} to tried",
    "grant app_public, t_kaavi to tried with inherit false, set true",
)
UNDONE = (
    "revoke t_tuusniemi from t_kaavi",
    "alter role t_kaavi nobypassrls nocreaterole",
    "drop owned by tried cascade",
    "drop role tried",
)


@pytest.fixture
def superuser(own_database: dict[str, str]) -> Iterator[psycopg.Connection]:
    """The cluster's superuser, and a login `tried` that is as the application's should be."""
    with databases.as_superuser(DATABASE) as superuser:
        for statement in MADE:
            superuser.execute(statement)
        yield superuser
        connection.close()
        for statement in UNDONE:
            superuser.execute(statement)


@pytest.fixture
def start() -> Iterator[Callable[..., None]]:
    """Connect as somebody: `start("tried")`."""
    before = dict(connection.settings_dict)

    def start(user: str, password: str) -> None:
        connection.close()
        connection.settings_dict.update(USER=user, PASSWORD=password)
        connection.ensure_connection()

    yield start
    connection.close()
    connection.settings_dict.update(USER=before["USER"], PASSWORD=before["PASSWORD"])


def test_the_login_as_it_should_be_is_let_in(superuser, start):
    start("tried", "tried")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("alter role tried superuser", "tried is SUPERUSER"),
        ("alter role tried bypassrls", "tried is BYPASSRLS"),
        ("alter role tried inherit", "tried is INHERIT"),
        ("alter role tried createrole", "tried is CREATEROLE"),
        ("alter role tried createdb", "tried is CREATEDB"),
        ("alter role tried replication", "tried is REPLICATION"),
        ("grant t_kaavi to tried with inherit true", "it inherits the rights of t_kaavi"),
        ("grant t_kaavi to tried with admin true", "it may hand out t_kaavi"),
        ("grant suunta_owner to tried with inherit false", "it is a member of suunta_owner"),
        ("grant audit_owner to tried with inherit false", "it is a member of audit_owner"),
        ("grant backup to tried with inherit false", "it is a member of backup"),
        ("grant pg_read_all_data to tried with inherit false", "it is a member of pg_read_all_data"),
        ("grant pg_write_all_data to tried with inherit false, set false", "it is a member of pg_write_all_data"),
        ("grant pg_execute_server_program to tried", "it is a member of pg_execute_server_program"),
        ("grant t_tuusniemi to t_kaavi with inherit true", "t_kaavi is a member of t_tuusniemi"),
        ("alter role t_kaavi bypassrls", "t_kaavi is BYPASSRLS"),
        ("alter role t_kaavi createrole", "t_kaavi is CREATEROLE"),
        ("alter table kaavi.accounts_user owner to tried", "tried owns something"),
        ("alter table kaavi.accounts_user owner to t_kaavi", "t_kaavi owns something"),
        ("grant select on kaavi.accounts_user to tried", "tried has a right of its own"),
        ("grant usage on schema kaavi to tried", "tried has a right of its own"),
    ],
)
def test_a_login_with_more_power_is_refused_and_told_why(superuser, start, statement, said):
    superuser.execute(statement)

    with pytest.raises(ImproperlyConfigured, match=f"too strong: .*{said}"):
        start("tried", "tried")


@pytest.mark.parametrize(("login", "user"), [("superuser", "postgres"), ("migrator", "suunta_migrator")])
def test_web_and_workers_do_not_start_with_another_login(own_database, start, login, user):
    with pytest.raises(ImproperlyConfigured, match="too strong"):
        start(user, embedded.password(login))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("grant suunta_owner to tried with inherit true", "it inherits the rights of suunta_owner"),
        ("grant pg_read_all_data to tried with inherit false", "it is a member of pg_read_all_data"),
        ("alter role tried superuser", "tried is SUPERUSER"),
        ("alter role tried createrole", "tried is CREATEROLE"),
        ("alter table kaavi.accounts_user owner to tried", "tried owns something"),
    ],
)
def test_the_migrator_may_become_the_owner_and_nothing_else(superuser, start, statement, said):
    superuser.execute("revoke app_public, t_kaavi from tried")
    superuser.execute("grant suunta_owner to tried with inherit false, set true")
    with override_settings(LOGIN="migrator"):
        start("tried", "tried")
        superuser.execute(statement)

        with pytest.raises(ImproperlyConfigured, match=f"too strong: .*{said}"):
            start("tried", "tried")
