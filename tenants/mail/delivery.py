"""Sending what is due in the outbox of the schema one is inside of, so that no mail is lost and none is sent twice.

A mail is claimed and committed before the server hears of it. Whoever dies in between leaves it `sending`; when its
lease is over it becomes `unknown`, and only the mail server's record or a person turns that into `sent` or `pending`.
Mails are claimed one by one, so that a killed worker leaves one unclear mail and not a batch of them.

The lease goes by the database's clock, which is one, not by those of the machines. It is also the version of what was
read: whoever moves a mail says under which lease it was so, and moves nothing that others have moved since.
"""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils.translation import gettext_lazy as _

from tenants import due, leases, tracing
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.errors import Refusal
from tenants.mail import archive
from tenants.mail.conversation import Conversation, NotTaken, Refused, Unclear, Unreachable, is_server_reachable
from tenants.mail.models import OutgoingEmail
from tenants.rounds import Round

RUN = timedelta(seconds=30)  # then others of its queue have their turn
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 30, 60))  # between tries; the last one repeats
MOST_TRIES = 30  # about a day

State = OutgoingEmail.State


class NothingToDecide(Refusal):
    user_message = _("This mail has already been settled.")


class Overtaken(Refusal):
    user_message = _("This mail was tried again meanwhile. Look how that went before you decide.")


class Emptied(Refusal):
    user_message = _("What this mail said has been removed, so it cannot be sent again.")


@dataclass(frozen=True)
class _Run:
    """One round of delivery: it began at a given moment, and time goes on from there."""

    at: datetime
    begun: float = field(default_factory=time.monotonic)

    def moment(self) -> datetime:
        return self.at + timedelta(seconds=time.monotonic() - self.begun)

    @property
    def is_over(self) -> bool:
        return self.moment() >= self.at + RUN


# --- sending ------------------------------------------------------------------------------------------------------


def deliver_due(*, at: datetime) -> int:
    """Send the mails that are due at a moment; answer how many the server took.

    May run at the same time elsewhere, and be killed at any point.

    Raises:
        Unreachable: the mail server does not answer; what is due stays due.
        SomeFailed: over some mails this process failed; their fate is found out as that of a killed one's.
    """
    run, everything = _Run(at), Round(stopped_by=(Unreachable,))
    if not _due(at).exists():
        return 0
    with Conversation() as conversation:
        while not run.is_over:
            conversation.open()  # before the claim, so that a server that is away leaves the mail as it was
            asked = time.monotonic()
            mail = _claim(at)
            if mail is None:
                break
            if time.monotonic() - asked >= settings.MAIL_LEASE.total_seconds():
                continue  # the commit of the claim took that long: the mail is no longer ours
            with tracing.following(mail.trace or tracing.current()), everything.turn(f"mail {mail.pk}"):
                everything.count += _deliver(mail, conversation, run)
    return everything.end()


def next_due() -> datetime | None:
    """Answer when the first mail is due."""
    first: datetime | None = _pending().aggregate(first=Min("due_at"))["first"]
    return first


def _due(at: datetime) -> QuerySet[OutgoingEmail]:
    return _pending().filter(due_at__lte=at)


def _pending() -> QuerySet[OutgoingEmail]:
    return OutgoingEmail.objects.filter(state=State.PENDING)


@transaction.atomic(durable=True)
def _claim(at: datetime) -> OutgoingEmail | None:
    """Take one due mail for the length of a lease. Whatever was cancelled or postponed meanwhile is not due."""
    mail = _due(at).select_for_update(skip_locked=True).order_by("due_at", "pk").first()
    if mail is None:
        return None
    mail.state = State.SENDING
    mail.lease_until = leases.ends_in(settings.MAIL_LEASE)
    mail.attempts += 1
    mail.save(update_fields=["state", "lease_until", "attempts"])
    mail.refresh_from_db(fields=["lease_until"])
    return mail


def _deliver(mail: OutgoingEmail, conversation: Conversation, run: _Run) -> bool:
    try:
        conversation.send(mail)
    except NotTaken as fault:
        _try_later(mail, fault.reason, at=run.moment())
    except Refused as fault:
        _move(mail, State.FAILED, last_error=fault.reason)
    except Unclear as fault:
        _move(mail, State.UNKNOWN, last_error=fault.reason)
    except Exception:  # nobody knows what the server has heard: the next mail begins another conversation
        conversation.close()
        raise
    else:
        # Sent is sent, whatever others made of the mail when this process was slow.
        OutgoingEmail.objects.filter(pk=mail.pk).update(state=State.SENT, sent_at=run.moment(), last_error="")
        return True
    return False


def _try_later(mail: OutgoingEmail, reason: str, *, at: datetime) -> None:
    if mail.attempts >= MOST_TRIES:
        _move(mail, State.FAILED, last_error=reason)
    else:
        wait = WAITS[min(mail.attempts, len(WAITS)) - 1]
        _move(mail, State.PENDING, last_error=reason, due_at=at + wait)


def _move(mail: OutgoingEmail, state: State, **changes: datetime | int | str) -> bool:
    """Move a mail that is still as it was read, state and lease; tell whether it was."""
    as_read = OutgoingEmail.objects.filter(pk=mail.pk, state=mail.state, lease_until=mail.lease_until)
    return bool(as_read.update(state=state, **changes))


# --- finding out --------------------------------------------------------------------------------------------------


def reconcile(*, at: datetime) -> int:
    """Find out what became of unclear mails; answer how many are clear now.

    The record has it: it was sent. The record lacks it although its lease and a grace are over and the server
    answers: it was not, and it is due again. There is no record: a person decides.
    """
    OutgoingEmail.objects.filter(leases.is_over(), state=State.SENDING).update(state=State.UNKNOWN)
    unclear = _unclear()
    record = archive.configured() if unclear else None
    if record is None:
        return 0
    held = record.holding([mail.message_id for mail in unclear])
    found = [mail for mail in unclear if mail.message_id in held]
    absent = [mail for mail in unclear if mail.message_id not in held]
    clear = sum(_move(mail, State.SENT, sent_at=at) for mail in found)
    if absent and is_server_reachable():
        clear += sum(_move(mail, State.PENDING, due_at=at) for mail in absent)
    return clear


def next_unclear(*, at: datetime) -> datetime | None:
    """Answer when there is something to find out, by the clock that says that it is `at` now.

    Without a record a person decides, and nothing is due.
    """
    open_ones = OutgoingEmail.objects.filter(state__in=[State.SENDING, State.UNKNOWN], emptied_at=None)
    left: timedelta | None = open_ones.aggregate(left=leases.first_ends_in())["left"]
    return at + left + settings.MAIL_GRACE if left is not None and archive.configured() else None


def _unclear() -> list[OutgoingEmail]:
    """The mails whose lease and grace are over, without what they say."""
    over = OutgoingEmail.objects.filter(leases.is_over(since=settings.MAIL_GRACE), state=State.UNKNOWN)
    return list(over.filter(emptied_at=None).defer("text", "html"))


# --- a person decides ---------------------------------------------------------------------------------------------


@transaction.atomic
def decide_sent(*, mail: OutgoingEmail, version: str, by: User, at: datetime) -> None:
    """Close an unclear mail as sent, because a person knows that it arrived. `version` is that of what they saw.

    Raises:
        NothingToDecide: its fate is no longer unclear.
        Overtaken: it was tried again since they looked.
    """
    _decide(mail, {State.UNKNOWN}, State.SENT, version=version, by=by, sent_at=at)


@transaction.atomic
def decide_resend(*, mail: OutgoingEmail, version: str, by: User, at: datetime) -> None:
    """Send an unclear or failed mail again, because a person knows that it did not arrive.

    Raises:
        NothingToDecide: it has been sent, or waits to be.
        Overtaken: it was tried again since they looked.
        Emptied: nobody knows any more what it said.
    """
    if mail.emptied_at:
        raise Emptied
    _decide(mail, {State.UNKNOWN, State.FAILED}, State.PENDING, version=version, by=by, due_at=at, attempts=0)
    due.announce(due.Kind.MAIL, at=at)


def _decide(
    mail: OutgoingEmail, before: set[State], after: State, *, version: str, by: User, **changes: datetime | int
) -> None:
    if not by.has(Permission.RESOLVE_MAIL):
        raise PermissionDenied
    if mail.state not in before:
        raise NothingToDecide
    if mail.version != version or not _move(mail, after, **changes):
        raise Overtaken
    access_log.record(by=by, action=f"mail.decided_{after}", subjects=[Subject("mail", str(mail.pk))])
