"""What is asked for by which day: each once, anew when the day moves, and no more when it is answered or untrue."""

from datetime import date
from typing import Any

import pytest

from casework.applications import actions as applications
from casework.applications import correcting as corrected_applications
from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.cases.open_ends import open_ends
from casework.decisions import correcting as corrected_decisions
from casework.endings.actions import Fate
from casework.models import Decision, OpenEnd, Task
from casework.sickness_days import actions
from tests.casework.applications.making import a_decision, application_at
from tests.casework.cases.making import a_case
from tests.casework.endings.making import closed, to
from tests.casework.sickness_days.making import a_count, a_registration, an_allowance, facts, swept
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
END = date(2027, 2, 28)  # the maximum, when Kela has counted 210 days by 20.11.2026
DAY_AFTER = date(2027, 3, 1)


def asked_for(*, is_done=False):
    """What the rules ask for, by the middle word of its cause."""
    found = Task.objects.filter(occasion__isnull=False, done_at__isnull=not is_done).select_related("occasion")
    return {task.occasion.cause.split(":")[1]: task.due_on for task in found}


@pytest.fixture
def at_the_maximum(kaavi, aino):
    """A case whose allowance is granted beyond its maximum, of which Kela has counted 210 days."""
    case = a_case(by=aino)
    an_allowance(case, by=aino)
    a_count(case, paid_days=50, counted_on=date(2026, 5, 11), by=aino)  # so that 60 was asked about in its time
    a_count(case, paid_days=210, by=aino)
    return case


def test_at_the_end_two_things_are_asked_for_at_once_and_each_once(at_the_maximum):
    swept(TODAY)

    assert asked_for() == {"apply": END, "register": DAY_AFTER}
    assert swept(TODAY) == 0


def test_the_end_that_the_decision_names_is_asked_for_without_any_count(kaavi, aino):
    an_allowance(a_case(by=aino), by=aino)

    swept(TODAY)

    assert asked_for() == {"apply": date(2027, 5, 31), "register": date(2027, 6, 1)}
    assert "31.5.2027" in Task.objects.get(due_on=date(2027, 5, 31)).title


def test_a_decision_of_an_earlier_time_that_comes_afterwards_does_not_end_what_is_paid(kaavi, aino):
    case = a_case(by=aino)
    an_allowance(case, decided_on=date(2026, 10, 1), notice_on=date(2026, 10, 1), by=aino)
    earlier: dict[str, Any] = {
        "filed_on": date(2026, 8, 3),
        "decided_on": date(2026, 10, 5),
        "notice_on": date(2026, 10, 5),
    }
    an_allowance(case, until=date(2026, 7, 31), **earlier, by=aino)

    swept(TODAY)

    assert asked_for() == {"apply": date(2027, 5, 31), "register": date(2027, 6, 1)}


def test_a_newer_decision_that_ends_it_sooner_is_the_end(kaavi, aino):
    case = a_case(by=aino)
    an_allowance(case, decided_on=date(2026, 10, 1), notice_on=date(2026, 10, 1), by=aino)
    an_allowance(case, until=date(2026, 12, 31), decided_on=TODAY, notice_on=TODAY, by=aino)

    swept(TODAY)

    assert asked_for() == {"apply": date(2026, 12, 31), "register": date(2027, 1, 1)}


@pytest.mark.parametrize(("benefit", "is_asked"), [("KR", True), ("TKE-K", False)])
def test_only_a_pension_without_a_last_day_is_paid_for_good(at_the_maximum, aino, benefit, is_asked):
    filed = application_at("filed", case=at_the_maximum, benefit=benefit, decider="kela", by=aino)
    a_decision("granted", application=filed, by=aino)

    swept(TODAY)

    assert ("register" in asked_for()) is is_asked


def test_an_end_of_what_is_granted_in_part_is_asked_for_in_the_same_way(kaavi, aino):
    filed = application_at("filed", case=a_case(by=aino), benefit="SPR", decider="kela", by=aino)
    a_decision("partly", application=filed, granted_until=date(2027, 5, 31), by=aino)

    swept(TODAY)

    assert asked_for() == {"apply": date(2027, 5, 31), "register": date(2027, 6, 1)}


def test_a_check_is_told_two_weeks_before_its_day_and_a_later_one_makes_it_stale(kaavi, aino):
    case = a_case(by=aino)
    an_allowance(case, by=aino)
    a_count(case, paid_days=50, counted_on=date(2026, 11, 20), by=aino)  # 60 on 2.12.2026, 150 in March

    swept(TODAY)
    assert asked_for()["60"] == date(2026, 12, 2)

    swept(date(2027, 3, 15))
    assert "150" in asked_for()


@pytest.mark.parametrize(("paid_days", "what"), [(59, None), (60, "60"), (65, "60"), (155, "60"), (240, "230")])
def test_a_check_whose_day_was_over_before_kela_s_letter_came_is_asked_for_at_once_and_once(
    kaavi, aino, paid_days, what
):
    case = a_case(by=aino)
    an_allowance(case, by=aino)
    a_count(case, paid_days=paid_days, by=aino)

    swept(TODAY)
    at_once = {code: due_on for code, due_on in asked_for().items() if due_on == TODAY}
    assert at_once == ({what: TODAY} if what else {})
    if what:
        assert f"yli {what} maksettua päivää" in Task.objects.get(due_on=TODAY).title
        tasks.do(task=Task.objects.get(due_on=TODAY), by=aino, at=NOON)

    a_count(case, paid_days=paid_days + 2, counted_on=TODAY, by=aino)
    swept(TODAY)
    assert not [code for code, due_on in asked_for().items() if due_on == TODAY]


def test_days_that_nobody_typed_are_never_asked_about(kaavi, aino):
    an_allowance(a_case(by=aino), by=aino)

    swept(date(2027, 4, 1))

    assert not {"60", "150", "230"} & asked_for().keys()


def test_a_registration_ends_its_task_and_when_it_is_taken_back_the_task_comes_again(at_the_maximum, aino):
    swept(TODAY)
    task = Task.objects.get(due_on=DAY_AFTER)

    row = a_registration(at_the_maximum, by=aino)
    task.refresh_from_db()
    assert (task.is_done, task.is_dropped) == (True, True)
    assert swept(TODAY) == 0

    actions.take_back_registration(row=row, reason="Ei ollutkaan", version=1, by=aino, at=NOON)
    assert swept(TODAY) == 1
    task.refresh_from_db()
    assert not task.is_done
    assert Task.objects.count() == 2


def test_a_pension_application_ends_the_task_of_applying_and_its_withdrawal_brings_it_back(at_the_maximum, aino):
    swept(TODAY)

    filed = application_at("filed", case=at_the_maximum, benefit="KT", decider="kela", by=aino)
    assert asked_for() == {"register": DAY_AFTER}

    applications.withdraw(application=filed, withdrawn_on=TODAY, version=filed.version, by=aino, at=NOON)
    swept(TODAY)
    assert asked_for() == {"apply": END, "register": DAY_AFTER}


def test_a_rejection_that_is_taken_back_lets_its_application_wait_and_nobody_is_to_apply(kaavi, aino):
    case = a_case(by=aino)
    an_allowance(case, by=aino)
    days: dict[str, Any] = {"decided_on": date(2026, 11, 20), "notice_on": date(2026, 11, 20)}
    more = application_at("filed", case=case, benefit="SPR", decider="kela", filed_on=date(2026, 11, 18), by=aino)
    rejected = a_decision(application=more, by=aino, **days)
    swept(TODAY)
    assert asked_for() == {"apply": date(2027, 5, 31), "register": date(2027, 6, 1)}

    corrected_decisions.take_back(decision=rejected, reason="Väärä", version=rejected.version, by=aino, at=NOON)

    assert asked_for() == {"register": date(2027, 6, 1)}


def test_a_granted_pension_ends_both(at_the_maximum, aino):
    swept(TODAY)
    filed = application_at("filed", case=at_the_maximum, benefit="KT", decider="kela", by=aino)

    a_decision("granted_until", application=filed, granted_until=date(2028, 2, 28), by=aino)

    assert asked_for() == {}


def test_a_corrected_count_plans_anew_and_corrected_back_the_old_tasks_come_again(at_the_maximum, aino):
    swept(TODAY)
    row = at_the_maximum.sickness_day_counts.get(paid_days=210)

    row = actions.correct_count(row=row, facts=facts(paid_days=240), reason="Luin väärin", version=1, by=aino, at=NOON)
    assert asked_for() == {}
    swept(TODAY)
    assert asked_for() == {"apply": date(2027, 1, 31), "register": date(2027, 2, 1)}

    actions.correct_count(row=row, facts=facts(paid_days=210), reason="Oikein", version=2, by=aino, at=NOON)
    swept(TODAY)
    assert asked_for() == {"apply": END, "register": DAY_AFTER}
    assert Task.objects.count() == 4


def test_a_corrected_end_of_the_decision_plans_anew(kaavi, aino):
    decision = an_allowance(a_case(by=aino), by=aino)
    swept(TODAY)

    said = {name: getattr(decision, name) for name in Decision.CORRECTED} | {"granted_until": date(2027, 1, 15)}
    corrected_decisions.correct(
        decision=decision, **said, reason="Luin väärin", version=decision.version, by=aino, at=NOON
    )
    swept(TODAY)

    assert asked_for() == {"apply": date(2027, 1, 15), "register": date(2027, 1, 16)}


def test_a_decision_that_is_taken_back_asks_for_nothing_any_more(kaavi, aino):
    decision = an_allowance(a_case(by=aino), by=aino)
    swept(TODAY)

    corrected_decisions.take_back(decision=decision, reason="Väärä", version=decision.version, by=aino, at=NOON)
    assert asked_for() == {}

    swept(TODAY)
    assert asked_for() == {}


def test_a_task_that_a_person_opened_again_is_theirs_and_stays(at_the_maximum, aino):
    swept(TODAY)
    a_registration(at_the_maximum, by=aino)
    task = Task.objects.get(due_on=DAY_AFTER)
    tasks.undo(task=task, by=aino, at=NOON)

    a_count(at_the_maximum, paid_days=211, by=aino)

    task.refresh_from_db()
    assert not task.is_done


def test_what_a_person_did_is_not_asked_for_again(at_the_maximum, aino):
    swept(TODAY)
    tasks.do(task=Task.objects.get(due_on=END), by=aino, at=NOON)

    assert swept(TODAY) == 0


def test_an_allowance_that_ended_long_ago_when_it_was_written_down_is_history(kaavi, aino):
    old: dict[str, Any] = {
        "filed_on": date(2026, 3, 1),
        "decided_on": date(2026, 3, 20),
        "notice_on": date(2026, 3, 20),
    }
    an_allowance(a_case(by=aino), until=date(2026, 10, 1), **old, by=aino)

    assert swept(TODAY) == 0


def test_a_closed_case_hands_its_registration_to_a_colleague_who_gets_the_tasks(at_the_maximum, aino, bertta):
    swept(TODAY)
    [end] = [one for one in open_ends(at_the_maximum, on=TODAY) if one.kind == OpenEnd.Kind.JOBSEEKER]
    assert end.on == DAY_AFTER
    kinds = {one.kind for one in open_ends(at_the_maximum, on=TODAY)}
    assert OpenEnd.Kind.TASK not in kinds  # the rules' tasks go with it

    case = closed(at_the_maximum, to(bertta), by=aino)

    assert {task.assignee for task in Task.objects.filter(done_at=None)} == {bertta}
    a_registration(case, by=bertta)
    assert asked_for() == {"apply": END}


def test_what_is_told_later_of_a_closed_case_is_told_to_whom_it_was_handed(at_the_maximum, aino, bertta):
    closed(at_the_maximum, to(bertta), by=aino)

    swept(TODAY)

    assert {task.assignee for task in Task.objects.filter(done_at=None)} == {bertta}


def test_a_case_that_is_closed_and_handed_to_nobody_asks_for_nothing_and_opened_again_it_does(at_the_maximum, aino):
    swept(TODAY)
    case = closed(at_the_maximum, Fate(holder="nobody", reason="Muutti"), by=aino)
    assert asked_for() == {}
    assert swept(TODAY) == 0

    cases.reopen(case=case, by=aino, at=NOON)

    swept(TODAY)
    assert asked_for() == {"apply": END, "register": DAY_AFTER}


def test_nothing_is_asked_for_somebody_who_has_died(at_the_maximum, aino):
    swept(TODAY)

    closed(at_the_maximum, Fate(holder="nobody", reason="Kuollut"), outcome="died", by=aino)

    assert asked_for() == {}
    assert swept(TODAY) == 0


def test_a_corrected_filing_of_the_pension_application_is_followed(at_the_maximum, aino):
    filed = application_at("filed", case=at_the_maximum, benefit="KT", decider="kela", by=aino)
    swept(TODAY)
    assert asked_for() == {"register": DAY_AFTER}

    corrected_applications.take_back_step(
        application=filed, reason="Ei lähtenyt", version=filed.version, by=aino, at=NOON
    )
    swept(TODAY)

    assert asked_for() == {"apply": END, "register": DAY_AFTER}
