"""What boards and courts answer besides yes and no: returned to the decider, not examined, lapsed; and what follows."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework.appeals import actions as appeals
from casework.appeals import correcting
from casework.appeals.correcting import AppealFacts
from casework.applications import actions as applications
from casework.applications import correcting as corrected_applications
from casework.applications.owed import WaitWasFollowed
from casework.applications.presenters import card, last_word
from casework.applications.road import road_of
from casework.applications.round_queries import rounds as flat_rounds
from casework.applications.waiting import overdue_applications
from casework.decisions import further
from casework.models import Appeal, Application, Decision, Round
from tenants.display import day
from tests.casework.applications.making import a_decision, answered, appeal_at, application_at, in_db
from tests.casework.removals.making import a_removal
from tests.casework.removals.making import answered as removed
from tests.conftest import NOON
from tests.people import browser_of

TODAY = NOON.date()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def annulled(kaavi, aino) -> Appeal:
    """The board has annulled a rejection and returned the matter to its decider."""
    return answered(appeal_at("forwarded", by=aino), "returned", by=aino)


def application_of(appeal: Appeal) -> Application:
    return in_db(appeal.decision.application)


def said_of_rounds(application: Application) -> list[tuple[str, date, date | None, str]]:
    return [(found.kind, found.begun_on, found.ended_on, found.end) for found in application.rounds.all()][1:]


def corrected(appeal: Appeal, *, by, **others: Any) -> Appeal:
    said = {name: getattr(appeal, name) for name in AppealFacts.__dataclass_fields__} | others
    known: dict[str, Any] = {"reason": "Luin väärin", "version": appeal.version}
    return correcting.correct(appeal=in_db(appeal), facts=AppealFacts(**said), **known, by=by, at=NOON)


def without_ruling(appeal: Appeal, *, by) -> Appeal:
    return correcting.take_back_step(appeal=appeal, reason="Ei tullut", version=appeal.version, by=by, at=NOON)


def withdrawn(application: Application, *, by) -> Application:
    return applications.withdraw(
        application=application, withdrawn_on=TODAY, version=application.version, by=by, at=NOON
    )


# --- returned to the decider ------------------------------------------------------------------------------------------


def test_a_decision_that_was_annulled_lets_its_application_wait_for_a_new_one(annulled):
    application = application_of(annulled)

    assert (application.state, application.decided_on, application.waiting_since) == ("filed", None, TODAY)
    assert said_of_rounds(application) == [("annulled", TODAY, None, "")]
    assert application.expected_by is not None
    assert application.expected_by > TODAY
    assert list(overdue_applications(application.expected_by + timedelta(days=1))) == [application]
    assert Appeal.objects.count() == 1  # there is nothing to appeal before the new decision


def test_the_new_decision_is_recorded_as_every_other_and_has_a_clock_of_its_own(annulled, aino):
    decision = a_decision(application=application_of(annulled), decided_on=TODAY, notice_on=TODAY, by=aino)

    assert decision.round is not None
    assert (decision.round.kind, decision.round.end, decision.follows) == ("annulled", "decided", None)
    assert decision.last_day is not None
    assert decision.last_day > TODAY + timedelta(days=30)
    again = appeals.draft(decision=decision, by=aino, at=NOON)
    assert again.is_first_level


def test_an_application_that_waits_already_waits_on_as_it_was(kaavi, aino):
    appeal = appeal_at("forwarded", by=aino)
    decided = application_of(appeal)
    applications.re_examine(application=decided, asked_on=TODAY, version=decided.version, by=aino, at=NOON)

    answered(in_db(appeal), "returned", by=aino)

    assert said_of_rounds(application_of(appeal)) == [("re_examination", TODAY, None, "")]


def test_a_decision_that_came_since_the_ruling_is_the_new_one(kaavi, aino):
    appeal = appeal_at("filed", by=aino)
    decided = application_of(appeal)
    said: dict[str, Any] = {"decided_on": TODAY, "notice_on": TODAY, "channel": "post", "result": "granted"}
    further.record_further(application=decided, **said, version=decided.version, by=aino, at=NOON)

    answered(in_db(appeal), "returned", by=aino)

    assert application_of(appeal).is_decided


def test_the_wait_goes_with_the_ruling_and_the_earlier_decision_stands_again(annulled, aino):
    decided_on = annulled.decision.decided_on

    appeal = without_ruling(annulled, by=aino)

    application = application_of(appeal)
    assert (appeal.state, application.state, application.decided_on) == ("forwarded", "decided", decided_on)
    assert said_of_rounds(application) == []
    assert application.waiting_since == application.filed_on


def test_a_ruling_that_was_read_wrong_ends_the_wait_and_begins_the_appeal_to_the_court(annulled, aino):
    board = corrected(annulled, result="rejected", by=aino)

    assert application_of(board).is_decided
    assert Appeal.objects.get(against=board).is_draft

    corrected(board, result="returned", by=aino)

    assert said_of_rounds(application_of(board)) == [("annulled", TODAY, None, "")]
    assert not Appeal.objects.filter(against=board).exists()


def test_the_wait_begins_on_the_day_of_the_ruling_also_when_that_is_corrected(annulled, aino):
    corrected(annulled, result_on=YESTERDAY, by=aino)

    application = application_of(annulled)
    assert (application.waiting_since, said_of_rounds(application)[0][1]) == (YESTERDAY, YESTERDAY)


def test_what_a_new_decision_has_followed_is_not_taken_back_under_it(annulled, aino):
    a_decision("granted", application=application_of(annulled), decided_on=TODAY, notice_on=TODAY, by=aino)

    with pytest.raises(WaitWasFollowed):
        without_ruling(in_db(annulled), by=aino)
    with pytest.raises(WaitWasFollowed):
        corrected(annulled, result="rejected", by=aino)
    assert in_db(annulled).result == "returned"


def test_the_wait_is_no_step_of_the_application_to_take_back(annulled, aino):
    application = application_of(annulled)

    assert not corrected_applications.has_step_to_take_back(application)
    with pytest.raises(corrected_applications.NoStepToTakeBack):
        corrected_applications.take_back_step(
            application=application, reason="Ei", version=application.version, by=aino, at=NOON
        )


def test_to_correct_an_application_leaves_the_day_of_the_ruling(annulled, aino):
    application = application_of(annulled)
    facts = corrected_applications.facts_now(application, reference="KELA 1")

    corrected_applications.correct(
        application=application, facts=facts, reason="Unohtui", version=application.version, by=aino, at=NOON
    )

    assert (application_of(annulled).reference, application_of(annulled).waiting_since) == ("KELA 1", TODAY)


def test_who_withdraws_while_the_new_decision_is_awaited_withdraws_the_application(annulled, aino):
    application = withdrawn(application_of(annulled), by=aino)

    assert application.state == "withdrawn"  # the earlier decision does not stand
    assert said_of_rounds(application) == [("annulled", TODAY, TODAY, "withdrawn")]
    with pytest.raises(WaitWasFollowed):
        without_ruling(in_db(annulled), by=aino)
    version = application.version
    corrected_applications.take_back_step(application=application, reason="Ei", version=version, by=aino, at=NOON)
    assert said_of_rounds(application_of(annulled)) == [("annulled", TODAY, None, "")]


def test_statistics_know_both_rounds_and_the_road_tells_them(annulled):
    found = [(one.kind, one.result) for one in flat_rounds(until=TODAY)]
    application = application_of(annulled)

    assert ("annulled", "") in found
    assert ("self_correction_and_board", "returned") in found
    assert len(road_of(application)) == 3
    assert card(application, today=TODAY).tone == "info"


def test_the_pages_say_that_the_decision_does_not_stand_and_what_is_awaited(annulled, aino):
    portal, number = browser_of(aino), annulled.decision.application.case.number

    appeal = portal.get(annulled.get_absolute_url()).text
    decision = portal.get(annulled.decision.get_absolute_url()).text
    portfolio = portal.get(reverse("case_benefits", args=[number])).text

    assert "Kumottu ja palautettu uudelleen käsiteltäväksi" in appeal
    assert "Aloita jatkovalitus" not in appeal
    assert "kumottu" in decision
    assert "Kumottu valituksesta" in portfolio


def test_of_a_rejection_that_was_annulled_nothing_is_said_to_be_paid_and_no_removal_is_offered(annulled, aino):
    page = browser_of(aino).get(annulled.decision.get_absolute_url()).text

    assert "maksetaanko sen perusteella" not in page
    assert reverse("removal_new", args=[annulled.decision.application.case.number, annulled.decision.pk]) not in page


def test_the_client_s_own_map_says_that_a_new_decision_is_awaited(annulled, aino):
    number = annulled.decision.application.case.number

    shown = browser_of(aino).get(reverse("case_map", args=[number])).text

    assert "aiempi päätös kumottiin 23.11.2026" in shown


def test_what_was_granted_for_a_time_and_annulled_is_not_told_as_going_on(kaavi, aino):
    known: dict[str, Any] = {"granted_until": TODAY + timedelta(days=90), "by": aino}
    appeal = appeal_at("forwarded", decision=a_decision("partly", **known), by=aino)
    number, until = appeal.decision.application.case.number, day(TODAY + timedelta(days=90))
    portal = browser_of(aino)
    assert until in portal.get(reverse("case_map", args=[number])).text

    answered(appeal, "returned", by=aino)

    assert until not in portal.get(reverse("case_map", args=[number])).text
    assert "Aloita jatkohakemus" not in portal.get(reverse("case_benefits", args=[number])).text
    assert "Aloita jatkohakemus" not in portal.get(appeal.decision.application.get_absolute_url()).text
    assert "Aloita jatkohakemus" not in portal.get(appeal.decision.get_absolute_url()).text
    assert "maksetaanko sitä" in portal.get(reverse("case_benefits", args=[number])).text


def test_what_was_granted_for_a_time_and_removed_is_not_told_as_going_on(kaavi, aino):
    until = TODAY + timedelta(days=90)
    application = application_at("filed", benefit="KT", decider="keva", filed_on=date(2025, 1, 7), by=aino)
    days: dict[str, Any] = {"decided_on": date(2025, 3, 3), "notice_on": date(2025, 3, 4)}
    decision = a_decision("granted_until", application=application, granted_until=until, by=aino, **days)
    number, portal = application.case.number, browser_of(aino)
    assert day(until) in portal.get(reverse("case_map", args=[number])).text

    removed(a_removal("filed", decision=decision, by=aino), "removed", by=aino)

    assert day(until) not in portal.get(reverse("case_map", args=[number])).text
    benefits = portal.get(reverse("case_benefits", args=[number])).text
    assert f"Poistettu {day(TODAY)}." in benefits
    assert "maksetaanko sitä" in benefits
    for page in (
        benefits,
        portal.get(application.get_absolute_url()).text,
        portal.get(decision.get_absolute_url()).text,
    ):
        assert "Aloita jatkohakemus" not in page


# --- not examined, lapsed ---------------------------------------------------------------------------------------------


def test_what_was_not_examined_can_be_taken_to_the_court_and_the_decision_stands(kaavi, aino):
    board = answered(appeal_at("forwarded", by=aino), "not_examined", by=aino)

    court = Appeal.objects.get(against=board)
    assert (court.level, court.notice_on, court.is_draft) == ("insurance_court", TODAY, True)
    assert court.last_day is not None
    assert "kumotaan ja valitukseni tutkitaan" in court.demand
    assert "[" in court.grounds  # why it should be examined nobody knows here
    application = application_of(board)
    assert application.is_decided
    assert last_word(application) == board.decision


def test_a_matter_that_has_lapsed_begins_no_appeal_and_leaves_one_possible(kaavi, aino):
    board = answered(appeal_at("forwarded", by=aino), "lapsed", by=aino)
    assert not Appeal.objects.filter(against=board).exists()
    assert application_of(board).is_decided
    page = browser_of(aino).get(board.get_absolute_url()).text
    assert "Rauennut" in page
    assert "Aloita jatkovalitus" in page

    court = appeals.draft_next(appeal=board, by=aino, at=NOON)

    assert court.last_day is not None


@pytest.mark.parametrize("result", ["returned", "not_examined", "lapsed"])
def test_every_ruling_is_told_on_the_timeline_and_on_the_page_of_the_case(kaavi, aino, result):
    board = answered(appeal_at("forwarded", by=aino), result, by=aino)
    label, number = str(Appeal.Result(result).label), board.decision.application.case.number

    shown = browser_of(aino).get(reverse("case_timeline", args=[number])).text

    assert label in shown


def test_leave_is_no_answer_of_a_board_and_a_review_returns_nothing(kaavi, aino):
    with pytest.raises(appeals.NotGivenHere):
        answered(appeal_at("filed", by=aino), "no_leave", by=aino)
    application = application_at("filed", benefit="TTO", decider="kela", by=aino)
    review = appeal_at("filed", decision=a_decision(application=application, by=aino), by=aino)
    with pytest.raises(appeals.NotGivenHere):
        answered(review, "returned", by=aino)


def test_a_round_of_a_ruling_is_never_the_first(annulled):
    assert Round.objects.get(ruling=annulled).number == 2
    assert Decision.objects.count() == 1
