"""A real worker and a real beat on a real broker: what is due is delivered once, whatever happens to the broker."""

import time

from tasks.app import app
from tenants.accounts.permissions import Role
from tenants.database.current import connection
from tenants.mail import outbox
from tenants.mail.models import OutgoingEmail
from tenants.models import JobRun
from tenants.scope import in_console, in_municipality
from tests.casework.applications.making import application_at
from tests.conftest import NOON
from tests.databases import as_superuser
from tests.mail_server import part, received
from tests.people import person
from tests.tasks.processes import wait_until

CONTEXT = {"path": "/x/", "expires_at": NOON}


def write_to(name, role, *, key="first"):
    return outbox.write("accounts/emails/invitation", to=person(name, role), context=CONTEXT, key=key, at=NOON)


def ended_in(schema):
    """The deliveries that have ended there."""
    with in_console():
        runs = JobRun.objects.filter(name="mail.deliver_due", finished_at__isnull=False)
        return list(runs.filter(municipality__schema_name=schema))


def test_due_mails_are_delivered_once_though_one_municipality_is_broken_and_the_broker_is_wiped(
    workers, broker, mail_server
):
    with in_municipality("kaavi"):
        write_to("Aino", Role.COORDINATOR)
    with in_console():
        write_to("Oiva", Role.OPERATOR)
    with in_municipality("rautavaara"):
        write_to("Raija", Role.COORDINATOR)
    break_outbox_of("rautavaara")
    workers.worker()
    workers.beat()
    wait_until(lambda: len(mail_server.mails()) == 2)

    broker.flushall()
    with in_municipality("tuusniemi"):
        write_to("Cecilia", Role.COORDINATOR)
    wait_until(lambda: len(mail_server.mails()) == 3)
    wait_until(lambda: ended_in("rautavaara"))
    time.sleep(2)  # more rounds of delivery

    assert sorted(letter["To"] for letter in received(mail_server)) == [
        "aino@kaavi.example",
        "cecilia@tuusniemi.example",
        "oiva@console.example",
    ]
    with in_municipality("kaavi"):
        assert OutgoingEmail.objects.get().state == OutgoingEmail.State.SENT
    with in_console():
        runs = JobRun.objects.filter(name="mail.deliver_due", finished_at__isnull=False)
        assert runs.get(municipality__schema_name="kaavi", count=1).error == ""
        assert ended_in("rautavaara")[0].error == "ProgrammingError"
        assert not runs.filter(municipality__schema_name="kaavi").exclude(error="").exists()


def test_a_reminder_is_sent_once_though_two_beats_wake_two_workers_again_and_again(workers, broker, mail_server):
    with in_municipality("kaavi") as kaavi:
        application = application_at("filed", by=person("Aino", Role.COORDINATOR))
    for _ in range(10):
        app.send_task("reminders.queue_due", kwargs={"municipality_id": kaavi.pk, "on": "2027-11-23"})
    for _ in range(2):
        workers.worker()
        workers.beat()

    wait_until(mail_server.mails)
    time.sleep(4)  # more rounds of every alarm

    (letter,) = received(mail_server)
    assert letter["To"] == "aino@kaavi.example"
    assert application.case.number in part(letter, "plain")


def test_a_worker_keeps_its_connection_from_task_to_task(workers, broker, own_database):
    with in_console():
        before = JobRun.objects.create(name="jobs.prune", started_at=NOON)
    for _ in range(3):
        app.send_task("jobs.prune")
    workers.worker()

    wait_until(lambda: has_ended(before.pk + 3))

    wait_until(lambda: backends_of_others() == 1)  # of its hand; it idles there


def has_ended(run):
    with in_console():
        return JobRun.objects.filter(pk=run, finished_at__isnull=False).exists()


def backends_of_others():
    """The connections that the application's login has, but for that of the test itself."""
    ours = connection.connection.info.backend_pid
    with as_superuser("suunta_test_own") as superuser:
        found = superuser.execute(
            "select pid from pg_stat_activity where datname = 'suunta_test_own' and usename = 'suunta_app'"
        )
        return sum(pid != ours for (pid,) in found)


def break_outbox_of(schema):
    with as_superuser("suunta_test_own") as superuser:
        superuser.execute(f"ALTER TABLE {schema}.mail_outgoingemail RENAME TO lost")
