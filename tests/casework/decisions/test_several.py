"""Two decisions on one application, another period or a supplement: both stand, each with its clock and check (P4).

The second one is asked for first ("Wait for a new decision"), or nobody waited for it ("Another decision came").
"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework.applications import actions as applications
from casework.applications.presenters import card
from casework.applications.waiting import clocked_decisions
from casework.decisions import actions as decisions
from casework.decisions import correcting, further
from casework.law.workflow import StepNotAllowed
from casework.models import CoverageCheck, Decision, Round
from tenants.rough_days import Precision, RoughDay
from tests.asking import asked
from tests.casework.applications.making import (
    FILED,
    a_decision,
    answered,
    appeal_at,
    application_at,
    closed_check,
    in_db,
)
from tests.casework.representatives.making import a_representation
from tests.conftest import NOON

TODAY = NOON.date()


@pytest.fixture
def first(kaavi, aino) -> Decision:
    return a_decision("partly", application=application_at("filed", by=aino), by=aino)


def came(first: Decision, result: str = "rejected", *, by: Any, **others: Any) -> Decision:
    """Another decision on the same application, for which nobody waited."""
    decided = in_db(first.application)
    said: dict[str, Any] = {"decided_on": TODAY, "notice_on": TODAY, "channel": "post", "version": decided.version}
    return further.record_further(application=decided, result=result, **said | others, by=by, at=NOON)


@pytest.fixture(params=["asked for", "not waited for"])
def second(request, first, aino) -> Decision:
    if request.param == "not waited for":
        return came(first, by=aino)
    decided = in_db(first.application)
    said: dict[str, Any] = {"asked_on": first.notice_on, "version": decided.version}
    again = applications.re_examine(application=decided, **said, by=aino, at=NOON)
    return a_decision(application=again, decided_on=TODAY, notice_on=TODAY, by=aino)


def test_both_stand_each_with_a_clock_and_a_check_of_its_own(first, second):
    assert list(clocked_decisions(TODAY)) == [first, second]
    assert first.last_day != second.last_day
    assert [CoverageCheck.objects.get(decision=one).is_open for one in (first, second)] == [True, True]


def test_an_appeal_against_one_leaves_the_clock_of_the_other(first, second, aino):
    appeal_at("filed", decision=first, by=aino)

    assert list(clocked_decisions(TODAY)) == [second]


# --- one for which nobody waited ---------------------------------------------------------------------------------


def test_it_belongs_to_the_round_that_was_decided_and_begins_none(first, aino):
    supplement = came(first, by=aino)

    assert supplement.round == first.round
    assert [(found.end, found.ended_on) for found in Round.objects.all()] == [("decided", first.decided_on)]


def test_what_the_application_shows_is_its_last_word_and_the_wait_ended_with_the_first(first, aino):
    came(first, "granted", by=aino)

    application = in_db(first.application)
    assert (application.state, application.decided_on) == ("decided", TODAY)
    assert card(application, today=TODAY).tag == "Myönnetty"
    assert application.days_waited(TODAY) == (first.decided_on - FILED).days


def test_one_of_another_period_that_is_older_does_not_become_the_last_word(first, aino):
    came(first, "granted", decided_on=first.decided_on - timedelta(days=3), by=aino)

    assert in_db(first.application).decided_on == first.decided_on
    assert Round.objects.get().ended_on == first.decided_on - timedelta(days=3)
    assert card(in_db(first.application), today=TODAY).tag == "Myönnetty osittain"


def test_when_it_is_taken_back_the_earlier_one_stands_and_nothing_is_waited_for(first, aino):
    supplement = came(first, "granted", by=aino)

    correcting.take_back(decision=supplement, reason="x", version=1, by=aino, at=NOON)

    application = in_db(first.application)
    assert (application.state, application.decided_on) == ("decided", first.decided_on)
    assert list(clocked_decisions(TODAY)) == [first]


def test_when_the_first_is_taken_back_the_supplement_has_ended_the_wait(first, aino):
    came(first, "granted", by=aino)

    correcting.take_back(decision=first, reason="x", version=1, by=aino, at=NOON)

    assert in_db(first.application).is_decided
    assert Round.objects.get().ended_on == TODAY


def test_the_same_letter_that_arrives_twice_is_asked_about_once(first, aino):
    with asked(decisions.CameAlready) as said:
        came(first, decided_on=first.decided_on, by=aino)
    assert said.value.field == "decided_on"

    came(first, decided_on=first.decided_on, by=aino)  # who knows better writes it
    assert first.application.decisions.count() == 2


def test_what_is_waited_for_is_no_further_decision(first, aino):
    decided = in_db(first.application)
    said: dict[str, Any] = {"asked_on": TODAY, "version": decided.version}
    applications.re_examine(application=decided, **said, by=aino, at=NOON)

    with pytest.raises(StepNotAllowed):
        came(first, by=aino)


def test_it_is_recorded_from_the_page_of_the_application_beside_the_first(first, aino, aino_browser):
    a_representation(first.application.case, by=aino)
    number = first.application.case.number
    page = reverse("decision_further", args=[number, first.application.pk])
    assert page in aino_browser.get(first.application.get_absolute_url()).text
    version = in_db(first.application).version
    typed = {"decided_on": "2026-11-20", "notice_on": "2026-11-20", "result": "granted", "channel": "post"}
    typed |= {"granted_from": "5/2026", "sent_to": "representative"}

    answer = aino_browser.post(page, typed | {"version": version})

    supplement = first.application.decisions.exclude(pk=first.pk).get()
    assert supplement.granted_from == RoughDay(date(2026, 5, 1), Precision.MONTH)
    assert supplement.sent_to == "representative"
    assert answer.url == supplement.get_absolute_url()
    shown = aino_browser.get(first.application.get_absolute_url()).text
    assert [found.get_absolute_url() in shown for found in (first, supplement)] == [True, True]


# --- what stands in the end ------------------------------------------------------------------------------------------


def test_a_ruling_that_changes_the_first_decision_is_the_last_word_though_another_decision_came_between(first, aino):
    appeal = appeal_at("filed", decision=first, by=aino)
    came(first, decided_on=first.decided_on + timedelta(days=1), by=aino)

    answered(appeal, "changed", by=aino)

    assert card(in_db(first.application), today=TODAY).tag == "Valituksesta: hyväksytty"


def test_a_decision_that_came_after_the_ruling_is_the_last_word_again(first, aino):
    answered(appeal_at("filed", decision=first, by=aino), "changed", by=aino)

    came(first, "granted", by=aino)

    assert card(in_db(first.application), today=TODAY).tag == "Myönnetty"


def test_the_bar_says_what_is_to_be_done_about_the_first_though_the_second_grants_everything(first, aino):
    came(first, "granted", by=aino)

    due = card(in_db(first.application), today=TODAY).due

    assert due is not None
    assert (due.on, due.url) == (first.last_day, first.get_absolute_url())


def test_of_two_clocks_the_bar_shows_the_one_that_ends_first_and_a_begun_appeal_against_a_full_grant_too(first, aino):
    second = came(first, "granted", by=aino)
    closed_check(first, "accept", by=aino)
    assert card(in_db(first.application), today=TODAY).due is None

    appeal = appeal_at("draft", decision=second, by=aino)

    due = card(in_db(first.application), today=TODAY).due
    assert due is not None
    assert (due.on, due.url) == (second.last_day, appeal.get_absolute_url())
