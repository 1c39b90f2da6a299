"""A mail server that other processes deliver to, an empty broker, and real workers."""

import asyncio
from collections.abc import Iterator

import pytest
import redis
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from deploy.local import embedded
from deploy.local.smtp_sink import Sink, listening
from tests.mail_server import point_to
from tests.tasks.processes import Crew, crew

THINKING = 0.015  # seconds, before it keeps a mail and again before it answers: a kill finds either


class ThoughtfulSink(Sink):
    """Takes its time, so that a killed worker is killed in the middle of a mail."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(THINKING)
        answer = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(THINKING)
        return answer


@pytest.fixture
def mail_server(tmp_path, settings: Settings) -> Iterator[Sink]:
    port = embedded.free_port()
    point_to(settings, port)
    settings.MAIL_ARCHIVE = tmp_path / "mail"
    with listening(ThoughtfulSink(tmp_path / "mail"), port=port) as sink:
        yield sink


@pytest.fixture
def broker(own_database, settings) -> Iterator[redis.Redis]:
    """The broker, with nothing in it."""
    with redis.Redis.from_url(settings.CELERY_BROKER_URL) as connection:
        connection.flushall()
        yield connection
        connection.flushall()


@pytest.fixture
def workers(own_database, broker, mail_server, settings, tmp_path) -> Iterator[Crew]:
    mail = settings.MAILERS["default"]["OPTIONS"]
    there = {
        "SMTP_HOST": mail["host"],
        "SMTP_PORT": str(mail["port"]),
        "SUUNTA_MAIL_ARCHIVE": str(settings.MAIL_ARCHIVE),
        "SUUNTA_WAKE_AGAIN": "5",
    }
    with crew({**own_database, **there}, tmp_path / "logs") as people:
        yield people
