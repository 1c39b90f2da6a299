"""The drill: mails are due, workers are killed again and again, the broker is wiped."""

import os
from collections import Counter
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db.models.functions import Now
from django.utils import timezone

from tenants.accounts.permissions import Role
from tenants.mail import delivery, outbox
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_municipality
from tests.conftest import NOON
from tests.mail_server import received
from tests.people import person
from tests.tasks.processes import wait_until

MAILS = int(os.environ.get("SUUNTA_DRILL_MAILS", "200"))
KILLS = int(os.environ.get("SUUNTA_DRILL_KILLS", "9"))
WHOLE = 5  # every so often a worker is killed as a whole and not only what it works with

State = OutgoingEmail.State


def test_no_mail_is_lost_or_doubled_though_workers_are_killed_and_the_broker_is_wiped(workers, broker, mail_server):
    write_mails()
    workers.beat()
    crew = [workers.worker(), workers.worker()]

    for number in range(1, KILLS + 1):
        wait_until(partial(has_taken, mail_server, number * MAILS // (KILLS + 1)))
        if number % WHOLE == 0:
            broker.flushall()
            workers.kill(crew.pop(0))
            crew.append(workers.worker())
        else:
            workers.kill_hands(crew[number % 2])
    wait_until(nothing_waits)
    workers.kill_all()
    unclear, written = find_out()

    arrived = Counter(letter["Message-ID"] for letter in received(mail_server))
    assert unclear > 0  # else nobody was killed in the middle of a mail
    assert len(written) == MAILS
    assert set(arrived) == written
    assert arrived.total() == MAILS


def write_mails():
    with in_municipality("kaavi"):
        aino = person("Aino", Role.COORDINATOR)
        for number in range(MAILS):
            context = {"path": f"/{number}/", "expires_at": NOON}
            outbox.write("accounts/emails/invitation", to=aino, context=context, key=f"{number}", at=NOON)


def has_taken(mail_server, count):
    return len(mail_server.mails()) >= count


def nothing_waits():
    with in_municipality("kaavi"):
        return not OutgoingEmail.objects.filter(state=State.PENDING).exists()


def find_out():
    """Do what the alarms do when the leases are over; answer how many mails were unclear and which were sent."""
    later = timezone.now() + timedelta(minutes=2)
    with in_municipality("kaavi"):
        OutgoingEmail.objects.update(lease_until=Now() - settings.MAIL_GRACE - timedelta(seconds=1))
        unclear = delivery.reconcile(at=later)
        delivery.deliver_due(at=later)
        return unclear, {mail.message_id for mail in OutgoingEmail.objects.filter(state=State.SENT)}
