"""The ledger of occasions: what is taken back or put off is told anew when it is there again, and nothing else is."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from casework.models import LedgerEntry
from casework.reminders.sweep import sweep
from casework.timeline import ledger
from tenants.mail.models import OutgoingEmail
from tests.casework.applications.making import LAST_DAY, a_decision, application_at
from tests.casework.statements.making import a_statement
from tests.conftest import NOON

DAY = LAST_DAY - timedelta(days=14)
State = OutgoingEmail.State


def states():
    return list(OutgoingEmail.objects.order_by("created_at").values_list("state", flat=True))


@pytest.fixture
def decision(kaavi, aino):
    """One of which the coordinator has been told, by a mail that has not gone out."""
    decision = a_decision(by=aino)
    sweep(on=DAY, at=NOON)
    return decision


def test_an_entry_says_what_was_told_to_whom_and_how(decision, aino):
    entry = LedgerEntry.objects.get()

    assert entry.cause == f"appeal_in_14:{decision.pk}:2026-12-28"
    assert (entry.rule, entry.about, entry.due_on) == ("appeal_in_14", decision.pk, LAST_DAY)
    assert (entry.recipient, entry.channel, entry.times) == (aino, "email", 1)


def test_what_was_taken_back_by_mistake_is_told_after_all(decision):
    assert ledger.cancel(about=decision.pk, at=NOON) == 1
    assert states() == [State.CANCELLED]

    assert sweep(on=DAY, at=NOON) == 1

    entry = LedgerEntry.objects.get()
    assert (entry.times, entry.cancelled_at, states()) == (2, None, [State.CANCELLED, State.PENDING])
    assert sweep(on=DAY, at=NOON) == 0


def test_what_has_gone_out_is_not_taken_back_nor_told_again(decision):
    OutgoingEmail.objects.update(state=State.SENT)

    assert ledger.cancel(about=decision.pk, at=NOON) == 0
    assert sweep(on=DAY, at=NOON) == 0


def test_taking_back_twice_is_well(decision):
    assert [ledger.cancel(about=decision.pk, at=NOON) for _ in range(2)] == [1, 0]


def test_a_snoozed_reminder_comes_again_on_its_day_and_only_then(kaavi, aino):
    application_at("filed", by=aino)
    sweep(on=DAY, at=NOON)
    ledger.snooze(entry=LedgerEntry.objects.get(), until=DAY + timedelta(days=3))
    assert states() == [State.CANCELLED]

    told = [sweep(on=DAY + timedelta(days=days), at=NOON) for days in (0, 1, 2, 3, 4)]

    assert told == [0, 0, 0, 1, 0]
    assert states() == [State.CANCELLED, State.PENDING]


def test_a_nearer_threshold_does_not_wait_for_the_end_of_a_snooze(decision):
    ledger.snooze(entry=LedgerEntry.objects.get(), until=DAY + timedelta(days=10))

    assert sweep(on=DAY + timedelta(days=7), at=NOON) == 1
    assert sweep(on=DAY + timedelta(days=8), at=NOON) == 0


def test_a_task_is_neither_snoozed_nor_taken_back_by_the_ledger(kaavi, aino):
    request = a_statement(by=aino)
    sweep(on=DAY, at=NOON)
    entry = LedgerEntry.objects.get()

    ledger.snooze(entry=entry, until=DAY)
    assert ledger.cancel(about=request.pk, at=NOON) == 0
    assert sweep(on=DAY + timedelta(days=1), at=NOON) == 0


@pytest.mark.parametrize(("channel", "most"), [("email", 2), ("task", 1)])
def test_the_constraints_themselves_refuse_a_second_row(decision, aino, bertta, channel, most):
    known = {"cause": "x:1", "case": decision.application.case, "about": decision.pk, "due_on": DAY, "channel": channel}
    written = 0
    for recipient in (aino, aino, bertta, bertta):
        try:
            with transaction.atomic():
                LedgerEntry.objects.create(**known, recipient=recipient)
                written += 1
        except IntegrityError:
            pass

    assert written == most
