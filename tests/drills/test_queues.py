"""One municipality that sends ten times as many mails as usual does not keep its neighbour's waiting."""

import os
import time
from datetime import timedelta
from itertools import count

from django.utils import timezone

from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.mail import outbox
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_municipality
from tests.people import person
from tests.tasks.conftest import broker, mail_server, workers
from tests.tasks.processes import wait_until

__all__ = ["broker", "mail_server", "workers"]

SECONDS = float(os.environ.get("SUUNTA_DRILL_SECONDS", "60"))  # of each half
USUAL, BUSY = 2.0, 20.0  # mails a second of the busy municipality; its neighbour has the usual number all the time
ALARM = 1.0  # seconds between two rounds of waking, in drills: nobody waits less than that by more than chance
HANDS = 2  # of the queue

keys = count()


def test_queues(workers, real_clock, mail_server, tell):
    for schema in ("kaavi", "tuusniemi"):
        with in_municipality(schema):
            person("Aino", Role.COORDINATOR)
    for _ in range(HANDS):
        workers.worker(queues="mail")
    workers.worker(queues="celery,wake")
    workers.beat()

    quiet = waits_of_neighbour(USUAL)
    busy = waits_of_neighbour(BUSY)

    ratio = max(percentile(busy), ALARM) / max(percentile(quiet), ALARM)
    tell(
        mails_of_busy_one=sent_in("kaavi"),
        quiet_p95=round(percentile(quiet), 2),
        busy_p95=round(percentile(busy), 2),
        ratio=round(ratio, 2),
    )
    assert ratio <= 2


def waits_of_neighbour(rate: float) -> list[float]:
    """Write at fixed rates, whatever becomes of it; answer the seconds that each mail of the neighbour's took."""
    began = timezone.now()
    owed = {"kaavi": 0.0, "tuusniemi": 0.0}
    before = time.monotonic()
    while timezone.now() - began < timedelta(seconds=SECONDS):
        time.sleep(0.05)
        passed, before = time.monotonic() - before, time.monotonic()
        owed = {"kaavi": owed["kaavi"] + passed * rate, "tuusniemi": owed["tuusniemi"] + passed * USUAL}
        for schema, number in owed.items():
            write(schema, int(number))
            owed[schema] = number % 1
    wait_until(lambda: not waiting_in("tuusniemi"))
    with in_municipality("tuusniemi"):
        mails = OutgoingEmail.objects.filter(due_at__gte=began)
        return [(mail.sent_at - mail.due_at).total_seconds() for mail in mails if mail.sent_at]


def write(schema: str, number: int) -> None:
    if not number:
        return
    with in_municipality(schema):
        at, to = timezone.now(), User.objects.get(name="Aino")
        context = {"path": "/x/", "expires_at": at}
        for _ in range(number):
            outbox.write("accounts/emails/invitation", to=to, context=context, key=f"{next(keys)}", at=at)


def waiting_in(schema: str) -> bool:
    with in_municipality(schema):
        return OutgoingEmail.objects.exclude(state=OutgoingEmail.State.SENT).exists()


def sent_in(schema: str) -> int:
    with in_municipality(schema):
        return OutgoingEmail.objects.filter(state=OutgoingEmail.State.SENT).count()


def percentile(waits: list[float]) -> float:
    return sorted(waits)[int(len(waits) * 0.95)]
