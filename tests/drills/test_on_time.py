"""Five thousand reminders are due at eight o'clock: nearly all have left within a minute."""

import os
import time
from datetime import datetime, timedelta

from django.utils import timezone

from tenants import provisioning
from tenants.accounts.permissions import Role
from tenants.mail import outbox
from tenants.mail.models import OutgoingEmail
from tenants.scope import active_municipalities, in_console, in_municipality
from tests import databases
from tests.people import person
from tests.tasks.conftest import broker, mail_server
from tests.tasks.processes import crew, wait_until

__all__ = ["broker", "mail_server"]

MAILS = int(os.environ.get("SUUNTA_DRILL_MAILS", "5000"))
MUNICIPALITIES = 20
HANDS = 8  # of the queue: a server takes its time over a mail, and a hand waits for it
WRITING = timedelta(seconds=MAILS / 25)  # at most, on a busy machine
LATE = 60.0  # seconds


def test_on_time(own_database, broker, mail_server, real_clock, settings, tmp_path, tell):
    due_at = timezone.now() + WRITING
    with databases.as_migrator():
        for number in range(MUNICIPALITIES - len(databases.MUNICIPALITIES)):
            add(number)
    for schema in schemas():
        write(schema, MAILS // MUNICIPALITIES, due_at=due_at)
    assert timezone.now() < due_at

    mail = settings.MAILERS["default"]["OPTIONS"]
    there = {"SMTP_HOST": mail["host"], "SMTP_PORT": str(mail["port"])}
    with crew({**own_database, **there}, tmp_path / "logs", app="tasks.app") as people:
        for _ in range(HANDS):
            people.worker(queues="mail")
        people.worker(queues="celery,wake")
        people.beat()
        time.sleep((due_at - timezone.now()).total_seconds())
        wait_until(lambda: not any(map(waiting_in, schemas())), patience=240)
    late = sorted(wait for schema in schemas() for wait in waits_in(schema, due_at))

    p99 = late[int(len(late) * 0.99)]
    tell(
        mails=len(late), hands=HANDS, median=round(late[len(late) // 2], 1), p99=round(p99, 1), most=round(late[-1], 1)
    )
    assert len(late) == MAILS
    assert late[0] >= 0
    assert p99 < LATE


def add(number: int) -> None:
    schema = f"early{number}"
    known = {"schema_name": schema, "name": schema.title(), "domain": f"{schema}.localhost", "admin_email": ""}
    municipality = provisioning.request(**known, business_id=databases.business_id(number))
    provisioning.provision(municipality, at=timezone.now())


def schemas() -> list[str]:
    with in_console():
        return [municipality.schema_name for municipality in active_municipalities()]


def write(schema: str, number: int, *, due_at: datetime) -> None:
    with in_municipality(schema):
        aino = person("Aino", Role.COORDINATOR)
        context = {"path": "/x/", "expires_at": due_at}
        for key in range(number):
            outbox.write("accounts/emails/invitation", to=aino, context=context, key=f"{key}", at=due_at)


def waiting_in(schema: str) -> bool:
    with in_municipality(schema):
        return OutgoingEmail.objects.exclude(state=OutgoingEmail.State.SENT).exists()


def waits_in(schema: str, due_at: datetime) -> list[float]:
    with in_municipality(schema):
        sent = OutgoingEmail.objects.values_list("sent_at", flat=True)
        return [(moment - due_at).total_seconds() for moment in sent if moment]
