"""A real mail server that delivers nothing: it keeps each mail in a Maildir, for the demo and the tests.

For tests it can also misbehave the way real servers do. Run: `python -m deploy.local.smtp_sink --port N --maildir DIR`.
"""

import argparse
import asyncio
import errno
import mailbox
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.embedded import is_free
from deploy.local.servers import OF_OTHERS

LARGEST_MAIL = 10 * 1024 * 1024  # bytes


class Answer(StrEnum):
    """How the server answers once it has the whole mail."""

    ACCEPT = "accept"
    REFUSE = "refuse"  # for good (550); the mail is not kept
    FAIL = "fail"  # for now (451); the mail is not kept
    HANG = "hang"  # the mail is kept, the answer never comes
    HANG_UP = "hang_up"  # the mail is kept, the connection is cut before the answer


class Sink:
    """Receives mails; `answer` may be changed while it runs."""

    def __init__(self, folder: Path, *, answer: Answer = Answer.ACCEPT) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.answer = answer
        self._maildir = mailbox.Maildir(folder, create=True)

    def mails(self) -> list[bytes]:
        """Answer every mail that was kept, as it came, in order of arrival."""
        paths = (self.folder / "new").iterdir()
        return [path.read_bytes() for path in sorted(paths, key=lambda path: path.stat().st_mtime_ns)]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        """Keep the mail and answer as told."""
        if self.answer is Answer.REFUSE:
            return "550 5.7.1 Refused"
        if self.answer is Answer.FAIL:
            return "451 4.3.0 Try again later"
        try:
            self._maildir.add(envelope.original_content or b"")
        except OSError as error:
            return f"452 4.3.1 {error.strerror}"
        if self.answer is Answer.HANG:
            await asyncio.Event().wait()
        if self.answer is Answer.HANG_UP and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return "250 2.0.0 Kept"


@contextmanager
def listening(sink: Sink, *, port: int, host: str = "127.0.0.1") -> Iterator[Sink]:
    """Serve in a thread of this process.

    Raises:
        OSError: the port is taken.
    """
    if not is_free(port, host):  # aiosmtpd would say so after five seconds
        raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))
    controller = Controller(sink, hostname=host, port=port, data_size_limit=LARGEST_MAIL)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="deploy.local.smtp_sink", description="A mail server that keeps every mail.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--maildir", type=Path, required=True)
    parser.add_argument("--answer", type=Answer, choices=list(Answer), default=Answer.ACCEPT)
    given = parser.parse_args(arguments)
    os.umask(OF_OTHERS)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        with listening(Sink(given.maildir, answer=given.answer), port=given.port):
            signal.sigwait({signal.SIGINT, signal.SIGTERM})
    except OSError as error:
        sys.stderr.write(f"The mail server cannot listen at 127.0.0.1:{given.port}: {error.strerror}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
