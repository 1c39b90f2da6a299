"""The day from which the time to claim is counted: written down, changed, forgotten; the clock and its reminders."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from casework.applications import actions as applications
from casework.applications import claiming, claims, correcting
from casework.applications.correcting import ApplicationFacts
from casework.cases.open_ends import open_ends
from casework.law.errors import BeforeBirth
from casework.law.workflow import StepNotAllowed
from casework.models import Application, LedgerEntry, OpenEnd
from casework.reminders.sweep import sweep
from casework.timeline import corrections
from tenants.mail.models import OutgoingEmail
from tests.asking import asked
from tests.casework.applications.making import application_at, evidence_of, in_db
from tests.casework.cases.making import a_case
from tests.casework.endings.making import closed, to
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
FELL_ILL = date(2026, 10, 24)
LAST_DAY = date(2026, 12, 28)  # two months after 24.10. is Christmas Eve, then holidays and a weekend
SAFE_DAY = date(2026, 12, 17)


def counted(application, counted_on=FELL_ILL, counted_from="incapacity_starts", *, by) -> Application:
    known = {"counted_from": counted_from, "counted_on": counted_on, "version": application.version}
    return claiming.count_from(application=application, **known, by=by, at=NOON)


def filed(application, filed_on, *, by) -> Application:
    known = {"filed_on": filed_on, "statement_follows": True, "version": application.version}
    return applications.file(application=application, **known, by=by, at=NOON)


@pytest.fixture
def sick(kaavi, aino) -> Application:
    return application_at("draft", benefit="SPR", decider="kela", by=aino)


def pending():
    return OutgoingEmail.objects.filter(template="casework/emails/claim_deadline", state="pending").count()


# --- written down ---------------------------------------------------------------------------------------------------


def test_the_last_day_to_claim_follows_from_the_day_that_is_given(sick, aino):
    assert (sick.counted_on, sick.claim_by) == (None, None)  # nobody knows it yet, and nothing is guessed

    counted(sick, by=aino)

    found = in_db(sick)
    assert (found.counted_from, found.counted_on) == ("incapacity_starts", FELL_ILL)
    assert (found.claim_by, found.claim_safe_by) == (LAST_DAY, SAFE_DAY)
    assert found.case.events.filter(kind="application.counted").count() == 1


def test_a_continuation_is_counted_from_the_end_of_what_was_paid(sick, aino):
    counted(sick, date(2026, 12, 31), "paid_period_ends", by=aino)

    assert in_db(sick).claim_by == date(2027, 3, 1)


def test_another_day_is_written_over_it_and_the_first_stays_in_the_history(sick, aino):
    counted(sick, by=aino)

    counted(in_db(sick), date(2026, 9, 30), by=aino)

    assert in_db(sick).claim_by == date(2026, 11, 30)
    [earlier] = corrections.of_row(sick)
    assert [old.said for old in earlier.olds] == ["24.10.2026"]


def test_a_day_that_turns_out_not_to_be_known_is_not_known_again(sick, aino):
    counted(sick, by=aino)

    counted(in_db(sick), None, by=aino)

    found = in_db(sick)
    assert (found.counted_from, found.counted_on, found.claim_by, found.claim_safe_by) == ("", None, None, None)


def test_a_start_from_which_nothing_is_counted_is_refused(sick, aino):
    with pytest.raises(claiming.NotCountedSo):
        counted(sick, counted_from="day_wanted", by=aino)
    with pytest.raises(BeforeBirth):
        counted(sick, date(1901, 1, 1), by=aino)
    pension = application_at("draft", case=sick.case, by=aino)
    with pytest.raises(claiming.NotCountedSo):
        counted(pension, by=aino)


def test_what_was_withdrawn_is_not_counted(kaavi, aino):
    withdrawn = application_at("withdrawn", benefit="SPR", decider="kela", by=aino)

    with pytest.raises(StepNotAllowed):
        counted(withdrawn, by=aino)


@pytest.mark.parametrize("odd", [date(2024, 10, 24), TODAY + timedelta(days=1)])
def test_a_day_of_another_year_or_one_that_has_not_come_is_asked_of_once(sick, aino, odd):
    with asked(claiming.OddCountedDay):
        counted(sick, odd, by=aino)

    counted(in_db(sick), odd, by=aino)

    assert in_db(sick).counted_on == odd


def test_a_day_that_is_wanted_may_lie_ahead(kaavi, aino):
    rehabilitation = application_at("draft", benefit="KR", decider="kela", by=aino)
    ahead = date(2027, 1, 4)

    counted(rehabilitation, ahead, "day_wanted", by=aino)

    assert in_db(rehabilitation).claim_by == date(2027, 7, 5)


# --- corrections ----------------------------------------------------------------------------------------------------


def corrected(application, *, by, **others) -> Application:
    said = {name: getattr(application, name) for name in ApplicationFacts.__dataclass_fields__} | others
    known = {"reason": "Väärä etuus", "version": application.version}
    return correcting.correct(application=application, facts=ApplicationFacts(**said), **known, by=by, at=NOON)


def test_a_benefit_that_was_written_wrong_takes_the_count_along_only_where_it_is_counted_alike(sick, aino):
    counted(sick, by=aino)

    partial = corrected(in_db(sick), benefit_code="OSPR", by=aino)
    assert in_db(partial).claim_by == LAST_DAY

    pension = corrected(in_db(sick), benefit_code="TKE-K", by=aino)

    found = in_db(pension)
    assert (found.counted_from, found.counted_on, found.claim_by) == ("", None, None)


def test_a_day_of_filing_that_is_corrected_to_after_the_last_day_is_asked_of(sick, aino):
    counted(sick, date(2026, 9, 15), by=aino)  # the last day is 16.11.
    filed(in_db(sick), date(2026, 11, 10), by=aino)

    with asked(claims.ClaimIsLate):
        corrected(in_db(sick), filed_on=date(2026, 11, 20), by=aino)


# --- late -----------------------------------------------------------------------------------------------------------


def test_a_late_filing_is_asked_of_once_with_the_law_of_sickness_allowance_and_is_written(sick, aino):
    counted(sick, date(2026, 9, 15), by=aino)

    with translation.override("en"), asked(claims.ClaimIsLate) as said:
        filed(in_db(sick), TODAY, by=aino)

    assert said.value.field == "filed_on"
    assert str(said.value) == (
        "The last day to claim was 16.11.2026. A late claim can still be paid when refusing it would be unreasonable. "
        "(SVL 15:7, checked in the statute 22.11.2026)"
    )
    assert in_db(sick).is_draft

    filed(in_db(sick), TODAY, by=aino)  # the answer is to send it again

    assert in_db(sick).filed_on == TODAY


def test_of_rehabilitation_allowance_a_late_filing_says_that_it_is_not_verified(kaavi, aino):
    late = application_at("draft", benefit="KR", decider="kela", by=aino)
    counted(late, date(2026, 4, 1), "day_wanted", by=aino)

    with translation.override("en"), asked(claims.ClaimIsLate) as said:
        filed(in_db(late), TODAY, by=aino)

    assert "may be paid for a shorter time" in str(said.value)
    assert "not verified" in str(said.value)


@pytest.mark.parametrize("filed_on", [date(2026, 11, 16), date(2026, 11, 2)])
def test_a_filing_in_time_is_not_asked_of(sick, aino, filed_on):
    counted(sick, date(2026, 9, 15), by=aino)
    evidence_of(in_db(sick), by=aino)

    filed(in_db(sick), filed_on, by=aino)

    assert in_db(sick).filed_on == filed_on


def test_by_the_rules_of_the_day_of_filing_the_last_day_is_reckoned_anew(kaavi, aino):
    old = application_at("draft", benefit="KR", decider="kela", by=aino)
    counted(old, date(2022, 10, 3), "day_wanted", by=aino)
    assert in_db(old).claim_by == date(2023, 4, 3)  # six months, by the rules of today

    filed(in_db(old), date(2022, 12, 30), by=aino)

    assert in_db(old).claim_by == date(2023, 2, 3)  # four, by those of 2022


# --- the clock ------------------------------------------------------------------------------------------------------


def test_it_is_told_of_by_mail_once_for_each_threshold_and_no_more_once_it_is_filed(sick, aino):
    counted(sick, by=aino)

    told = [sweep(on=LAST_DAY - timedelta(days=days), at=NOON) for days in (15, 14, 13, 7, 3, 1)]
    assert told == [0, 1, 0, 1, 1, 1]
    assert {entry.cause.split(":")[0] for entry in LedgerEntry.objects.all()} == {
        "claim_in_14",
        "claim_in_7",
        "claim_in_3",
        "claim_in_1",
    }

    filed(in_db(sick), TODAY, by=aino)

    assert pending() == 0
    assert sweep(on=LAST_DAY - timedelta(days=14), at=NOON) == 0


def test_another_day_takes_back_what_was_told_of_the_first(sick, aino):
    counted(sick, by=aino)
    sweep(on=LAST_DAY - timedelta(days=7), at=NOON)
    assert pending() == 1

    counted(in_db(sick), date(2026, 11, 2), by=aino)

    assert pending() == 0
    assert sweep(on=date(2027, 1, 4) - timedelta(days=7), at=NOON) == 1


def test_a_withdrawn_one_is_told_of_no_more(sick, aino):
    counted(sick, by=aino)
    sweep(on=LAST_DAY - timedelta(days=7), at=NOON)
    found = in_db(sick)

    applications.withdraw(application=found, withdrawn_on=TODAY, version=found.version, by=aino, at=NOON)

    assert pending() == 0
    assert sweep(on=LAST_DAY, at=NOON) == 0


def test_it_is_among_the_open_ends_of_its_case_with_its_day(sick, aino):
    counted(sick, by=aino)

    [end] = open_ends(in_db(sick).case, on=TODAY)

    assert (end.kind, end.on) == (OpenEnd.Kind.APPLICATION, LAST_DAY)


def test_in_a_closed_case_its_keeper_is_told(kaavi, aino, bertta):
    sick = application_at("draft", benefit="SPR", decider="kela", case=a_case(by=aino), by=aino)
    counted(sick, by=aino)
    closed(sick.case, to(bertta), by=aino)

    sweep(on=LAST_DAY - timedelta(days=7), at=NOON)

    assert {mail.to_email for mail in OutgoingEmail.objects.all()} == {bertta.email}
