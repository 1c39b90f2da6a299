"""A municipality is made whole from the template, or not at all."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.functions import Now
from django.utils import translation

from tenants import keys, provisioning
from tenants.accounts.models import Invitation, User
from tenants.audit import checking
from tenants.audit.access_log import Subject, record
from tenants.audit.models import AccessEntry
from tenants.database.current import connection
from tenants.database.names import TEMPLATE
from tenants.mail.models import OutgoingEmail
from tenants.models import Domain, Municipality
from tenants.scope import in_console, in_municipality
from tests import databases
from tests.conftest import NOON
from tests.people import person

JUUKA = {
    "name": "Juuka",
    "business_id": "0172718-0",
    "domain": "juuka.localhost",
    "admin_email": "jaana@juuka.example",
}


@pytest.fixture
def migrator(own_database: dict[str, str]) -> Iterator[None]:
    with databases.as_migrator():
        yield


def add_juuka(**changes: str) -> str:
    out = io.StringIO()
    options = {**JUUKA, **changes}
    call_command("add_municipality", options.pop("schema_name", "juuka"), **options, stdout=out)
    return out.getvalue()


# PostgreSQL prints a definition that was read back with the same casts written out elsewhere
CASTS = re.compile(r"::character varying|::text(\[\])?|[()]")


def structure(schema: str) -> list[tuple[Any, ...]]:
    """Everything the catalogue knows of a schema, without its name."""
    with databases.as_superuser("suunta_test_own") as superuser:
        superuser.execute(f'set search_path = "{schema}"')
        rows = superuser.execute(
            """
            select 'column', table_name || '.' || column_name, data_type || is_nullable || coalesce(column_default, '')
                || coalesce(identity_generation, '') || coalesce(generation_expression, '')
            from information_schema.columns where table_schema = %(schema)s
            union all select 'index', indexname, indexdef from pg_indexes where schemaname = %(schema)s
            union all select 'constraint', conname, pg_get_constraintdef(c.oid)
                from pg_constraint c join pg_namespace n on n.oid = c.connamespace where n.nspname = %(schema)s
            union all select 'function', proname, pg_get_functiondef(p.oid)
                from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = %(schema)s
            union all select 'trigger', tgname, pg_get_triggerdef(t.oid) from pg_trigger t
                join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = %(schema)s and not tgisinternal
            union all select 'owner', tablename, tableowner from pg_tables where schemaname = %(schema)s
            order by 1, 2, 3
            """,
            {"schema": schema},
        ).fetchall()
    return [tuple(CASTS.sub("", value.replace(schema, "SCHEMA")) for value in row) for row in rows]


def test_a_municipality_added_by_command_is_in_use(migrator):
    said = add_juuka()

    assert "Juuka is in use at http://juuka.localhost" in said
    with in_municipality("juuka"):
        invitation = Invitation.objects.get()
        assert (invitation.email, invitation.roles) == ("jaana@juuka.example", ["portal_admin"])
        assert OutgoingEmail.objects.get().to_email == "jaana@juuka.example"
        assert not User.objects.exists()


def test_it_has_exactly_the_structure_of_one_that_replayed_the_migrations(migrator):
    add_juuka()

    copied, migrated = structure("juuka"), structure(TEMPLATE)
    assert len(copied) > 100
    assert [row for row in copied if row[0] != "owner"] == [row for row in migrated if row[0] != "owner"]


def test_its_staff_can_work_at_once_and_the_log_holds(own_database, migrator):
    add_juuka()
    connection.close()

    with in_municipality("juuka"):
        jaana = person("Jaana")
        record(by=jaana, action="case.opened", subjects=[Subject("case", "2026-0001"), Subject("client", "x")])
        record(by=jaana, action="case.read", subjects=[Subject("case", "2026-0001")])
        assert AccessEntry.objects.count() == 3
        assert checking.check().is_whole


def test_the_next_migration_finds_its_place(migrator):
    add_juuka()
    connection.set_schema("juuka")

    MigrationRecorder(connection).record_applied("casework", "9999_the_next")

    assert ("casework", "9999_the_next") in MigrationRecorder(connection).applied_migrations()


def test_a_failed_creation_leaves_nothing_behind(migrator, monkeypatch):
    def no_keys() -> None:
        raise ProgrammingError("the key could not be written")

    monkeypatch.setattr(keys, "create", no_keys)

    with pytest.raises(CommandError, match="nothing is left behind"):
        add_juuka()

    with databases.as_superuser("suunta_test_own") as superuser:
        assert not superuser.execute("select from pg_namespace where nspname = 'juuka'").fetchone()
        assert not superuser.execute("select from pg_roles where rolname = 't_juuka'").fetchone()
    with in_console():
        assert not Municipality.objects.filter(schema_name="juuka").exists()
        assert not Domain.objects.filter(domain="juuka.localhost").exists()

    monkeypatch.undo()
    assert "in use" in add_juuka()


def test_without_the_database_it_says_when_to_ask_again(migrator, monkeypatch):
    def lost() -> None:
        with databases.as_superuser() as superuser:
            superuser.execute("select pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        User.objects.exists()

    def still_lost(municipality: Municipality) -> None:
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(keys, "create", lost)
    monkeypatch.setattr(provisioning, "withdraw", still_lost)
    with pytest.raises(CommandError, match="was not added, ask for it again in 10 minutes: ") as refused:
        add_juuka()

    assert "Traceback" not in str(refused.value)
    with databases.as_superuser("suunta_test_own") as superuser:
        assert not superuser.execute("select from pg_namespace where nspname = 'juuka'").fetchone()


def interrupted(*, lease: timedelta) -> Municipality:
    """Juuka, which somebody had begun to make whose lease ends then by the database's clock."""
    with in_console():
        juuka = provisioning.request(schema_name="juuka", **JUUKA)
        begun = Municipality.State.BEING_MADE
        Municipality.objects.filter(pk=juuka.pk).update(state=begun, lease_until=Now() + lease)
        return juuka


def test_one_that_is_interrupted_is_made_when_it_is_asked_for_again(migrator):
    interrupted(lease=timedelta(seconds=-1))

    assert "in use" in add_juuka()


def test_one_that_is_interrupted_can_be_withdrawn(migrator):
    juuka = interrupted(lease=timedelta(seconds=-1))

    with in_console():
        provisioning.withdraw(juuka)
        assert not Municipality.objects.filter(schema_name="juuka").exists()


def test_one_that_is_being_made_is_neither_asked_for_again_nor_withdrawn(migrator):
    juuka = interrupted(lease=timedelta(minutes=1))

    with in_console():
        for act in (provisioning.withdraw, provisioning.request_again):
            with pytest.raises(provisioning.NotRequested):
                act(juuka)
    with translation.override("en"), pytest.raises(CommandError, match="already uses"):
        add_juuka()


def test_who_was_thought_dead_makes_nothing_when_another_has_begun(migrator, monkeypatch):
    """The first maker is slow; its lease ends and the municipality is asked for, begun and claimed by a second."""
    real = keys.create

    def slow() -> None:
        real()
        with databases.as_superuser("suunta_test_own") as other:
            other.execute("update public.tenants_municipality set lease_until = now() where schema_name = 'juuka'")

    monkeypatch.setattr(keys, "create", slow)
    with translation.override("en"), pytest.raises(CommandError, match="being set up already"):
        add_juuka()

    with databases.as_superuser("suunta_test_own") as superuser:
        assert not superuser.execute("select from pg_namespace where nspname = 'juuka'").fetchone()


def test_two_who_ask_for_the_same_at_once_are_one_request_and_one_sentence(migrator, monkeypatch):
    monkeypatch.setattr(provisioning, "_is_taken", lambda *words: False)  # neither sees the other

    with in_console():
        provisioning.request(schema_name="juuka", **JUUKA)
        with pytest.raises(provisioning.AlreadyHere):
            provisioning.request(schema_name="juuka", **JUUKA)
        assert Municipality.objects.filter(schema_name="juuka").count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"schema_name": "Juuka!"}, "small letters"),
        ({"schema_name": "public"}, "small letters"),
        ({"schema_name": "pg_juuka"}, "small letters"),
        ({"schema_name": "j" * 62}, "small letters"),
        ({"business_id": "0172718-1"}, "not a valid business ID"),
        ({"schema_name": "kaavi"}, "already uses"),
        ({"name": "kaavi"}, "already uses"),
        ({"domain": "KAAVI.localhost"}, "already uses"),
        ({"business_id": "0172337-4"}, "already uses"),
    ],
)
def test_bad_input_gets_one_sentence_and_changes_nothing(migrator, changes, sentence):
    with in_console():
        before = Municipality.objects.count()

    with translation.override("en"), pytest.raises(CommandError, match=sentence) as refused:
        add_juuka(**changes)

    assert "\n" not in str(refused.value)
    with in_console():
        assert Municipality.objects.count() == before


def test_the_applications_login_cannot_make_a_municipality(own_database):
    with in_console():
        juuka = provisioning.request(schema_name="juuka", **JUUKA)
        with pytest.raises(ProgrammingError, match="permission denied"):
            provisioning.provision(juuka, at=NOON)
        juuka.refresh_from_db()

    assert juuka.state == Municipality.State.FAILED
