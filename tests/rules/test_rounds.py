"""One municipality that is broken stops no other: for every command that works in all of them, and for migrating."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class

from billing.pricing import Unit
from deploy.local.embedded import ROOT
from tenants import schema_versions
from tenants.accounts.permissions import Role
from tenants.database.current import connection
from tenants.migrating import migrate_all
from tenants.models import Municipality
from tenants.rounds import SomeFailed
from tenants.scope import in_console
from tests import databases
from tests.billing.making import a_contract, a_price
from tests.mail_server import mail_server as mail_server
from tests.people import person

OURS = {"tenants", "tenants.audit", "tenants.keys", "casework", "billing", "deploy"}
OTHERS = {"varkaus", "tuusniemi", "rautavaara"}
HANDS_ON = {
    "tenants/scope.py",  # it is defined there
    "tenants/console/mail.py",  # lets an operator choose one
    "deploy/production.py",  # one whose keys do not open is what it looks for, and tells
}
ENTERS_ONE = {
    "tenants/scope.py": "it is defined there",
    "tenants/console/mail.py": "the place whose outbox an operator looks at",
    "tasks/jobs.py": "the municipality of one task",
    "tasks/documents.py": "the same",
    "tasks/letters.py": "the same",
    "tasks/mail.py": "the same",
    "tasks/people.py": "the same",
    "tasks/reminders.py": "the same",
    "billing/queries.py": "the contract whose changes somebody looks for",
    "billing/actions/usage.py": "a customer of billing.actions.runs, which is a round",
    "deploy/production.py": "one whose keys do not open is what it looks for, and tells",
    "deploy/demo/loading.py": "the demo is there whole, or its start says why not",
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


def test_a_month_is_closed_for_the_others_and_the_command_ends_by_saying_who_is_left(broken_kaavi):
    output = StringIO()
    with in_console():
        fiona = person("Fiona", Role.FINANCE)
    for schema in ("kaavi", "tuusniemi", "rautavaara"):
        a_price(a_contract(by=fiona, schema=schema), Unit.MONTH, "500", by=fiona)

    with pytest.raises(CommandError, match=r"^Not closed: Kaavi: "):
        call_command("close_month", "2026-10", stdout=output)

    assert "contracts 2, drafts 2" in output.getvalue()


def test_whoever_enters_a_municipality_does_it_in_a_round_or_enters_one():
    """A module that is neither here nor has a round fails: what it does to one may stop it for all."""
    floors = ("tenants", "casework", "billing", "tasks", "deploy")
    sources = {path.relative_to(ROOT): path.read_text() for floor in floors for path in (ROOT / floor).rglob("*.py")}
    entering = {str(path) for path, text in sources.items() if re.search(r"\bin_municipality\(", text)}

    without = {name for name in entering if "Round(" not in sources[Path(name)]}

    assert without == ENTERS_ONE.keys()
