"""A real mail server for tests, and the mails that reach it."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from pytest_django import Settings

from deploy.local import embedded
from deploy.local.smtp_sink import Sink, listening

PATIENCE = 30.0  # seconds: a busy machine may be late, and a late answer makes the fate of a mail unclear


@pytest.fixture
def mail_server(tmp_path: Path, settings: Settings) -> Iterator[Sink]:
    """The server to which this process delivers, with its own record as the archive."""
    port = embedded.free_port()
    point_to(settings, port)
    settings.MAIL_ARCHIVE = tmp_path / "mail"
    with listening(Sink(tmp_path / "mail"), port=port) as sink:
        yield sink


def point_to(settings: Settings, port: int, *, patience: float = PATIENCE) -> None:
    """Let this process deliver to a port of this machine."""
    options = {"host": "127.0.0.1", "port": port, "timeout": patience}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


def received(sink: Sink) -> list[EmailMessage]:
    """Read the mails that the server took, in order of arrival."""
    return [email.message_from_bytes(mail, policy=email.policy.default) for mail in sink.mails()]


def part(letter: EmailMessage, kind: str) -> str:
    """Read the plain or the html part of a mail."""
    body = letter.get_body([kind])
    assert body, f"no part {kind}"
    return str(body.get_content())
