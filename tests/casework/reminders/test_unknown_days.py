"""Reminders follow the day that is known: a printed one is told of, a corrected one anew, and the old one no more."""

from datetime import date, timedelta

import pytest

from casework.decisions import actions as decisions
from casework.decisions import correcting
from casework.models import Decision, LedgerEntry
from casework.reminders.sweep import sweep
from tenants.mail.models import OutgoingEmail
from tests.casework.applications.making import a_decision, application_at, in_db
from tests.conftest import NOON

PRINTED = date(2026, 12, 15)
OTHER = date(2026, 12, 22)
State = OutgoingEmail.State


@pytest.fixture
def decision(kaavi, aino) -> Decision:
    """A rejection of pay subsidy, of which only the printed day is known."""
    application = application_at("filed", benefit="PAL", decider="employment_area", by=aino)
    return a_decision(application=application, printed_last_day=PRINTED, by=aino)


def sweep_before(last_day, days):
    on = last_day - timedelta(days=days)
    sweep(on=on, at=NOON + (on - NOON.date()))


def causes():
    return sorted(LedgerEntry.objects.filter(cancelled_at=None).values_list("cause", flat=True))


def notice_of(decision, **others):
    decision = in_db(decision)
    known = {"decision": decision, "channel": "post", "notice_on": decision.notice_on, "version": decision.version}
    return known | others


def test_a_day_that_is_only_printed_is_reminded_of(decision):
    sweep_before(PRINTED, 14)

    assert causes() == [f"appeal_in_14:{decision.pk}:2026-12-15"]
    assert OutgoingEmail.objects.get().state == State.PENDING


def test_a_corrected_printed_day_is_reminded_of_anew_and_what_has_not_gone_out_is_cancelled(decision, aino):
    sweep_before(PRINTED, 14)
    OutgoingEmail.objects.update(state=State.SENT)
    sweep_before(PRINTED, 7)

    decisions.confirm_notice(**notice_of(decision, printed_last_day=OTHER), by=aino, at=NOON)
    sweep_before(OTHER, 14)

    states = dict(OutgoingEmail.objects.values_list("key", "state"))
    by_cause = {key.split(":")[1]: state for key, state in states.items() if PRINTED.isoformat() in key}
    assert by_cause == {"appeal_in_14": State.SENT, "appeal_in_7": State.CANCELLED}
    assert f"appeal_in_14:{decision.pk}:2026-12-22" in causes()
    assert not any(cause == f"appeal_in_7:{decision.pk}:2026-12-15" for cause in causes())


def test_a_corrected_day_of_notice_is_reminded_of_anew(kaavi, aino):
    decision = a_decision(by=aino)
    sweep_before(decision.last_day, 7)
    before = causes()
    said = {name: getattr(decision, name) for name in Decision.CORRECTED} | {"notice_on": date(2026, 11, 16)}

    decision = correcting.correct(decision=decision, **said, reason="x", version=decision.version, by=aino, at=NOON)
    sweep_before(decision.last_day, 7)

    assert OutgoingEmail.objects.filter(state=State.CANCELLED).count() == 1
    assert set(before).isdisjoint(causes())
    assert causes() == [f"appeal_in_7:{decision.pk}:2026-12-23"]


def test_nobody_is_reminded_of_a_day_that_turns_out_not_to_be_printed(decision, aino):
    sweep_before(PRINTED, 14)

    decisions.confirm_notice(**notice_of(decision), by=aino, at=NOON)
    sweep_before(PRINTED, 7)

    assert causes() == []
    assert OutgoingEmail.objects.get().state == State.CANCELLED
