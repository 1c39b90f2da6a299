"""What the chain of the access log and its seals are made of. Pure: values in, digests out.

`append_access_2.sql` computes the second rule; entries from before it are checked by the first.
"""

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any


def digest_of(entry: Any, *, reason: str) -> str:
    """Compute the digest that an entry must have. `reason` is what was written, opened."""
    rule = RULES.get(entry.version)
    return rule(entry, reason) if rule else ""


def in_lengths(parts: Iterable[str]) -> bytes:
    """Join texts so that no two lists of texts are joined to the same bytes: each after its own length."""
    return b"".join(b"%d:%b" % (len(part), part) for part in (text.encode() for text in parts))


def stamp_of(moment: datetime) -> str:
    """Write a moment as digests hold it, to the microsecond."""
    return f"{moment.astimezone(UTC):%Y%m%d%H%M%S%f}"


def message_of(seal: Any, *, schema: str) -> bytes:
    """Write down what a seal says, for its MAC: everything in it, and whose it is."""
    numbers = [str(number) for number in (seal.number, seal.last_entry, seal.entries)]
    return in_lengths([schema, seal.kind, *numbers, seal.head, seal.names, stamp_of(seal.at), seal.key_id])


class Names:
    """A digest over the names in entries of the first rule, whose own digests do not hold them."""

    def __init__(self) -> None:
        self._total = hashlib.sha256()

    def add(self, entry: Any) -> None:
        """Add an entry; those of later rules count for nothing."""
        if entry.version == 1:
            self._total.update(in_lengths([entry.digest, entry.actor_name]))

    def digest(self) -> str:
        return self._total.hexdigest()


def _first(entry: Any, reason: str) -> str:
    """Without the actor's name, and parted by a character that a text may hold."""
    about = [entry.subject_kind, entry.subject, reason, entry.route, entry.request_id]
    values = [entry.previous, stamp_of(entry.at), str(entry.actor), entry.roles, entry.action, *about]
    return hashlib.sha256("\x1f".join(values).encode()).hexdigest()


def _second(entry: Any, reason: str) -> str:
    """Every column; the reason by the hash that is kept beside it, which tells nothing without this schema's key."""
    about = [entry.subject_kind, entry.subject, entry.reason_hash, entry.route, entry.request_id]
    values = [entry.previous, stamp_of(entry.at), str(entry.actor), entry.actor_name, entry.roles, entry.action, *about]
    return hashlib.sha256(in_lengths(["2", *values])).hexdigest()


RULES: dict[int, Callable[[Any, str], str]] = {1: _first, 2: _second}
