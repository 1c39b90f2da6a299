"""One municipality that is broken stops no other: for every command that works in all of them, and for migrating."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class

from deploy.local.embedded import ROOT
from tenants import schema_versions
from tenants.database.current import connection
from tenants.migrating import migrate_all
from tenants.models import Municipality
from tenants.rounds import SomeFailed
from tests import databases
from tests.mail_server import mail_server as mail_server

OURS = {"tenants", "tenants.audit", "tenants.keys", "casework", "billing", "deploy"}
OTHERS = {"varkaus", "tuusniemi", "rautavaara"}
HANDS_ON = {
    "tenants/scope.py",  # it is defined there
    "tenants/console/mail.py",  # lets an operator choose one
}


def works_in_all(name: str, place: str) -> bool:
    parser = load_command_class(place, name).create_parser("manage.py", name)
    return any("--municipality" in action.option_strings for action in parser._actions)


COMMANDS = sorted(name for name, place in get_commands().items() if place in OURS and works_in_all(name, place))


@pytest.fixture
def broken_kaavi(own_database):
    """Nobody has a right on Kaavi's schema any more, and one of its tables is lost."""
    with databases.as_superuser("suunta_test_own") as superuser:
        superuser.execute("REVOKE ALL ON SCHEMA kaavi FROM t_kaavi")
        superuser.execute("ALTER TABLE kaavi.django_migrations RENAME TO lost")


def test_the_commands_that_work_in_all_municipalities_are_found():
    assert {"check_access_log", "deliver_mail", "queue_reminders", "rotate_keys"} <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_works_in_the_others_and_ends_by_saying_which_it_could_not(name, broken_kaavi, mail_server):
    output = StringIO()
    quick = {"settle": 0.0} if name == "rotate_keys" else {}

    with pytest.raises(CommandError, match=r"1 of \d failed: kaavi \(\w+\)"):
        call_command(name, stdout=output, **quick)

    assert {place for place in OTHERS if place in output.getvalue().lower()} == OTHERS


def test_migrating_brings_the_others_to_this_version_and_ends_by_saying_which_it_could_not(broken_kaavi):
    Municipality.objects.update(schema_version=schema_versions.UNDER_WAY)
    done: list[str] = []
    with databases.as_migrator(), pytest.raises(SomeFailed, match=r"1 of 4 failed: kaavi \(\w+\)"):
        migrate_into(done)

    assert set(done) == OTHERS
    connection.set_schema_to_public()


def migrate_into(done):
    for schema in migrate_all():
        done.append(schema)  # each when it is done: the end raises


def test_whoever_goes_through_all_municipalities_does_it_in_a_round():
    users = {
        str(path.relative_to(ROOT))
        for floor in ("tenants", "casework", "billing", "tasks", "deploy")
        for path in (ROOT / floor).rglob("*.py")
        if re.search(r"active_municipalities\(\)|State\.ACTIVE\)\.order_by", path.read_text())
    }

    without = {name for name in users - HANDS_ON if "Round(" not in (ROOT / name).read_text()}

    assert without == set()
