"""The Supreme Administrative Court: leave to appeal is asked there, and nowhere that no rule knows of."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse

from casework.appeals import actions as appeals
from casework.appeals import correcting, filing
from casework.appeals.letter import paper
from casework.appeals.queries import letter_of
from casework.applications import appeal_days, waiting
from casework.law.appeal_words import LEAVE
from casework.models import Appeal
from tests.casework.applications.making import a_decision, answered, appeal_at, application_at, in_db
from tests.conftest import NOON
from tests.people import browser_of

SUMMER = datetime(2027, 6, 7, 10, 0, tzinfo=UTC)
AUTUMN = datetime(2027, 9, 6, 10, 0, tzinfo=UTC)
RULED = AUTUMN.date()


def filed(appeal: Appeal, *, by, at: datetime) -> Appeal:
    return appeals.file(appeal=appeal, filed_on=at.date(), version=appeal.version, by=by, at=at)


def next_of(appeal: Appeal) -> Appeal:
    found: Appeal = Appeal.objects.get(against=appeal)
    return found


@pytest.fixture
def court(kaavi, aino) -> Appeal:
    """The administrative court has a matter of social assistance, after a review."""
    application = application_at("filed", benefit="TTO", decider="kela", by=aino)
    review = appeal_at("filed", decision=a_decision(application=application, by=aino), by=aino)
    return filed(next_of(answered(review, by=aino, at=SUMMER)), by=aino, at=SUMMER)


@pytest.fixture
def supreme(court, aino) -> Appeal:
    """The administrative court has rejected it, and leave to appeal is being asked."""
    return next_of(answered(court, by=aino, at=AUTUMN))


def test_what_the_administrative_court_rejects_begins_the_application_for_leave_with_its_own_clock(supreme, court):
    assert (supreme.level, supreme.against, supreme.is_draft) == ("supreme_court", court, True)
    assert supreme.last_day == date(2027, 10, 13)  # 7 and 30 days from 6.9.
    assert appeal_days.words_of(supreme) is LEAVE
    deadline = appeal_days.of_appeal(supreme)
    assert deadline is not None
    assert deadline.origin is not None
    assert not deadline.origin.is_read  # from the act as a whole: nobody has read its sections


def test_leave_is_asked_in_the_letter_before_the_demand_and_why_is_left_to_be_written(supreme, aino):
    assert supreme.demand.startswith("Pyydän valituslupaa. Haen muutosta ratkaisuun")
    assert supreme.grounds.startswith("[Kirjoita tähän, miksi valituslupa pitäisi myöntää.]")

    letter = paper(letter_of(supreme, on=RULED), on=RULED)

    assert letter.title == "Valituslupahakemus ja valitus"
    assert {value for _label, value in letter.facts} == {"Korkein hallinto-oikeus"}


def test_its_clock_is_on_today_and_in_the_reminders_as_every_other(supreme, aino, time_is):
    time_is(AUTUMN)
    assert [clock.of for clock in waiting.reminded_clocks(until=date(2027, 10, 13), on=RULED)] == [supreme]

    notice = reverse("appeal_notice", args=[supreme.decision.application.case.number, supreme.pk])
    page = browser_of(aino).get(notice)

    assert page.status_code == 200  # its days are its own, not those of the decision


def test_its_notice_is_confirmed_by_its_own_rule_and_a_printed_day_wins(supreme, aino):
    said: dict[str, Any] = {"channel": "post", "notice_on": RULED, "printed_last_day": date(2027, 10, 8)}

    confirmed = appeals.confirm_notice(appeal=supreme, **said, version=supreme.version, by=aino, at=AUTUMN)

    assert confirmed.last_day == date(2027, 10, 8)


def test_without_leave_the_ruling_before_it_stands_and_nothing_is_left(supreme, court, aino):
    decided = answered(filed(supreme, by=aino, at=AUTUMN), "no_leave", by=aino, at=AUTUMN)

    assert (decided.is_decided, in_db(court).result) == (True, "rejected")
    assert not appeal_days.can_go_further(decided)
    assert in_db(decided.decision.application).is_decided
    page = browser_of(aino).get(decided.get_absolute_url()).text
    assert "Valituslupaa ei myönnetty" in page
    assert "Edellinen ratkaisu jää voimaan" in page
    assert "ei tarkistettu" in page.split("Edellinen ratkaisu")[1][:600]


@pytest.mark.parametrize("result", ["changed", "partly", "rejected", "returned", "not_examined", "lapsed"])
def test_with_leave_the_case_is_decided_and_nobody_is_above(supreme, aino, result):
    decided = answered(filed(supreme, by=aino, at=AUTUMN), result, by=aino, at=AUTUMN)

    assert decided.is_decided
    assert appeal_days.next_level(decided) is None
    assert (
        Appeal.objects.filter(level="supreme_court").count()
        == Appeal.objects.filter(against__level="insurance_court").count()
        == 1
    )
    with pytest.raises(appeals.NothingToAppeal):
        appeals.draft_next(appeal=decided, by=aino, at=AUTUMN)
    is_returned = in_db(decided.decision.application).state == "filed"
    assert is_returned == (result == "returned")
    assert browser_of(aino).get(decided.get_absolute_url()).status_code == 200


def test_the_insurance_court_is_still_the_last_one(kaavi, aino):
    board = answered(appeal_at("filed", by=aino), by=aino, at=SUMMER)
    court = filed(next_of(board), by=aino, at=SUMMER)
    form = browser_of(aino).get(reverse("appeal_decide", args=[court.decision.application.case.number, court.pk])).text
    assert "printed_last_day" not in form
    assert "no_leave" not in form

    court = answered(court, by=aino, at=AUTUMN)

    assert not appeal_days.can_go_further(court)
    assert not Appeal.objects.filter(against=court).exists()


def test_a_disputed_way_asks_for_the_day_that_is_printed(kaavi, aino):
    application = application_at("filed", benefit="PAL", decider="employment_area", by=aino)
    review = appeal_at("draft", decision=a_decision(application=application, by=aino), by=aino)
    known: dict[str, Any] = {"late_reason": "Ohjeessa ei ole päivää.", "by": aino}
    review = appeals.file(appeal=review, filed_on=NOON.date(), version=review.version, at=NOON, **known)
    court = next_of(answered(review, by=aino, at=SUMMER))
    court = appeals.file(appeal=court, filed_on=SUMMER.date(), version=court.version, at=SUMMER, **known)

    supreme = next_of(answered(court, by=aino, at=AUTUMN))

    assert (supreme.level, supreme.last_day) == ("supreme_court", None)
    assert "kiistanalaista" in browser_of(aino).get(supreme.get_absolute_url()).text


def test_the_ruling_of_the_administrative_court_asks_for_the_printed_day_and_offers_no_leave(court, aino):
    shown = browser_of(aino).get(reverse("appeal_decide", args=[court.decision.application.case.number, court.pk])).text

    assert "printed_last_day" in shown
    assert "no_leave" not in shown
    with pytest.raises(appeals.NotGivenHere):
        answered(court, "no_leave", by=aino, at=AUTUMN)


def test_what_was_sent_to_the_last_court_keeps_the_ruling_before_it(supreme, court, aino):
    filed(supreme, by=aino, at=AUTUMN)

    with pytest.raises(correcting.HasFurtherAppeal):
        correcting.take_back_step(
            appeal=in_db(court), reason="Ei tullut", version=in_db(court).version, by=aino, at=AUTUMN
        )


def test_a_ruling_that_was_never_given_takes_the_application_for_leave_with_it(supreme, court, aino):
    found = in_db(court)

    correcting.take_back_step(appeal=found, reason="Ei tullut", version=found.version, by=aino, at=AUTUMN)

    assert not Appeal.objects.filter(pk=supreme.pk).exists()


def test_the_letter_is_filed_as_it_was_written(supreme, aino):
    edited = appeals.edit(
        appeal=supreme,
        demand="Pyydän valituslupaa.",
        grounds="Asia on tärkeä.",
        version=supreme.version,
        by=aino,
        at=AUTUMN,
    )

    sent = filing.file(
        appeal=edited, filed_on=RULED, is_as_written=True, receipt="4711", version=edited.version, by=aino, at=AUTUMN
    )

    assert sent.is_filed
