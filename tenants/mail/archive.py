"""The mail server's own record of what it took: the only witness when a mail's fate is unclear.

Another server's record (a log, an API) is another class with the same `has`, chosen in `configured`.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.parser import BytesHeaderParser
from functools import cached_property
from pathlib import Path
from typing import Protocol

from django.conf import settings

CLOCKS_DIFFER = timedelta(hours=1)  # at most, between the mail server and us
ARRIVED = ("new", "cur")  # of a Maildir; what lies in "tmp" was not taken


class MailArchive(Protocol):
    """A record that is complete a few seconds after the server took a mail."""

    def has(self, message_id: str) -> bool:
        """Tell whether the server took the mail with this Message-ID."""


class MaildirArchive:
    """A Maildir in which the mail server keeps a copy of every mail it takes; read once per object."""

    def __init__(self, folder: Path, *, since: datetime) -> None:
        self._folder = folder
        self._since = since - CLOCKS_DIFFER

    def has(self, message_id: str) -> bool:
        """Tell whether the folder holds the mail, among those that came since the given moment."""
        return message_id in self._message_ids

    @cached_property
    def _message_ids(self) -> frozenset[str]:
        parser = BytesHeaderParser()
        found = set()
        for path in self._arrived():
            with path.open("rb") as mail:
                found.add(str(parser.parse(mail)["Message-ID"]).strip())
        return frozenset(found)

    def _arrived(self) -> Iterator[Path]:
        for name in ARRIVED:
            for path in (self._folder / name).glob("*"):
                if path.stat().st_mtime >= self._since.timestamp():
                    yield path


def configured(*, since: datetime) -> MailArchive | None:
    """Answer the record named by settings.MAIL_ARCHIVE, None when there is none: then a person decides."""
    folder = settings.MAIL_ARCHIVE
    return MaildirArchive(folder, since=since) if folder and (folder / "new").is_dir() else None
