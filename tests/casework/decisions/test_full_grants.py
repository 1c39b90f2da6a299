"""A full grant may be wrong, too: its page asks once, and an appeal against it has its day like any other (P11)."""

from datetime import timedelta

import pytest

from casework.appeals import actions as appeals
from casework.cases.clocks import running_decisions
from casework.models import Appeal
from casework.reminders import sweep as sweeping
from tenants.mail.models import OutgoingEmail
from tests.casework.applications.making import LAST_DAY, a_decision, appeal_at, in_db
from tests.conftest import NOON
from tests.people import browser_of

TODAY = NOON.date()
ASKED = "Ovatko määrä ja kesto oikein?"


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


def test_a_full_grant_as_such_has_no_clock_and_asks_whether_amount_and_period_are_right(kaavi, aino, aino_browser):
    decision = a_decision("granted", by=aino)

    assert ASKED in aino_browser.get(decision.get_absolute_url()).text
    assert not running_decisions(TODAY).exists()
    assert sweeping.sweep(on=LAST_DAY - timedelta(days=1), at=NOON) == 0


def test_an_appeal_that_was_begun_against_a_full_grant_is_on_today_and_reminded_of(kaavi, aino, aino_browser):
    decision = a_decision("granted", by=aino)

    appeal = appeals.draft(decision=decision, by=aino, at=NOON)

    assert list(running_decisions(TODAY)) == [decision]
    page = aino_browser.get(decision.get_absolute_url()).text
    assert ASKED not in page
    assert "28.12.2026" in page
    assert appeal.demand == "[Kirjoita tähän, mitä päätöksessä pitää muuttaa: määrä vai kesto.]"
    assert sweeping.sweep(on=LAST_DAY - timedelta(days=7), at=NOON) == 1
    assert OutgoingEmail.objects.get().template == "casework/emails/appeal_deadline"


def test_today_shows_its_clock_without_a_check(kaavi, aino, time_is):
    decision = a_decision("granted", by=aino)
    appeals.draft(decision=decision, by=aino, at=NOON)
    time_is(NOON + timedelta(days=28))  # the day to aim at is over

    page = browser_of(aino).get("/").text

    assert decision.get_absolute_url() in page


@pytest.mark.parametrize("state", ["filed", "withdrawn"])
def test_the_clock_of_a_full_grant_stops_with_its_appeal(kaavi, aino, state):
    appeal = appeal_at(state, decision=a_decision("granted", by=aino), by=aino)

    assert in_db(appeal).state == state
    assert not running_decisions(TODAY).exists()
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize("result", ["granted_until", "partly"])
def test_a_grant_for_a_time_or_in_part_has_its_clock_at_once(kaavi, aino, aino_browser, result):
    decision = a_decision(result, by=aino)

    assert list(running_decisions(TODAY)) == [decision]
    assert ASKED not in aino_browser.get(decision.get_absolute_url()).text
