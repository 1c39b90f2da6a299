"""The ledger of occasions: what a rule asks to be told or done, to whom and how, each once.

Subjects say which occasions there are (`SOURCES` in their `occasions` module) and `casework.reminders` sweeps them;
here they are written down, put off and taken back.
"""

import enum
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db import transaction
from django.db.models import Q

from casework.models import Case, LedgerEntry
from tenants.accounts.models import User
from tenants.mail.models import OutgoingEmail

Channel = LedgerEntry.Channel


class ForWhom(enum.Enum):
    """Who is told."""

    COORDINATOR = enum.auto()  # also one who is away: what is to be done goes over with the case
    WHO_IS_THERE = enum.auto()  # the coordinator, or the supervisors when that one is away or has another role


@dataclass(frozen=True, kw_only=True)
class AsTask:
    """Tell it as a task; the title is asked for in the language of who does it."""

    channel: ClassVar[Channel] = Channel.TASK
    title: Callable[[], str]


@dataclass(frozen=True, kw_only=True)
class AsMail:
    """Tell it by e-mail: the name of the mail's three files, and where its link leads."""

    channel: ClassVar[Channel] = Channel.EMAIL
    template: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """Something a rule wants somebody to know or do.

    `cause` names it for ever, as `consent:<id>:<valid_until>`: the same cause is never told twice, so it must hold the
    day when a new day is a new occasion. `about` is the record whose end ends it; `due_on` follows from the record,
    never from the day of the sweep. `is_still` is asked once more with the case locked: what ends the occasion takes
    the same lock. Whoever was told one of the causes `nearer` needs this one no more. `keeper` is the key of who
    follows it in a closed case, and is told in the coordinator's place.
    """

    cause: str
    case: Case
    about: uuid.UUID
    due_on: date
    for_whom: ForWhom
    channels: tuple[AsTask | AsMail, ...]
    is_still: Callable[[], bool]
    nearer: tuple[str, ...] = ()
    keeper: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Source[Row]:
    """A rule that asks: the rows that may give an occasion on a day, and the occasion of one of them, or none.

    `about` is the row's key. `is_statutory` is a time that the law sets: it goes before all others.

    `holding` answers the causes that hold in one case, whether or not their time has come. A rule that has it wants its
    open tasks to lapse when their cause holds no more (`casework.case_tasks.lapsing`); its name begins its causes.
    """

    name: str
    rows: Callable[[date], Iterable[Row]]
    about: Callable[[Row], uuid.UUID]
    occasion: Callable[[Row, date], Occasion | None]
    is_statutory: bool = False
    holding: Callable[[Case], Iterable[str]] | None = None


type Told = set[tuple[str, str, uuid.UUID | None]]


def told(occasions: Iterable[Occasion], *, on: date) -> Told:
    """Read what of these has been told, in one query, so that a sweep costs only what is new.

    What was cancelled before it went out was not told, nor what was put off until a day that is here.
    """
    causes = {cause for occasion in occasions for cause in (occasion.cause, *occasion.nearer)}
    stands = Q(cancelled_at=None) & (Q(snoozed_until=None) | Q(snoozed_until__gt=on))
    rows = LedgerEntry.objects.filter(stands, cause__in=causes)
    return {_key(*row) for row in rows.values_list("cause", "channel", "recipient_id")}


def is_told(known: Told, occasion: Occasion, channel: Channel, to: User) -> bool:
    """Tell whether this person knows of the occasion, or of a nearer one, which makes it stale."""
    return any(_key(cause, channel, to.pk) in known for cause in (occasion.cause, *occasion.nearer))


def enter(occasion: Occasion, channel: Channel, *, to: User) -> LedgerEntry:
    """Write down that an occasion is told to somebody. The caller holds the case's lock and has asked `is_told`."""
    entry, is_new = LedgerEntry.objects.get_or_create(
        cause=occasion.cause,
        recipient=to,
        channel=channel,
        defaults={"case": occasion.case, "about": occasion.about, "due_on": occasion.due_on},
    )
    if not is_new:
        entry.times += 1
        entry.cancelled_at = entry.snoozed_until = None
        entry.save(update_fields=["times", "cancelled_at", "snoozed_until"])
    return entry


@transaction.atomic
def cancel(*, about: uuid.UUID, at: datetime) -> int:
    """Take back what is told by mail about a record and has not gone out; answer how much.

    Should the same occasion come again, because what ended it was a mistake, it is told after all.
    """
    entries = LedgerEntry.objects.filter(about=about, channel=Channel.EMAIL, cancelled_at=None)
    taken_back = _take_back(list(entries))
    return LedgerEntry.objects.filter(pk__in=[entry.pk for entry in taken_back]).update(cancelled_at=at)


@transaction.atomic
def snooze(*, entry: LedgerEntry, until: date) -> None:
    """Put a reminder off: it is told anew on a day, if the occasion is still there. A task has a day of its own."""
    _take_back([entry])
    LedgerEntry.objects.filter(pk=entry.pk, channel=Channel.EMAIL).update(snoozed_until=until)


def _take_back(entries: list[LedgerEntry]) -> list[LedgerEntry]:
    """Cancel the mails of entries that have not gone out; answer whose they were."""
    pending = OutgoingEmail.objects.select_for_update().filter(
        key__in=[entry.mail_key for entry in entries], state=OutgoingEmail.State.PENDING
    )
    cancelled = {mail.key for mail in pending}
    OutgoingEmail.objects.filter(key__in=cancelled).update(state=OutgoingEmail.State.CANCELLED)
    return [entry for entry in entries if entry.mail_key in cancelled]


def _key(cause: str, channel: str, recipient: uuid.UUID) -> tuple[str, str, uuid.UUID | None]:
    """A task is written once, whoever does it; a mail once for each who is told."""
    return cause, channel, None if channel == Channel.TASK else recipient
