"""All schemas are brought to a version by one at a time, in several processes, and what is of it is passed over."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations.loader import MigrationLoader

from tenants import migrating, schema_versions
from tenants.database.current import connection
from tenants.database.names import PUBLIC, TEMPLATE
from tenants.migrating import ONE_AT_A_TIME, migrate_all
from tenants.models import Municipality
from tenants.scope import in_console
from tests import databases
from tests.newer import ADDED, playing
from tests.people import PortalClient
from tests.tasks.processes import wait_until

EVERYBODY = {"varkaus", "kaavi", "tuusniemi", "rautavaara"}
OWN = "suunta_test_own"


@pytest.fixture
def newer(own_database):
    """Be the next version on a database of this one; its value is the environment of other processes."""
    with playing.newer():
        yield own_database


def only(*schemas):
    """Say of all others that they are of the next version already, which spares its migrating them."""
    with databases.as_superuser(OWN) as superuser:
        for schema in {PUBLIC, TEMPLATE} - {*schemas}:
            superuser.execute(f"comment on schema {schema} is '{schema_versions.expected()}'")
        others = "update tenants_municipality set schema_version = %s where schema_name <> all(%s)"
        superuser.execute(others, [schema_versions.expected(), list(schemas)])


def versions_of_all():
    with in_console():
        return dict(Municipality.objects.values_list("schema_name", "schema_version"))


def steps_done(*schemas):
    with databases.as_superuser(OWN) as superuser:
        return [playing.steps_done(superuser, schema) for schema in schemas]


def migrate(*, jobs=1):
    with databases.as_migrator():
        return list(migrate_all(jobs=jobs))


def test_schemas_of_this_version_are_passed_over(own_database):
    assert migrate() == []


def test_everything_is_brought_to_the_next_version_the_template_before_those_that_are_copied_from_it(newer):
    first, second, *others = migrate()

    assert [first, second, *sorted(others)] == [PUBLIC, TEMPLATE, *sorted(EVERYBODY)]
    assert versions_of_all() == dict.fromkeys(EVERYBODY, schema_versions.expected())
    assert steps_done(TEMPLATE, *EVERYBODY) == [len(ADDED)] * 5
    assert migrate() == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_those_that_are_behind_are_brought_to_it_here_or_in_several_processes(newer, jobs):
    only("kaavi", "tuusniemi")

    assert set(migrate(jobs=jobs)) == {"kaavi", "tuusniemi"}
    assert versions_of_all() == dict.fromkeys(EVERYBODY, schema_versions.expected())
    assert steps_done("kaavi", "tuusniemi", "varkaus") == [len(ADDED), len(ADDED), 0]


def test_one_that_fails_stays_closed_and_stops_no_other(newer):
    only("kaavi", "tuusniemi")
    with databases.as_superuser(OWN) as superuser:
        superuser.execute("alter table kaavi.casework_client rename to lost")

    with databases.as_migrator(), pytest.raises(CommandError, match=r"^1 of 2 failed: kaavi \(ProgrammingError\)$"):
        call_command("migrate_municipalities", "--jobs", "2", stdout=StringIO())

    found = versions_of_all()
    assert found.pop("kaavi") == schema_versions.UNDER_WAY
    assert set(found.values()) == {schema_versions.expected()}


def test_one_over_which_the_connection_is_lost_stops_no_other(newer, monkeypatch):
    only("kaavi", "tuusniemi")
    migrate = migrating._migrate

    def lose(schema):
        if schema == "kaavi":
            with databases.as_superuser() as superuser:
                superuser.execute("select pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        migrate(schema)

    monkeypatch.setattr(migrating, "_migrate", lose)
    with databases.as_migrator(), pytest.raises(CommandError, match=r"^1 of 2 failed: kaavi \(\w+\)$"):
        call_command("migrate_municipalities", stdout=StringIO())

    assert versions_of_all()["kaavi"] == schema_versions.UNDER_WAY
    assert versions_of_all()["tuusniemi"] == schema_versions.expected()


def test_one_that_was_copied_from_the_old_template_meanwhile_is_not_left_behind(newer, monkeypatch):
    only(TEMPLATE)
    migrate_template = migrating.migrate_template

    def while_somebody_adds_one():
        Municipality.objects.filter(schema_name="kaavi").update(schema_version="00001-older")
        return migrate_template()

    monkeypatch.setattr(migrating, "migrate_template", while_somebody_adds_one)

    assert migrate() == [TEMPLATE, "kaavi"]


def test_a_killed_run_leaves_its_schema_closed_and_the_next_one_goes_on_with_it(newer):
    only("kaavi")
    with databases.as_superuser(OWN) as reader:
        reader.execute("begin")
        reader.execute("lock table kaavi.casework_client in row exclusive mode")
        killed = playing.begin(newer, "--jobs", "2")
        wait_until(lambda: versions_of_all()["kaavi"] == schema_versions.UNDER_WAY)
        playing.kill(killed)
        reader.execute("rollback")
    assert PortalClient("kaavi.localhost").get("/").status_code == 503

    assert migrate() == ["kaavi"]
    assert steps_done("kaavi") == [len(ADDED)]


def test_the_second_of_two_says_so_in_one_sentence_and_does_nothing(newer):
    with databases.as_superuser(OWN) as other:
        other.execute("select pg_advisory_lock(hashtext(%s))", [ONE_AT_A_TIME])
        done = playing.migrate(newer)

    assert done.returncode == 1
    assert done.stderr == "CommandError: Somebody migrates this database already: wait until that has ended.\n"
    assert steps_done(TEMPLATE, *EVERYBODY) == [0] * 5


def test_the_migration_gives_way_to_who_reads_and_comes_back_when_they_have(newer, monkeypatch):
    only("kaavi")
    with databases.as_superuser(OWN) as reader:
        reader.execute("begin")
        reader.execute("lock table kaavi.casework_client in row exclusive mode")
        monkeypatch.setattr("tenants.migrating.time.sleep", lambda seconds: reader.execute("rollback"))

        assert migrate() == ["kaavi"]


def test_what_is_up_to_date_costs_one_query_over_all(own_database, django_assert_num_queries):
    with databases.as_migrator(), django_assert_num_queries(4):  # the lock, public's mark, all others', the lock
        list(migrate_all())


# --- one that is added --------------------------------------------------------------------------------------------


def add_juuka():
    words = {"name": "Juuka", "business_id": "0172718-0", "domain": "juuka.localhost", "admin_email": "a@juuka.example"}
    with databases.as_migrator():
        call_command("add_municipality", "juuka", stdout=StringIO(), **words)


def test_a_new_municipality_is_open_at_once(own_database):
    add_juuka()

    assert versions_of_all()["juuka"] == schema_versions.expected()
    assert PortalClient("juuka.localhost").get("/account/login/").status_code == 200


@pytest.mark.parametrize("version", ["00001-older", "99999-newer", schema_versions.UNDER_WAY])
def test_nobody_is_added_by_code_of_another_version_than_the_template(own_database, version):
    with databases.as_superuser(OWN) as superuser:
        superuser.execute(f"comment on schema {TEMPLATE} is '{version}'")

    with pytest.raises(CommandError, match="migrate_municipalities comes first"):
        add_juuka()

    assert set(versions_of_all()) == EVERYBODY


# --- the mark -----------------------------------------------------------------------------------------------------


def test_the_mark_changes_with_a_migration():
    with playing.newer():
        newer = schema_versions.expected()

    assert schema_versions.expected() != newer


def test_the_names_of_all_migrations_are_found_without_importing_them():
    known = MigrationLoader(None).disk_migrations

    assert set(schema_versions.migrations()) == {f"{label}.{name}" for label, name in known}
