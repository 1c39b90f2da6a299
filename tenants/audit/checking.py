"""Checking the access log of the schema that is entered: its chain, its seals, and its heads that stand elsewhere.

All are walked once, from the oldest entry or the last checkpoint. What is younger than the last seal is counted and
named: the chain alone proves nothing to somebody who can write it anew.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from tenants.audit import anchors, reasons, rules, sealing
from tenants.audit.anchors import Anchor
from tenants.audit.models import AccessEntry, Seal
from tenants.display import moment
from tenants.encryption import EncryptionError

LATE = timedelta(minutes=15)  # three times as long as until the next seal (tasks.schedule)
COLUMNS = [field.attname for field in AccessEntry._meta.concrete_fields]

Kind = Seal.Kind


class Fault(StrEnum):
    """What can be found."""

    ENTRY = "entry"
    REASON = "reason"
    NAME = "name"
    SEAL = "seal"
    KEY = "key"
    GAP = "gap"
    SEALED = "sealed"
    UNSEALED = "unsealed"
    ANCHOR = "anchor"


# The number is an entry's or a seal's, of the last one how many entries there were.
WORDS = {
    Fault.ENTRY: _(
        "Entry %(number)s of %(moment)s does not follow from the one before: something was changed, added or removed."
    ),
    Fault.REASON: _("The reason in entry %(number)s of %(moment)s is not the one that was written."),
    Fault.NAME: _("A name was changed in the entries that seal %(number)s of %(moment)s stands for."),
    Fault.SEAL: _("Seal %(number)s of %(moment)s was not made by this service, or it was changed."),
    Fault.KEY: _("Seal %(number)s of %(moment)s cannot be checked: its master key is not on this machine."),
    Fault.GAP: _("Seals before seal %(number)s of %(moment)s were removed."),
    Fault.SEALED: _(
        "What seal %(number)s of %(moment)s stands for is not there any more: entries were removed or written anew."
    ),
    Fault.UNSEALED: _(
        "Entry %(number)s of %(moment)s should have been sealed long since: seals were removed, or nothing seals."
    ),
    Fault.ANCHOR: _(
        "The log that was mailed or written down elsewhere (number of entries: %(number)s) is not this one: entries "
        "were removed or written anew."
    ),
}


@dataclass(frozen=True)
class Finding:
    """The first place at which a fault was found."""

    fault: Fault
    number: int
    at: datetime | None = None

    def __str__(self) -> str:
        return str(WORDS[self.fault]) % {"number": self.number, "moment": moment(self.at) if self.at else ""}


@dataclass(frozen=True)
class Report:
    """What was found, how many entries there are, and up to where they are sealed."""

    findings: list[Finding]
    entries: int
    sealed: Seal | None

    @property
    def is_whole(self) -> bool:
        return not self.findings

    @property
    def unsealed(self) -> int:
        """How many entries nothing but the chain proves yet."""
        return max(0, self.entries - (self.sealed.entries if self.sealed else 0))


def check(*, elsewhere: Iterable[Anchor] = ()) -> Report:
    """Walk the whole log. `elsewhere` are heads that somebody has at hand, beside those of the outbox.

    Seals are read before entries, so that what is written meanwhile is only younger.
    """
    seals = list(Seal.objects.order_by("number"))
    walk = _Walk(seals, [*anchors.mailed(), *elsewhere])
    now = sealing.head().at
    for entry in AccessEntry.objects.order_by("id").values_list(*COLUMNS, named=True).iterator(chunk_size=2000):
        walk.pass_entry(entry)
        if entry.id > walk.sealed_until and entry.at < now - LATE:
            walk.note(Fault.UNSEALED, entry.id, entry.at)
    walk.end()
    return Report(list(walk.found.values()), walk.entries, walk.sealed)


class _Walk:
    """Goes from entry to entry and passes the seals and heads that stand for each."""

    def __init__(self, seals: list[Seal], heads: Iterable[Anchor]) -> None:
        self.found: dict[Fault, Finding] = {}
        self.names = rules.Names()
        good = self._good(seals)
        begin = next((seal for seal in reversed(good) if seal.kind == Kind.CHECKPOINT), None) or Seal(
            number=0, last_entry=0, entries=0, head=""
        )
        self.sealed = good[-1] if good else None
        self.sealed_until = self.sealed.last_entry if self.sealed else 0
        self.begun_by, self.entries, self.previous = begin.number, begin.entries, begin.head
        self.seals = deque(seal for seal in good if seal.last_entry > begin.last_entry)
        self.heads: dict[int, set[str]] = defaultdict(set)
        for anchor in heads:
            if anchor.entries > begin.entries:
                self.heads[anchor.entries].add(anchor.head)

    def note(self, fault: Fault, number: int, at: datetime | None = None) -> None:
        """Keep the first finding of each kind."""
        self.found.setdefault(fault, Finding(fault, number, at))

    def pass_entry(self, entry: Any) -> None:
        """Check that an entry follows from the one before, and what stands for it."""
        reason = self._reason_of(entry)
        if entry.previous != self.previous or entry.digest != rules.digest_of(entry, reason=reason):
            self.note(Fault.ENTRY, entry.id, entry.at)
        self.previous = entry.digest
        self.entries += 1
        self.names.add(entry)
        while self.seals and self.seals[0].last_entry <= entry.id:
            self._pass_seal(self.seals.popleft(), entry)
        if any(head != entry.digest for head in self.heads.pop(self.entries, ())):
            self.note(Fault.ANCHOR, self.entries)

    def end(self) -> None:
        """Note what stands for entries that did not come."""
        for seal in self.seals:
            self.note(Fault.SEALED, seal.number, seal.at)
        for entries in sorted(self.heads):
            self.note(Fault.ANCHOR, entries)

    def _good(self, seals: list[Seal]) -> list[Seal]:
        """Pick the seals that this service made, noting the others and the numbers that are missing."""
        good = []
        expected = seals[0].number if seals and seals[0].kind == Kind.CHECKPOINT else 1
        for seal in seals:
            if seal.number != expected:
                self.note(Fault.GAP, seal.number, seal.at)
            expected = seal.number + 1
            if self._is_good(seal):
                good.append(seal)
        return good

    def _is_good(self, seal: Seal) -> bool:
        try:
            is_good = sealing.is_proven(seal)
        except sealing.UnknownSealKey:
            self.note(Fault.KEY, seal.number, seal.at)
            return False
        if not is_good:
            self.note(Fault.SEAL, seal.number, seal.at)
        return is_good

    def _pass_seal(self, seal: Seal, entry: Any) -> None:
        if (seal.last_entry, seal.entries, seal.head) != (entry.id, self.entries, entry.digest):
            self.note(Fault.SEALED, seal.number, seal.at)
        elif seal.kind == Kind.NAMES and seal.number > self.begun_by and seal.names != self.names.digest():
            self.note(Fault.NAME, seal.number, seal.at)

    def _reason_of(self, entry: Any) -> str:
        """Open a reason, which has to be the one that the chain knows the hash of."""
        try:
            reason = entry.reason.opened(entry.reason_key)
        except EncryptionError:
            self.note(Fault.REASON, entry.id, entry.at)
            return ""
        if reasons.hash_of(reason, key=entry.reason_key) != entry.reason_hash:
            self.note(Fault.REASON, entry.id, entry.at)
        return str(reason)
