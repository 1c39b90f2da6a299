"""The mail server's own record of what it took: the only witness when a mail's fate is unclear.

Another server's record (a log, an API) is another class with the same `holding`, chosen in `configured`.
"""

from collections.abc import Iterable
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Protocol

from django.conf import settings

ARRIVED = ("new", "cur")  # of a Maildir; what lies in "tmp" was not taken


class MailArchive(Protocol):
    """A record that is complete a few seconds after the server took a mail."""

    def holding(self, message_ids: Iterable[str]) -> set[str]:
        """Answer those of the Message-IDs whose mail the server took."""


class MaildirArchive:
    """A Maildir in which the mail server keeps a copy of every mail it takes.

    The times of its files are another machine's. They say in which order to look, never how far back: a mail that
    was passed over because two clocks differ would be sent twice.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def holding(self, message_ids: Iterable[str]) -> set[str]:
        """Look through the folder, the newest mail first, until all are found; for one that is absent, all of it."""
        wanted, found = set(message_ids), set[str]()
        for path in self._newest_first():
            if found == wanted:
                break
            found |= wanted & {_message_id(path)}
        return found

    def _newest_first(self) -> list[Path]:
        arrived = [path for name in ARRIVED for path in (self._folder / name).glob("*")]
        return sorted(arrived, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def _message_id(path: Path) -> str:
    with path.open("rb") as mail:
        return str(BytesHeaderParser().parse(mail)["Message-ID"]).strip()


def configured() -> MailArchive | None:
    """Answer the record named by settings.MAIL_ARCHIVE, None when there is none: then a person decides."""
    folder = settings.MAIL_ARCHIVE
    return MaildirArchive(folder) if folder and (folder / "new").is_dir() else None
