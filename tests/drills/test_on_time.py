"""Five thousand reminders are due at eight o'clock: nearly all have left within a minute."""

import os
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from tenants.scope import active_municipalities, in_console
from tests import databases
from tests.drills import mails
from tests.tasks.conftest import broker, mail_server
from tests.tasks.processes import crew, wait_until

__all__ = ["broker", "mail_server"]

MAILS = int(os.environ.get("SUUNTA_DRILL_MAILS", "5000"))
MUNICIPALITIES = 20
HANDS = 8  # of the queue: a server takes its time over a mail, and a hand waits for it
WRITING = timedelta(seconds=MAILS / 25)  # at most, on a busy machine
LATE = 60.0  # seconds


@pytest.mark.alone
def test_on_time(own_database, broker, mail_server, real_clock, settings, tmp_path, tell):
    due_at = timezone.now() + WRITING
    with databases.as_migrator():
        for number in range(MUNICIPALITIES - len(databases.MUNICIPALITIES)):
            databases.add_municipality(f"early{number}", databases.business_id(number))
    for schema in schemas():
        mails.write(schema, MAILS // MUNICIPALITIES, due_at=due_at)
    assert timezone.now() < due_at

    mail = settings.MAILERS["default"]["OPTIONS"]
    there = {"SMTP_HOST": mail["host"], "SMTP_PORT": str(mail["port"])}
    with crew({**own_database, **there}, tmp_path / "logs", app="tasks.app") as people:
        for _ in range(HANDS):
            people.worker(queues="mail")
        people.worker(queues="celery,wake")
        people.beat()
        time.sleep((due_at - timezone.now()).total_seconds())
        wait_until(lambda: not any(map(mails.are_waiting, schemas())), patience=240)
    late = sorted(wait for schema in schemas() for wait in mails.waits_since(schema, due_at))

    p99 = late[int(len(late) * 0.99)]
    tell(
        mails=len(late), hands=HANDS, median=round(late[len(late) // 2], 1), p99=round(p99, 1), most=round(late[-1], 1)
    )
    assert len(late) == MAILS
    assert late[0] >= 0
    assert p99 < LATE


def schemas() -> list[str]:
    with in_console():
        return [municipality.schema_name for municipality in active_municipalities()]
