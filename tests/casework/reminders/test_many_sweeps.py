"""Sweeps in any order, at the same time, and killed halfway: each occasion is told once and none is missed."""

import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.applications.occasions import THRESHOLDS, nearest_threshold
from casework.decisions import actions as decisions
from casework.models import LedgerEntry
from casework.reminders import sweep as sweeping
from casework.timeline import emails
from tenants.accounts.permissions import Role
from tenants.mail.models import OutgoingEmail
from tenants.rounds import SomeFailed
from tenants.scope import in_municipality
from tests.casework.applications.making import (
    FILED,
    LAST_DAY,
    a_decision,
    application_at,
)
from tests.conftest import NOON
from tests.people import person

ROOT = Path(__file__).parents[3]
OVERDUE = FILED + timedelta(days=40)  # usually 39 days
# Overdue decisions, clocks of decisions and of appeals, appeals to be passed on, to be commented on and won,
# removals, statements, consents, papers, benefits and sickness allowances that end, here and elsewhere, the ledger.
QUERIES = 18


def before_last_day(days):
    return LAST_DAY - timedelta(days=days)


def sweep(on):
    return sweeping.sweep(on=on, at=NOON)


def mails():
    return list(OutgoingEmail.objects.order_by("created_at"))


DAYS = st.integers(min_value=-5, max_value=20).map(before_last_day)
MOVES = st.sampled_from([date(2026, 12, 21), LAST_DAY, date(2027, 1, 4)])
STEPS = st.lists(st.one_of(st.tuples(st.just("sweep"), DAYS), st.tuples(st.just("move"), MOVES)), max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_sweeps_in_any_order_tell_each_occasion_once_and_miss_none(kaavi, aino, steps):
    with transaction.atomic():
        decision = a_decision(by=aino)
        for step, day in steps:
            if step == "move":
                decision = decisions.confirm_notice(
                    decision=decision,
                    channel="post",
                    notice_on=decision.notice_on,
                    printed_last_day=day,
                    version=decision.version,
                    by=aino,
                    at=NOON,
                )
                continue
            sweep(day)
            assert is_told(decision, day)
        entries = list(LedgerEntry.objects.all())
        assert set(Counter((entry.cause, entry.recipient_id) for entry in entries).values()) <= {1}
        assert len(mails()) == sum(entry.times for entry in entries)
        left = {mail.key for mail in mails() if mail.state == OutgoingEmail.State.PENDING}
        assert left == {entry.mail_key for entry in entries if entry.cancelled_at is None}
        transaction.set_rollback(True)


def is_told(decision, on):
    """Whether what was reached by a day, or something nearer about the same last day, was told and not taken back."""
    if decision.last_day - on > timedelta(days=14):
        return True
    reached = nearest_threshold(decision.last_day, on)
    told = LedgerEntry.objects.filter(about=decision.pk, due_on=decision.last_day, cancelled_at=None)
    return any(entry.rule in {f"appeal_in_{days}" for days in THRESHOLDS if days <= reached} for entry in told)


def test_a_sweep_that_fails_over_one_mail_has_written_the_others_and_the_next_one_writes_it(kaavi, aino, monkeypatch):
    first, second = (application_at("filed", by=aino) for _number in range(2))
    write = emails.reminder

    def fails_over_the_first(*, entry, **rest):
        if entry.about == first.pk:
            raise RuntimeError("070770-905D")
        return write(entry=entry, **rest)

    monkeypatch.setattr(emails, "reminder", fails_over_the_first)
    with pytest.raises(SomeFailed, match=rf"1 of \d+ failed: decision_overdue {first.pk} \(RuntimeError\)") as failure:
        sweep(OVERDUE)
    assert failure.value.count == 1
    assert LedgerEntry.objects.get().about == second.pk

    monkeypatch.setattr(emails, "reminder", write)
    sweep(OVERDUE)
    assert set(LedgerEntry.objects.values_list("about", flat=True)) == {first.pk, second.pk}
    assert len(mails()) == 2


def test_a_sweep_costs_as_many_queries_whatever_was_reminded_of_before(kaavi, aino, django_assert_num_queries):
    application_at("filed", by=aino)
    sweep(OVERDUE)
    with django_assert_num_queries(QUERIES):
        sweep(OVERDUE)
    for _number in range(5):
        application_at("filed", by=aino)
        a_decision(by=aino)
    sweep(before_last_day(3))

    with django_assert_num_queries(QUERIES):
        sweep(before_last_day(3))


def cases_of_kaavi(number):
    """Make overdue applications and appeal clocks in a database where commits are real."""
    with in_municipality("kaavi"):
        aino = person("Aino", Role.COORDINATOR)
        for _number in range(number):
            application_at("filed", by=aino)
            a_decision(by=aino)


def ledger_of_kaavi():
    with in_municipality("kaavi"):
        return LedgerEntry.objects.count(), OutgoingEmail.objects.count()


def test_sweeps_of_many_threads_at_once_queue_each_reminder_once(own_database):
    cases_of_kaavi(4)
    start, queued = threading.Barrier(4), []

    def work():
        try:
            with in_municipality("kaavi"):
                start.wait(timeout=20)
                queued.append(sweep(before_last_day(7)))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sum(queued) == 8
    assert ledger_of_kaavi() == (8, 8)


def test_sweeps_of_several_processes_of_which_one_is_killed_halfway_queue_each_reminder_once(own_database):
    cases_of_kaavi(5)
    command = [sys.executable, "manage.py", "queue_reminders", "--on", before_last_day(7).isoformat()]

    def sweeping():
        return subprocess.Popen(command, cwd=ROOT, env=own_database, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    killed = sweeping()
    while killed.poll() is None and ledger_of_kaavi() == (0, 0):
        time.sleep(0.05)
    killed.kill()
    killed.communicate()
    assert ledger_of_kaavi()[0] == ledger_of_kaavi()[1]  # never a row without its mail

    others = [sweeping(), sweeping()]
    errors = [process.communicate(timeout=90)[1] for process in others]
    assert [process.returncode for process in others] == [0, 0], errors
    assert ledger_of_kaavi() == (10, 10)
