"""Heads of the access log that stand outside its own tables: in the outbox, in a mail, in the process log."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from tenants.audit.sealing import LINE
from tenants.keys import ring
from tenants.mail.models import OutgoingEmail

MAIL = "audit/emails/log_head"
DIGEST = r"[0-9a-f.]+"
MAILED = re.compile(rf"{MAIL}:[-\d]+:(?P<entries>\d+):(?P<head>{DIGEST}):")
SEALED = re.compile(
    rf"{LINE} (?P<schema>\S+) (?P<number>\d+) (?P<kind>\w+) (?P<last_entry>\d+) (?P<entries>\d+) (?P<head>{DIGEST})"
)


class Anchor(NamedTuple):
    """A head as it was written down elsewhere: of so many entries."""

    entries: int
    head: str


def key_of_mail(anchor: Anchor, *, on: date, to: str) -> str:
    """Name the mail of a day that tells somebody a head."""
    return f"{beginning_of(on)}{anchor.entries}:{anchor.head}:{to}"


def beginning_of(on: date) -> str:
    """Answer how the keys of a day's mails begin."""
    return f"{MAIL}:{on}:"


def mailed() -> Iterator[Anchor]:
    """Read the heads that were mailed out of the outbox."""
    keys = OutgoingEmail.objects.filter(key__startswith=f"{MAIL}:").values_list("key", flat=True)
    for found in filter(None, map(MAILED.match, keys)):
        yield Anchor(int(found["entries"]), found["head"])


def in_process_log(lines: Iterable[str]) -> Iterator[Anchor]:
    """Read the heads of the schema that is entered out of lines of the process log."""
    for found in filter(None, map(SEALED.search, lines)):
        if found["schema"] == ring.active_schema():
            yield Anchor(int(found["entries"]), found["head"].replace(".", ""))
