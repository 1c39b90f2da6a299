"""Occasions that are told by mail: which are due on a day, and that each is told once however it is swept."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from casework.appeals import actions as appeals
from casework.applications import actions as applications
from casework.applications.occasions import DECISIONS, nearest_threshold
from casework.cases import actions as cases
from casework.decisions import actions as decisions
from casework.endings.actions import Fate
from casework.models import Appeal, LedgerEntry
from casework.reminders import sweep as sweeping
from tenants.accounts.permissions import Role
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_municipality
from tests.casework.applications.making import (
    FILED,
    LAST_DAY,
    a_decision,
    answered,
    appeal_at,
    application_at,
    closed_check,
)
from tests.casework.cases.making import a_case
from tests.casework.endings.making import closed
from tests.conftest import NOON
from tests.people import person

OVERDUE = FILED + timedelta(days=40)  # usually 39 days
EXPECTED = FILED + timedelta(days=39)


def before_last_day(days):
    return LAST_DAY - timedelta(days=days)


def sweep(on):
    return sweeping.sweep(on=on, at=NOON)


def mails():
    return list(OutgoingEmail.objects.order_by("created_at"))


def rules():
    return [entry.rule for entry in LedgerEntry.objects.order_by("created_at")]


# --- which is due -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days_left", "threshold"),
    [
        (14, 14),
        (8, 14),
        (7, 7),
        (4, 7),
        (3, 3),
        (2, 3),
        (1, 1),
        (0, 1),
        (-5, 1),
    ],
)
def test_the_nearest_threshold_that_was_reached_is_the_one(days_left, threshold):
    assert nearest_threshold(LAST_DAY, before_last_day(days_left)) == threshold


def test_no_threshold_is_reached_fifteen_days_before():
    with pytest.raises(ValueError, match="no threshold"):
        nearest_threshold(LAST_DAY, before_last_day(15))


def test_a_decision_that_takes_longer_than_usual_is_reminded_of_once(kaavi, aino):
    application = application_at("filed", by=aino)

    assert sweep(EXPECTED) == 0  # the usual day itself is not late
    assert [sweep(OVERDUE), sweep(OVERDUE), sweep(OVERDUE + timedelta(days=30))] == [1, 0, 0]
    reminder = LedgerEntry.objects.get()
    assert (reminder.rule, reminder.about, reminder.due_on) == ("decision_overdue", application.pk, EXPECTED)


def test_while_the_decider_waits_for_us_nobody_asks_the_decider(kaavi, aino):
    application_at("returned", by=aino)

    assert sweep(OVERDUE) == 0


def test_an_appeal_is_reminded_of_at_14_7_3_and_1_days(kaavi, aino):
    a_decision(by=aino)

    queued = {days: sweep(before_last_day(days)) for days in (16, 15, 14, 13, 8, 7, 5, 3, 2, 1, 0)}

    assert [days for days, count in queued.items() if count] == [14, 7, 3, 1]
    assert rules() == ["appeal_in_14", "appeal_in_7", "appeal_in_3", "appeal_in_1"]


def test_a_sweep_that_ran_late_sends_the_nearest_threshold_only(kaavi, aino):
    a_decision(by=aino)

    assert sweep(before_last_day(2)) == 1

    assert rules() == ["appeal_in_3"]


def test_a_sweep_for_a_past_day_says_nothing_that_is_stale(kaavi, aino):
    a_decision(by=aino)
    sweep(before_last_day(3))

    assert sweep(before_last_day(14)) == 0


def test_a_sweep_after_the_last_day_still_tells_it_once(kaavi, aino):
    a_decision(by=aino)

    assert [sweep(LAST_DAY + timedelta(days=2)), sweep(LAST_DAY + timedelta(days=3))] == [1, 0]
    assert "28.12.2026" in mails()[0].text


def test_a_decision_written_down_after_its_last_day_sends_nothing(kaavi, aino):
    a_decision(
        application=application_at("filed", filed_on=date(2026, 6, 10), by=aino),
        decided_on=date(2026, 8, 3),
        notice_on=date(2026, 8, 3),
        by=aino,
    )

    assert sweep(date(2026, 11, 24)) == 0


@pytest.mark.parametrize("result", ["granted"])
def test_a_full_grant_needs_no_reminder(kaavi, aino, result):
    a_decision(result, by=aino)

    assert sweep(before_last_day(1)) == 0


def test_the_appeal_to_the_court_has_its_own_reminders(kaavi, aino):
    answered(appeal_at("filed", by=aino), by=aino)
    court = Appeal.objects.get(level=Appeal.Level.INSURANCE_COURT)

    assert sweep(court.last_day - timedelta(days=7)) == 1

    assert LedgerEntry.objects.get().about == court.pk


# --- what ends it -----------------------------------------------------------------------------------------------


def test_a_decision_that_comes_cancels_the_mail_that_has_not_gone_out(kaavi, aino):
    application = application_at("filed", by=aino)
    sweep(OVERDUE)

    a_decision("granted", application=application, by=aino)

    assert mails()[0].state == OutgoingEmail.State.CANCELLED
    assert LedgerEntry.objects.get().cancelled_at == NOON
    assert sweep(OVERDUE + timedelta(days=1)) == 0


def test_a_mail_that_has_gone_out_stays_sent(kaavi, aino):
    application = application_at("filed", by=aino)
    sweep(OVERDUE)
    OutgoingEmail.objects.update(state=OutgoingEmail.State.SENT)

    a_decision("granted", application=application, by=aino)

    assert mails()[0].state == OutgoingEmail.State.SENT
    assert LedgerEntry.objects.get().cancelled_at is None


def end_by_filing(decision, aino):
    appeal = appeals.draft(decision=decision, by=aino, at=NOON)
    appeals.file(appeal=appeal, filed_on=NOON.date(), version=1, by=aino, at=NOON)


def end_by_giving_up(decision, aino):
    appeal = appeals.draft(decision=decision, by=aino, at=NOON)
    known: dict[str, Any] = {"withdrawn_on": NOON.date(), "is_appeal_waived": True}
    appeals.withdraw(appeal=appeal, version=1, by=aino, at=NOON, **known)


def end_by_accepting(decision, aino):
    closed_check(decision, "accept", reason="The client wants to rest.", by=aino)


def end_by_closing_the_case(decision, aino):
    closed(decision.application.case, Fate(holder="nobody", reason="Asiakas muutti."), by=aino)


def test_a_draft_that_was_thrown_away_does_not_silence_the_clock(kaavi, aino):
    decision = a_decision(by=aino)
    appeal = appeals.draft(decision=decision, by=aino, at=NOON)
    appeals.withdraw(appeal=appeal, withdrawn_on=NOON.date(), version=1, by=aino, at=NOON)

    assert sweep(before_last_day(7)) == 1


@pytest.mark.parametrize("end", [end_by_filing, end_by_giving_up, end_by_accepting, end_by_closing_the_case])
def test_an_appeal_clock_that_has_ended_reminds_nobody(kaavi, aino, end):
    decision = a_decision(by=aino)
    end(decision, aino)

    assert sweep(before_last_day(7)) == 0


@pytest.mark.parametrize("end", [end_by_filing, end_by_giving_up, end_by_accepting])
def test_ending_the_clock_cancels_what_was_queued(kaavi, aino, end):
    decision = a_decision(by=aino)
    sweep(before_last_day(14))

    end(decision, aino)

    assert mails()[0].state == OutgoingEmail.State.CANCELLED


@pytest.mark.parametrize("conclusion", ["appeal", "re_examination", "new_application"])
def test_a_new_application_or_re_examination_does_not_stop_the_appeal_clock(kaavi, aino, conclusion):
    closed_check(a_decision(by=aino), conclusion, by=aino)

    assert sweep(before_last_day(7)) == 1


def test_a_last_day_that_moved_cancels_the_old_mail_and_reminds_of_the_new_one(kaavi, aino):
    decision = a_decision(by=aino)
    sweep(before_last_day(14))

    decisions.confirm_notice(
        decision=decision,
        channel="post",
        notice_on=decision.notice_on,
        printed_last_day=date(2026, 12, 22),
        version=1,
        by=aino,
        at=NOON,
    )

    assert sweep(before_last_day(14)) == 1
    assert [mail.state for mail in mails()] == ["cancelled", "pending"]
    assert "22.12.2026" in mails()[1].text


def test_a_decision_made_between_planning_and_writing_is_noticed(kaavi, aino):
    application = application_at("filed", by=aino)
    (row,) = DECISIONS.rows(OVERDUE)
    occasion = DECISIONS.occasion(row, OVERDUE)
    assert occasion
    a_decision("granted", application=application, by=aino)

    assert not sweeping._tell(occasion, occasion.channels[0], to=aino, on=OVERDUE, at=NOON)


# --- to whom ----------------------------------------------------------------------------------------------------


def test_the_mail_goes_to_the_coordinator_in_the_coordinator_s_language(kaavi, bertta):
    sven = person("Sven", Role.COORDINATOR, language="sv")
    application_at("filed", case=a_case(by=bertta, coordinator=sven), by=bertta)

    sweep(OVERDUE)

    assert [(mail.to, mail.language) for mail in mails()] == [(sven, "sv")]


def test_when_the_coordinator_is_away_the_supervisors_are_told(kaavi, aino, bertta):
    boss = person("Birgit", Role.SUPERVISOR)
    application_at("filed", by=aino)
    aino.is_active = False
    aino.save()

    assert sweep(OVERDUE) == 2
    assert {mail.to for mail in mails()} == {bertta, boss}


def test_when_nobody_can_be_told_it_waits_for_somebody(kaavi, aino):
    application_at("filed", by=aino)
    aino.is_active = False
    aino.save()
    assert sweep(OVERDUE) == 0

    person("Birgit", Role.SUPERVISOR)

    assert sweep(OVERDUE + timedelta(days=3)) == 1


def test_a_new_coordinator_is_told_what_the_old_one_was(kaavi, aino, bertta):
    application = application_at("filed", by=aino)
    sweep(OVERDUE)
    case = application.case
    cases.reassign(case=case, coordinator=bertta, version=case.version, by=bertta, at=NOON)

    assert sweep(OVERDUE) == 1
    assert [mail.to for mail in mails()] == [aino, bertta]


def test_the_mail_is_about_the_case_and_shows_on_its_timeline(kaavi, aino, aino_browser):
    application = application_at("filed", by=aino)

    sweep(OVERDUE)

    assert mails()[0].about == application.case.number
    timeline = aino_browser.get(f"/cases/{application.case.number}/timeline/?show=mail")
    assert mails()[0].subject in timeline.text


# --- the command ------------------------------------------------------------------------------------------------


def test_the_command_sweeps_every_municipality_for_a_day_and_says_how_many(kaavi, tuusniemi, aino, cecilia, capsys):
    application_at("filed", by=aino)
    with in_municipality(tuusniemi):
        application_at("filed", by=cecilia)

    call_command("queue_reminders", on=OVERDUE.isoformat())

    assert capsys.readouterr().out.splitlines() == ["Varkaus: 0", "Kaavi: 1", "Tuusniemi: 1", "Rautavaara: 0"]
    assert LedgerEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("options", "sentence"),
    [({"on": "soon"}, "is not a day"), ({"municipality": "helsinki"}, "no municipality 'helsinki'")],
)
def test_the_command_refuses_what_it_does_not_understand_in_one_line(kaavi, options, sentence):
    with pytest.raises(CommandError, match=sentence) as refusal:
        call_command("queue_reminders", **options)

    assert "\n" not in str(refusal.value)


def test_a_supplied_application_is_reminded_of_when_it_is_late_again(kaavi, aino):
    application = application_at("returned", by=aino)
    assert sweep(OVERDUE) == 0
    applications.supply(application=application, supplied_on=NOON.date(), version=application.version, by=aino, at=NOON)

    assert sweep(OVERDUE + timedelta(days=60)) == 1
