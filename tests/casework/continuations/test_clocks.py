"""What the end of a rehabilitation subsidy asks for, three months and two months before, and what ends it."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.appeals import correcting as corrected_appeals
from casework.appeals import self_correction
from casework.applications import actions as applications
from casework.cases.open_ends import open_ends
from casework.continuations import actions
from casework.continuations.actions import HasContinuation, NothingEnds, SaidAlready
from casework.decisions import correcting as corrected_decisions
from casework.endings.actions import Fate
from casework.models import Application, Decision, OpenEnd, Task
from tests.casework.applications.making import a_decision, answered, appeal_at, application_at, in_db
from tests.casework.cases.making import a_case
from tests.casework.continuations.making import UNTIL, a_subsidy, none_applied_for
from tests.casework.endings.making import closed, to
from tests.casework.removals.making import a_removal
from tests.casework.removals.making import answered as removed
from tests.casework.sickness_days.making import an_allowance, swept
from tests.conftest import NOON

DOCTOR, STATEMENT = date(2027, 2, 26), date(2027, 3, 31)


def asked_for():
    """The open tasks of rules: which step, by when."""
    found = Task.objects.filter(occasion__isnull=False, done_at=None).select_related("occasion")
    return {task.occasion.cause.split(":")[1]: task.due_on for task in found}


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino)


@pytest.fixture
def subsidy(case, aino):
    """Granted by Keva until 31.5.2027."""
    return a_subsidy(case, by=aino)


def test_the_doctor_is_asked_for_three_months_before_the_end_and_the_statement_two(subsidy):
    swept(DOCTOR - timedelta(days=15))
    assert asked_for() == {}

    swept(DOCTOR - timedelta(days=14))
    assert asked_for() == {"doctor": DOCTOR}
    assert "31.5.2027" in Task.objects.get().title

    swept(STATEMENT - timedelta(days=14))
    assert asked_for() == {"doctor": DOCTOR, "statement": STATEMENT}

    swept(UNTIL + timedelta(days=5))
    assert Task.objects.count() == 2


def test_what_is_granted_in_part_and_until_a_day_is_asked_about_as_well(case, aino):
    filed = application_at("filed", case=case, benefit="KT", decider="keva", by=aino)
    a_decision("partly", application=filed, granted_until=UNTIL, by=aino)

    swept(DOCTOR)

    assert asked_for() == {"doctor": DOCTOR}


def test_of_what_was_annulled_on_appeal_no_continuation_is_prepared(case, aino):
    filed = application_at("filed", case=case, benefit="KT", decider="keva", by=aino)
    partly = a_decision("partly", application=filed, granted_until=UNTIL, by=aino)
    swept(DOCTOR)
    assert asked_for() == {"doctor": DOCTOR}

    ruling = answered(appeal_at("forwarded", decision=partly, by=aino), "returned", by=aino)
    swept(STATEMENT)
    assert asked_for() == {}

    corrected_appeals.take_back_step(appeal=ruling, reason="Ei tullut", version=ruling.version, by=aino, at=NOON)
    swept(STATEMENT)
    assert "statement" in asked_for()


def test_of_what_was_removed_no_continuation_is_prepared(case, aino):
    filed_on, decided_on = date(2024, 9, 2), date(2024, 11, 4)
    subsidy = a_subsidy(case, until=UNTIL, filed_on=filed_on, decided_on=decided_on, notice_on=decided_on, by=aino)
    swept(DOCTOR)
    assert asked_for() == {"doctor": DOCTOR}

    removed(a_removal("filed", decision=subsidy, by=aino), "removed", by=aino)
    swept(STATEMENT)

    assert asked_for() == {}


def test_a_continuation_that_was_filed_before_the_grant_was_decided_is_one(case, aino):
    draft = applications.draft(
        case=case,
        benefit_code="KT",
        decider_code="keva",
        matter="continuation",
        filed_on=date(2026, 10, 1),
        by=aino,
        at=NOON,
    )
    a_subsidy(case, until=date(2026, 12, 31), by=aino)  # decided on 16.11.

    swept(NOON.date())

    assert asked_for() == {}
    assert draft.is_waiting


def test_an_end_that_is_near_when_it_is_written_down_is_asked_about_from_that_day(case, aino):
    a_subsidy(case, until=date(2026, 12, 31), by=aino)

    swept(NOON.date())

    assert asked_for() == {"doctor": NOON.date(), "statement": NOON.date()}


@pytest.mark.parametrize("far", [date(2207, 5, 31), date.max])
def test_an_end_in_a_year_that_no_calendar_knows_stops_no_other(case, subsidy, aino, far):
    a_subsidy(case, until=far, benefit="HT", decider="kela", by=aino)
    an_allowance(case, until=far, by=aino)

    swept(DOCTOR)

    assert asked_for()["doctor"] == DOCTOR


@pytest.mark.parametrize("benefit", ["HT", "AK-T", "TKE-K"])
def test_other_benefits_that_end_are_asked_about_in_the_same_way(case, aino, benefit):
    a_subsidy(case, benefit=benefit, decider="keva" if benefit == "AK-T" else "kela", by=aino)

    swept(DOCTOR)

    assert asked_for() == {"doctor": DOCTOR}


def test_a_filed_continuation_ends_it_and_a_draft_does_not(subsidy, aino):
    swept(STATEMENT)
    begun = actions.begin(decision=subsidy, by=aino, at=NOON)
    assert (begun.benefit_code, begun.decider_code, begun.matter) == ("KT", "keva", "continuation")
    assert asked_for() == {"doctor": DOCTOR, "statement": STATEMENT}

    applications.file(
        application=begun, filed_on=NOON.date(), statement_follows=True, version=begun.version, by=aino, at=NOON
    )

    assert asked_for() == {}
    swept(STATEMENT)
    assert asked_for() == {}


def test_a_continuation_is_begun_once(subsidy, aino):
    actions.begin(decision=subsidy, by=aino, at=NOON)

    with pytest.raises(HasContinuation):
        actions.begin(decision=subsidy, by=aino, at=NOON)


def test_from_a_rejection_nothing_goes_on(case, aino):
    rejected = a_decision(application=application_at("filed", case=case, by=aino), by=aino)

    for act in (actions.begin, lambda **who: none_applied_for(who["decision"], by=aino)):
        with pytest.raises(NothingEnds):
            act(decision=rejected, by=aino, at=NOON)


def test_who_says_why_no_continuation_is_applied_for_is_asked_no_more_until_it_is_taken_back(subsidy, aino):
    swept(DOCTOR)
    row = none_applied_for(subsidy, by=aino)
    assert asked_for() == {}
    swept(DOCTOR)
    assert asked_for() == {}
    with pytest.raises(SaidAlready):
        none_applied_for(subsidy, by=aino)

    actions.take_back(row=row, reason="Hakee sittenkin", version=1, by=aino, at=NOON)

    swept(DOCTOR)
    assert asked_for() == {"doctor": DOCTOR}
    assert Task.objects.count() == 1


def test_a_newer_decision_of_the_same_payer_covers_it_and_one_of_another_payer_does_not(case, subsidy, aino):
    swept(DOCTOR)
    filed_on, decided_on = date(2026, 11, 1), date(2026, 11, 20)
    days: dict[str, Any] = {"filed_on": filed_on, "decided_on": decided_on, "notice_on": decided_on}

    a_subsidy(case, until=date(2028, 5, 31), decider="kela", by=aino, **days)
    assert asked_for() == {"doctor": DOCTOR}

    a_subsidy(case, until=date(2028, 5, 31), benefit="TKE-T", by=aino, **days)
    assert asked_for() == {}


def test_a_corrected_end_plans_anew(subsidy, aino):
    swept(DOCTOR)
    said = {name: getattr(subsidy, name) for name in Decision.CORRECTED} | {"granted_until": date(2027, 8, 31)}

    corrected_decisions.correct(
        decision=subsidy, **said, reason="Luin väärin", version=subsidy.version, by=aino, at=NOON
    )
    assert asked_for() == {}

    swept(date(2027, 5, 31))
    assert asked_for() == {"doctor": date(2027, 5, 31)}


def test_a_decision_that_is_taken_back_asks_for_nothing(subsidy, aino):
    swept(DOCTOR)

    corrected_decisions.take_back(decision=subsidy, reason="Väärä", version=subsidy.version, by=aino, at=NOON)

    assert asked_for() == {}
    swept(STATEMENT)
    assert asked_for() == {}


def test_a_new_decision_after_an_appeal_that_is_taken_back_asks_for_nothing(case, aino):
    filed = application_at("filed", case=case, benefit="KT", decider="keva", by=aino)
    appeal = appeal_at("filed", decision=a_decision(application=filed, by=aino), by=aino)
    today = NOON.date()
    days: dict[str, Any] = {"decided_on": today, "notice_on": today, "channel": "post", "granted_until": UNTIL}
    self_correction.correct_in_full(
        appeal=appeal, result="granted_until", **days, version=appeal.version, by=aino, at=NOON
    )
    swept(DOCTOR)
    assert asked_for() == {"doctor": DOCTOR}

    known: dict[str, Any] = {"reason": "Väärä", "version": in_db(appeal).version}
    corrected_appeals.take_back_step(appeal=in_db(appeal), **known, by=aino, at=NOON)

    assert asked_for() == {}


def test_an_end_long_ago_when_it_was_written_down_is_history(case, aino):
    old: dict[str, Any] = {
        "filed_on": date(2025, 9, 1),
        "decided_on": date(2025, 10, 1),
        "notice_on": date(2025, 10, 1),
    }
    a_subsidy(case, until=date(2026, 9, 30), by=aino, **old)

    swept(NOON.date())
    assert asked_for() == {}


def test_a_closed_case_hands_the_continuation_to_a_colleague_who_is_told_when_it_is_time(case, subsidy, aino, bertta):
    kinds = [end.kind for end in open_ends(case, on=NOON.date())]
    assert OpenEnd.Kind.CONTINUATION in kinds

    closed(case, to(bertta), by=aino)
    swept(DOCTOR)

    assert asked_for() == {"doctor": DOCTOR}
    assert Task.objects.get().assignee == bertta
    none_applied_for(in_db(subsidy), by=bertta)
    assert asked_for() == {}


def test_what_the_client_has_after_the_end_of_the_case_is_asked_of_nobody_here(case, subsidy, aino):
    swept(DOCTOR)

    closed(case, Fate(holder="client"), by=aino)

    assert asked_for() == {}
    swept(STATEMENT)
    assert asked_for() == {}


def test_nobody_prepares_the_continuation_of_somebody_who_has_died(case, subsidy, aino):
    closed(case, Fate(holder="nobody", reason="Kuollut"), outcome="died", by=aino)

    swept(DOCTOR)
    assert asked_for() == {}
    assert Application.objects.count() == 1
