"""Sending what is due in the outbox of the schema one is inside of, so that no mail is lost and none is sent twice.

A mail is claimed and committed before the server hears of it. Whoever dies in between leaves it `sending`; when its
lease is over it becomes `unknown`, and only the mail server's record or a person turns that into `sent` or `pending`.
Mails are claimed one by one, so that a killed worker leaves one unclear mail and not a batch of them.
"""

import time
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.errors import Refusal
from tenants.mail import archive
from tenants.mail.conversation import Conversation, NotTaken, Refused, Unclear, Unreachable, is_server_reachable
from tenants.mail.models import OutgoingEmail
from tenants.rounds import Round

LEASE = timedelta(seconds=60)  # longer than a mail takes with every answer of the server as late as it may be
GRACE = timedelta(seconds=10)  # for a server that still writes down what it took when we were gone
RUN = timedelta(minutes=2)  # then the next alarm goes on
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 30, 60))  # between tries; the last one repeats
MOST_TRIES = 30  # about a day

State = OutgoingEmail.State


class NothingToDecide(Refusal):
    user_message = _("This mail has already been settled.")


class Emptied(Refusal):
    user_message = _("What this mail said has been removed, so it cannot be sent again.")


@dataclass(frozen=True)
class _Run:
    """One round of delivery: it began at a given moment, and time goes on from there."""

    at: datetime
    begun: float = field(default_factory=time.monotonic)

    def moment(self) -> datetime:
        return self.at + timedelta(seconds=time.monotonic() - self.begun)

    def is_over(self, end: datetime | None) -> bool:
        return end is None or self.moment() >= end


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
        while not run.is_over(at + RUN):
            conversation.open()  # before the claim, so that a server that is away leaves the mail as it was
            mail = _claim(run)
            if mail is None:
                break
            with everything.turn(f"mail {mail.pk}"):
                everything.count += _deliver(mail, conversation, run)
    return everything.end()


def _due(at: datetime) -> QuerySet[OutgoingEmail]:
    return OutgoingEmail.objects.filter(state=State.PENDING, due_at__lte=at)


@transaction.atomic(durable=True)
def _claim(run: _Run) -> OutgoingEmail | None:
    """Take one due mail for the length of a lease. Whatever was cancelled or postponed meanwhile is not due."""
    mail = _due(run.at).select_for_update(skip_locked=True).order_by("due_at", "pk").first()
    if mail is None:
        return None
    mail.state = State.SENDING
    mail.lease_until = run.moment() + LEASE
    mail.attempts += 1
    mail.save(update_fields=["state", "lease_until", "attempts"])
    return mail


def _deliver(mail: OutgoingEmail, conversation: Conversation, run: _Run) -> bool:
    if run.is_over(mail.lease_until):  # the commit of the claim took that long: the mail is no longer ours
        return False
    try:
        conversation.send(mail)
    except NotTaken as fault:
        _try_later(mail, fault.reason, at=run.moment())
    except Refused as fault:
        _move_claimed(mail, State.FAILED, reason=fault.reason)
    except Unclear as fault:
        _move_claimed(mail, State.UNKNOWN, reason=fault.reason)
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
        _move_claimed(mail, State.FAILED, reason=reason)
    else:
        wait = WAITS[min(mail.attempts, len(WAITS)) - 1]
        _move_claimed(mail, State.PENDING, reason=reason, due_at=at + wait)


def _move_claimed(mail: OutgoingEmail, state: State, *, reason: str, **changes: datetime) -> None:
    """Move a mail that is still ours: the end of its lease says whose it is."""
    ours = OutgoingEmail.objects.filter(pk=mail.pk, state=State.SENDING, lease_until=mail.lease_until)
    ours.update(state=state, last_error=reason, **changes)


# --- finding out --------------------------------------------------------------------------------------------------


def reconcile(*, at: datetime) -> int:
    """Find out what became of unclear mails; answer how many are clear now.

    The record has it: it was sent. The record lacks it although its lease and a grace are over and the server
    answers: it was not, and it is due again. There is no record: a person decides.
    """
    OutgoingEmail.objects.filter(state=State.SENDING, lease_until__lt=at).update(state=State.UNKNOWN)
    unclear = OutgoingEmail.objects.filter(state=State.UNKNOWN, lease_until__lt=at - GRACE, emptied_at=None)
    keys = {mail.message_id: mail.pk for mail in unclear}
    record = archive.configured() if keys else None
    if record is None:
        return 0
    held = record.holding(keys)
    found = [key for message_id, key in keys.items() if message_id in held]
    absent = [key for message_id, key in keys.items() if message_id not in held]
    clear = _unknown(found).update(state=State.SENT, sent_at=at)
    if absent and is_server_reachable():
        clear += _unknown(absent).update(state=State.PENDING, due_at=at)
    return clear


def _unknown(keys: list[uuid.UUID]) -> QuerySet[OutgoingEmail]:
    return OutgoingEmail.objects.filter(pk__in=keys, state=State.UNKNOWN)


# --- a person decides ---------------------------------------------------------------------------------------------


@transaction.atomic
def decide_sent(*, mail: OutgoingEmail, by: User, at: datetime) -> None:
    """Close an unclear mail as sent, because a person knows that it arrived.

    Raises:
        NothingToDecide: its fate is no longer unclear.
    """
    _decide(mail, {State.UNKNOWN}, State.SENT, by=by, sent_at=at)


@transaction.atomic
def decide_resend(*, mail: OutgoingEmail, by: User, at: datetime) -> None:
    """Send an unclear or failed mail again, because a person knows that it did not arrive.

    Raises:
        NothingToDecide: it has been sent, or waits to be.
        Emptied: nobody knows any more what it said.
    """
    _decide(mail, {State.UNKNOWN, State.FAILED}, State.PENDING, by=by, due_at=at, attempts=0)
    if OutgoingEmail.objects.filter(pk=mail.pk, emptied_at__isnull=False).exists():
        raise Emptied


def _decide(mail: OutgoingEmail, before: set[State], after: State, *, by: User, **changes: datetime | int) -> None:
    if not by.has(Permission.RESOLVE_MAIL):
        raise PermissionDenied
    if not OutgoingEmail.objects.filter(pk=mail.pk, state__in=before).update(state=after, **changes):
        raise NothingToDecide
    access_log.record(by=by, action=f"mail.decided_{after}", subjects=[Subject("mail", str(mail.pk))])
