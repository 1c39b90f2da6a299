"""Sealing the head of the access log of the schema that is entered, with a key that is not in the database.

Whoever rules the database can write a whole log anew, digests and all; they cannot make its seals. What is younger than
the last seal is the limit: nothing proves it yet.
"""

import hashlib
import hmac
import logging
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction

from tenants.audit import rules
from tenants.audit.models import AccessEntry, Seal
from tenants.keys import master, ring

PURPOSE = "suunta: seal of an access log"
LINE = "Access log sealed:"  # in the process log; tenants.audit.anchors reads it there

Kind = Seal.Kind
logger = logging.getLogger(__name__)


class SealedEntryGone(Exception):
    """The entry that the last seal stands for is not in the log: somebody removed it or wrote it anew."""


class UnknownSealKey(Exception):
    """The seal was made with a master key that this machine does not have."""


class Head(NamedTuple):
    """The end of the log: its last entry and digest, how many were added after a known one, and the log's own time."""

    last_entry: int | None
    added: int
    digest: str | None
    at: datetime


def head(*, after: int = 0) -> Head:
    """Read the end of the log, counting the entries after one."""
    with connection.cursor() as cursor:
        cursor.execute("select last_entry, added, head, at from log_head(%s)", [after])
        return Head(*cursor.fetchone())


def seal_head() -> int:
    """Seal the head if it has moved since the last seal; answer how many seals were made.

    May run at the same time elsewhere: one of them seals.

    Raises:
        SealedEntryGone: what was sealed last is not there. What came later is sealed all the same.
    """
    last = newest()
    made = seal(Kind.HEAD) if _has_moved(last) else None
    if last is not None and not _is_there(last):
        raise SealedEntryGone(last.number)
    return 0 if made is None else 1


def seal(kind: Seal.Kind, *, names: str = "") -> Seal | None:
    """Seal the head whether it has moved or not; None when there is nothing to seal or somebody else was faster.

    A log that ends before its last seal is not sealed: nothing new would be proven.
    """
    known = newest() or Seal(last_entry=0, entries=0)
    end = head(after=known.last_entry)
    if end.last_entry is None or end.last_entry < known.last_entry:
        return None
    entries = known.entries + end.added
    return add(
        Seal(kind=kind, last_entry=end.last_entry, entries=entries, head=end.digest or "", names=names, at=end.at)
    )


def add(made: Seal) -> Seal | None:
    """Give a seal the next number, prove it with the current key and add it; None when somebody else was faster."""
    last = newest()
    made.number = last.number + 1 if last else 1
    made.key_id = next(iter(_keys()))
    made.mac = mac_of(made)
    values = [getattr(made, field.attname) for field in Seal._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute("select append_seal(%s, %s, %s, %s, %s, %s, %s, %s, %s)", values)
        is_added: bool = cursor.fetchone()[0]
    if not is_added:
        return None
    transaction.on_commit(lambda: logger.info("%s %s", LINE, line_of(made)))
    return made


def newest() -> Seal | None:
    """Read the last seal."""
    return Seal.objects.order_by("-number").first()


def mac_of(made: Seal) -> str:
    """Compute what proves a seal.

    Raises:
        UnknownSealKey
    """
    key = _keys().get(made.key_id)
    if key is None:
        raise UnknownSealKey(made.key_id)
    return hmac.digest(key, rules.message_of(made, schema=ring.active_schema()), hashlib.sha256).hex()


def is_proven(made: Seal) -> bool:
    """Tell whether this service made a seal, and made it here.

    Raises:
        UnknownSealKey
    """
    return hmac.compare_digest(mac_of(made), made.mac)


def line_of(made: Seal) -> str:
    """Write a seal in one line, digests in eights: a longer run of letters may look like an identity code."""
    numbers = f"{made.number} {made.kind} {made.last_entry} {made.entries}"
    digests = f"{in_eights(made.head)} {in_eights(made.names) or '-'}"
    return f"{ring.active_schema()} {numbers} {digests} {made.at.isoformat()} {made.key_id} {in_eights(made.mac)}"


def in_eights(digest: str) -> str:
    """Part a digest with dots."""
    return ".".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def _has_moved(last: Seal | None) -> bool:
    newer = AccessEntry.objects.filter(pk__gt=last.last_entry if last else 0)
    return newer.exists()


def _is_there(last: Seal) -> bool:
    is_removed = last.kind == Kind.CHECKPOINT
    return is_removed or AccessEntry.objects.filter(pk=last.last_entry, digest=last.head).exists()


def _keys() -> dict[str, bytes]:
    return master.derived(settings.MASTER_KEYS_FILE, purpose=PURPOSE)
