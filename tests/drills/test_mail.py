"""No mail is lost, none is sent twice: senders are killed, and the server cuts before and after it took one."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils import timezone

from deploy.local import embedded
from deploy.local.embedded import ROOT
from deploy.local.smtp_sink import Sink, listening
from tenants.accounts.permissions import Role
from tenants.mail import outbox
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_municipality
from tests.mail_server import received
from tests.people import person

MAILS = int(os.environ.get("SUUNTA_DRILL_MAILS", "1000"))
KILLS = int(os.environ.get("SUUNTA_DRILL_KILLS", "60"))
SENDERS = 4
SECONDS = KILLS * 80 / 60  # in which they are killed
END = 240  # seconds after the last kill, at most
THINKING = 0.3  # seconds that the server takes over a mail, so that a kill finds it in the middle of one

State = OutgoingEmail.State
OPEN = [State.PENDING, State.SENDING, State.UNKNOWN]


class CuttingSink(Sink):
    """Cuts the conversation now and then, before it keeps a mail or after."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        fate = random.random()
        await asyncio.sleep(random.random() * THINKING)
        if fate < 0.05:
            return self._cut(server)
        answer = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(random.random() * THINKING)
        return self._cut(server) if fate > 0.95 else answer

    def _cut(self, server: SMTP) -> str:
        assert isinstance(server.transport, asyncio.WriteTransport)
        server.transport.abort()
        return "250 nobody hears it"


@contextmanager
def sending(environment: dict[str, str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Several processes that send; a killed one is to be replaced by `start`."""
    senders = [start(environment) for _number in range(SENDERS)]
    try:
        yield senders
    finally:
        for sender in senders:
            sender.kill()
            sender.wait()


def start(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.drills.senders", "kaavi"], cwd=ROOT, env=environment)


@pytest.mark.parametrize("run", [1, 2, 3])
def test_mail(own_database, tmp_path, real_clock, tell, run):
    random.seed(run)
    port = embedded.free_port()
    environment = {
        **own_database,
        "DJANGO_SETTINGS_MODULE": "deploy.settings",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
        "SMTP_TIMEOUT": "1",
        "SUUNTA_MAIL_ARCHIVE": str(tmp_path / "mail"),
        "SUUNTA_MAIL_LEASE": "5",
        "SUUNTA_MAIL_GRACE": "5",
    }
    written = write_mails()

    with listening(CuttingSink(tmp_path / "mail"), port=port) as sink, sending(environment) as senders:
        kills = kill_again_and_again(senders, environment)
        wait_for_the_end()
        arrived = Counter(letter["Message-ID"] for letter in received(sink))

    lost = len(written - arrived.keys())
    doubled = sum(count > 1 for count in arrived.values())
    tell(mails=MAILS, processes=SENDERS, kills=kills, tries=tries(), lost=lost, doubled=doubled)
    assert (lost, doubled) == (0, 0)
    assert kills == KILLS
    assert tries() > MAILS  # else nothing was in anybody's way


def write_mails() -> set[str]:
    with in_municipality("kaavi"):
        aino = person("Aino", Role.COORDINATOR)
        for number in range(MAILS):
            at = timezone.now()
            outbox.write(
                "accounts/emails/invitation", to=aino, context={"path": "/x/", "expires_at": at}, key=f"{number}", at=at
            )
        return {mail.message_id for mail in OutgoingEmail.objects.all()}


def kill_again_and_again(senders: list[subprocess.Popen[bytes]], environment: dict[str, str]) -> int:
    """Kill one after the other, in no order and at no pace, and start another in its place."""
    kills = 0
    for _turn in range(KILLS):
        time.sleep(random.random() * 2 * SECONDS / KILLS)
        number = random.randrange(SENDERS)
        senders[number].send_signal(signal.SIGKILL)
        kills += senders[number].wait() == -signal.SIGKILL
        senders[number] = start(environment)
    return kills


def wait_for_the_end() -> None:
    deadline = time.monotonic() + END
    while open_mails():
        assert time.monotonic() < deadline, f"{open_mails()} mails are still open"
        time.sleep(0.5)


def open_mails() -> int:
    with in_municipality("kaavi"):
        return OutgoingEmail.objects.filter(state__in=OPEN).count()


def tries() -> int:
    with in_municipality("kaavi"):
        return sum(OutgoingEmail.objects.values_list("attempts", flat=True))
