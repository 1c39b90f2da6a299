"""A task without a valid municipality does nothing (promise 7), for each task there is."""

import inspect
from importlib import import_module

import pytest
from django.test.utils import CaptureQueriesContext

from tasks.app import app
from tenants.database.current import connection
from tenants.mail import outbox
from tenants.models import Municipality
from tenants.scope import UnknownMunicipality, in_console
from tests.conftest import NOON
from tests.mail_server import received

for module in app.conf.include:
    import_module(module)
OURS = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}
PER_MUNICIPALITY = sorted(
    name for name, task in OURS.items() if "municipality_id" in inspect.signature(task.run).parameters
)
WITHOUT_MUNICIPALITY = {
    "access_log.seal",
    "access_log.tell_officers",
    "jobs.prune",
    "leftovers.prune_on_console",
    "mail.deliver_due_on_console",
    "mail.reconcile_on_console",
    "people.take_effect_on_console",
    "provisioning.make_requested",
    "work.look_everywhere",
    "work.wake",
}
CHANGES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")


def run(name, **arguments):
    """Run a task in this process; those that are told a day are told one."""
    day = {"on": "2026-11-23"} if "on" in inspect.signature(OURS[name].run).parameters else {}
    return OURS[name](**arguments, **day)


def changes(queries):
    return [query["sql"] for query in queries if query["sql"].lstrip().upper().startswith(CHANGES)]


@pytest.fixture
def a_due_mail(mail_server, aino):
    context = {"path": "/x/", "expires_at": NOON}
    return outbox.write("accounts/emails/invitation", to=aino, context=context, key="first", at=NOON)


def test_every_task_asks_for_a_municipality_or_is_known_not_to():
    assert set(PER_MUNICIPALITY) | WITHOUT_MUNICIPALITY == set(OURS)
    assert not set(PER_MUNICIPALITY) & WITHOUT_MUNICIPALITY


@pytest.mark.parametrize("name", PER_MUNICIPALITY)
def test_a_task_without_a_municipality_does_nothing(a_due_mail, name):
    with CaptureQueriesContext(connection) as queries, pytest.raises(TypeError):
        run(name)

    assert changes(queries) == []


@pytest.mark.parametrize("reference", [None, 0, 987_654, "kaavi", "1", True, 1.0, ["kaavi"]])
@pytest.mark.parametrize("name", PER_MUNICIPALITY)
def test_a_task_for_an_unknown_municipality_does_nothing(a_due_mail, name, reference):
    with CaptureQueriesContext(connection) as queries, pytest.raises(UnknownMunicipality):
        run(name, municipality_id=reference)

    assert changes(queries) == []


@pytest.mark.parametrize("state", [state for state in Municipality.State if state != Municipality.State.ACTIVE])
@pytest.mark.parametrize("name", PER_MUNICIPALITY)
def test_a_task_for_a_municipality_that_is_not_in_use_does_nothing(a_due_mail, kaavi, name, state):
    with in_console():
        Municipality.objects.filter(pk=kaavi.pk).update(state=state)

    with CaptureQueriesContext(connection) as queries, pytest.raises(UnknownMunicipality):
        run(name, municipality_id=kaavi.pk)

    assert changes(queries) == []


@pytest.mark.parametrize("name", PER_MUNICIPALITY)
def test_a_task_for_a_municipality_that_is_being_updated_does_nothing_and_does_not_fail(a_due_mail, kaavi, name):
    with in_console():
        Municipality.objects.filter(pk=kaavi.pk).update(schema_version="00001-older")

    with CaptureQueriesContext(connection) as queries:
        assert run(name, municipality_id=kaavi.pk) == 0

    assert changes(queries) == []


@pytest.mark.parametrize("name", PER_MUNICIPALITY)
def test_a_task_for_a_municipality_that_has_left_does_nothing(a_due_mail, kaavi, name):
    with in_console():
        Municipality.objects.get(pk=kaavi.pk).delete()

    with CaptureQueriesContext(connection) as queries, pytest.raises(UnknownMunicipality):
        run(name, municipality_id=kaavi.pk)

    assert changes(queries) == []


def test_a_task_for_one_municipality_leaves_its_neighbour_alone(a_due_mail, mail_server, tuusniemi, kaavi):
    run("mail.deliver_due", municipality_id=tuusniemi.pk)
    assert mail_server.mails() == []

    run("mail.deliver_due", municipality_id=kaavi.pk)
    assert len(received(mail_server)) == 1


def test_a_task_on_the_console_leaves_municipalities_alone(a_due_mail, mail_server):
    run("mail.deliver_due_on_console")

    assert mail_server.mails() == []


@pytest.mark.parametrize("name", PER_MUNICIPALITY)
def test_a_task_for_a_municipality_in_use_runs(name, kaavi):
    assert run(name, municipality_id=kaavi.pk) == 0


def test_a_task_begins_and_ends_outside_all_schemas(own_database):
    connection.set_schema_to_public()

    OURS["jobs.prune"].apply(throw=True)

    assert connection.schema_name is None
