"""Every wait at the decider is a round of its own: nothing of an earlier one is lost when something is asked anew."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from casework.applications import actions as applications
from casework.applications import correcting
from casework.applications.correcting import ApplicationFacts
from casework.decisions import actions as decisions
from casework.decisions import correcting as corrected_decisions
from casework.models import Application, Decision, Round
from casework.timeline import corrections
from tenants.errors import Refusal
from tests.casework.applications.making import FILED, a_decision, application_at, in_db
from tests.conftest import NOON

TODAY = NOON.date()
BEGUN = date(2026, 3, 2)
migration = import_module("casework.migrations.0059_rounds")

type Told = list[tuple[Any, ...]]


def rounds_of(application: Application) -> Told:
    """What the rounds of an application say, in their order, with how many decisions stand in each."""
    found = Round.objects.filter(application=application)
    return [(one.kind, one.begun_on, one.ended_on, one.end, one.decisions.count()) for one in found]


def asked_anew(application: Application, *, by: Any, on: date = TODAY, at: datetime = NOON) -> Application:
    found = in_db(application)
    return applications.re_examine(application=found, asked_on=on, version=found.version, by=by, at=at)


def withdrawn(application: Application, *, by: Any, on: date = TODAY, reason: str = "") -> Application:
    said: dict[str, Any] = {"withdrawn_on": on, "reason": reason, "version": application.version}
    return applications.withdraw(application=application, **said, by=by, at=NOON)


# --- the steps ---------------------------------------------------------------------------------------------------


def test_a_draft_has_no_round_and_a_filed_one_has_the_first(kaavi, aino):
    assert rounds_of(application_at("draft", by=aino)) == []
    assert rounds_of(application_at("filed", by=aino)) == [("application", FILED, None, "", 0)]


def test_a_continuation_is_a_round_of_its_own_kind_and_follows_a_corrected_matter(kaavi, aino):
    filed = application_at("filed", by=aino)
    facts = {name: getattr(filed, name) for name in ("benefit_code", "decider_code", "filed_on")}

    correcting.correct(
        application=filed,
        facts=ApplicationFacts(**facts, matter="continuation"),
        reason="Jatko",
        version=filed.version,
        by=aino,
        at=NOON,
    )

    assert rounds_of(filed) == [("continuation", FILED, None, "", 0)]


def test_a_decision_ends_its_round_and_what_is_asked_anew_is_the_next_one(kaavi, aino):
    decision = a_decision(by=aino)

    again = asked_anew(decision.application, by=aino)

    assert rounds_of(again) == [
        ("application", FILED, decision.decided_on, "decided", 1),
        ("re_examination", TODAY, None, "", 0),
    ]


def test_a_request_on_the_day_of_filing_is_a_request_all_the_same(kaavi, aino):
    first = a_decision(decided_on=FILED, notice_on=FILED, by=aino)
    again = asked_anew(first.application, on=FILED, by=aino)

    found = in_db(withdrawn(again, by=aino))

    assert (found.state, found.decided_on) == ("decided", FILED)  # the request alone is withdrawn


def test_since_when_an_earlier_decision_was_awaited_is_known_after_several_requests(kaavi, aino):
    first = a_decision(by=aino)
    asked_on = first.decided_on + timedelta(days=2)
    second = a_decision(
        application=asked_anew(first.application, on=asked_on, by=aino), decided_on=TODAY, notice_on=TODAY, by=aino
    )

    found = in_db(withdrawn(asked_anew(second.application, by=aino), by=aino))

    assert (found.decided_on, found.waiting_since) == (TODAY, asked_on)
    assert [end for *_, end, _count in rounds_of(found)] == ["decided", "decided", "withdrawn"]


def test_why_an_earlier_request_was_withdrawn_stays_in_the_history_when_it_is_asked_again(kaavi, aino):
    decision = a_decision(by=aino)
    withdrawn(asked_anew(decision.application, by=aino), reason="Ei jaksa nyt", by=aino)

    again = asked_anew(decision.application, by=aino)

    assert [end for *_, end, _count in rounds_of(again)] == ["decided", "withdrawn", ""]
    [earlier] = corrections.of_row(again)
    assert "Ei jaksa nyt" in [str(old.said) for old in earlier.olds]


def test_a_decision_that_is_taken_back_lets_its_own_round_go_on(kaavi, aino):
    first = a_decision(by=aino)
    again = asked_anew(first.application, by=aino)
    second = a_decision("granted", application=again, decided_on=TODAY, notice_on=TODAY, by=aino)

    corrected_decisions.take_back(decision=second, reason="x", version=1, by=aino, at=NOON)

    assert [open_round for open_round in rounds_of(again) if not open_round[3]] == [
        ("re_examination", TODAY, None, "", 0)
    ]


def test_one_application_waits_in_one_round_at_a_time(kaavi, aino):
    filed = application_at("filed", by=aino)

    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(application=filed, number=2, kind="re_examination", begun_on=TODAY)


def test_only_the_first_round_is_the_application_itself(kaavi, aino):
    decided = in_db(a_decision(by=aino).application)

    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(application=decided, number=2, kind="application", begun_on=TODAY)


# --- after any sequence of steps ---------------------------------------------------------------------------------


@dataclass
class Walk:
    """One application, on each day of which one step is tried."""

    application: Application
    by: Any
    on: date = BEGUN
    at: datetime = field(default=NOON - timedelta(days=200))

    def next_day(self) -> None:
        self.on, self.at = self.on + timedelta(days=1), self.at + timedelta(days=1)
        self.application = Application.objects.get(pk=self.application.pk)

    @property
    def who(self) -> dict[str, Any]:
        return {"version": self.application.version, "by": self.by, "at": self.at}

    @property
    def newest(self) -> Decision:
        return self.application.decisions.latest("created_at")


type Step = Callable[[Walk], object]
STEPS: dict[str, Step] = {}
NOT_TOLD = {"takes_the_step_back", "filed_another_day", "asked_another_day"}  # the timeline does not tell these


def step(take: Step) -> Step:
    STEPS[take.__name__] = take
    return take


@step
def files(walk):
    applications.file(application=walk.application, filed_on=walk.on, statement_follows=True, **walk.who)


@step
def asks_for_more(walk):
    applications.ask_for_more(application=walk.application, asked_on=walk.on, due_on=TODAY, **walk.who)


@step
def supplies(walk):
    applications.supply(application=walk.application, supplied_on=walk.on, **walk.who)


@step
def rejects(walk):
    said: dict[str, Any] = {"result": "rejected", "channel": "post", "decided_on": walk.on, "notice_on": walk.on}
    decisions.record(application=walk.application, **said, **walk.who)


@step
def asks_anew(walk):
    applications.re_examine(application=walk.application, asked_on=walk.on, **walk.who)


@step
def withdraws(walk):
    applications.withdraw(application=walk.application, withdrawn_on=walk.on, **walk.who)


@step
def takes_the_step_back(walk):
    correcting.take_back_step(application=walk.application, reason="x", **walk.who)


@step
def takes_the_decision_back(walk):
    decision = walk.newest
    who = walk.who | {"version": decision.version}
    corrected_decisions.take_back(decision=decision, reason="x", **who)


@step
def decided_another_day(walk):
    decision = walk.newest
    said = {name: getattr(decision, name) for name in Decision.CORRECTED}
    said["decided_on"] -= timedelta(days=1)
    corrected_decisions.correct(decision=decision, **said, reason="x", **walk.who | {"version": decision.version})


@step
def filed_another_day(walk):
    corrects(walk, "filed_on")


@step
def asked_another_day(walk):
    corrects(walk, "waiting_since")


def corrects(walk, name):
    said = {known: getattr(walk.application, known) for known in ApplicationFacts.__dataclass_fields__}
    on = said[name]
    facts = ApplicationFacts(**said | {name: on and on - timedelta(days=1)})
    correcting.correct(application=walk.application, facts=facts, reason="x", **walk.who)


def taken(name: str, walk: Walk) -> None:
    """Take a step if it may be taken now, and see that the application and its rounds say the same."""
    walk.next_day()
    try:
        with transaction.atomic():
            STEPS[name](walk)
    except (Refusal, Decision.DoesNotExist):
        pass
    found = in_db(walk.application)
    rounds = list(found.rounds.all())
    assert [one.begun_on for one in rounds if one.is_open] == ([found.waiting_since] if found.is_waiting else [])
    assert bool(rounds) == (found.filed_on is not None)
    assert not rounds or rounds[0].begun_on == found.filed_on
    if found.current_round is not None:
        assert found.current_round.begun_on == found.waiting_since
    assert not found.decisions.filter(round=None).exists()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(sorted(STEPS)), min_size=6, max_size=14))
@example(
    names=["files", "rejects", "asks_anew", "withdraws", "takes_the_decision_back", "takes_the_step_back", "files"]
)
@example(names=["files", "rejects", "asks_anew", "asks_for_more", "withdraws", "asks_anew", "withdraws"])
@example(names=["files", "rejects", "asks_anew", "filed_another_day", "rejects", "asks_anew", "asked_another_day"])
def test_the_open_round_began_when_the_application_says_that_it_waits_since(kaavi, aino, names):
    with transaction.atomic():
        walk = Walk(application_at("draft", by=aino), aino)
        for name in names:
            taken(name, walk)
        transaction.set_rollback(True)


# --- rows from before the rounds ---------------------------------------------------------------------------------


def forget_rounds() -> None:
    """Leave what code from before the rounds has written."""
    Decision.everything.update(round=None)
    Round.objects.all().delete()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(sorted(STEPS.keys() - NOT_TOLD)), min_size=6, max_size=14))
@example(names=["files", "rejects", "asks_anew", "withdraws", "asks_anew", "rejects", "decided_another_day"])
def test_the_migration_tells_the_same_rounds_from_the_timeline(kaavi, aino, names):
    with transaction.atomic():
        walk = Walk(application_at("draft", by=aino), aino)
        for name in ["files", *names]:
            taken(name, walk)
        known, before = rounds_of(walk.application), in_db(walk.application)
        forget_rounds()

        migration.write_rounds(apps, None)

        after = in_db(walk.application)
        assert rounds_of(after) == known
        assert (after.state, after.waiting_since, after.decided_on) == (
            before.state,
            before.waiting_since,
            before.decided_on,
        )
        transaction.set_rollback(True)


def test_what_old_code_files_and_decides_during_an_upgrade_has_its_rounds_with_the_next_step(kaavi, aino):
    decision = a_decision(by=aino)
    forget_rounds()

    again = asked_anew(decision.application, by=aino)

    assert rounds_of(again) == [
        ("application", FILED, decision.decided_on, "decided", 1),
        ("re_examination", TODAY, None, "", 0),
    ]


def test_what_old_code_asks_anew_during_an_upgrade_has_its_round_with_the_next_step(kaavi, aino):
    decision = a_decision(by=aino)
    Application.objects.update(state="filed", waiting_since=TODAY, decided_on=None)  # as old code asked anew

    a_decision("granted", application=in_db(decision.application), decided_on=TODAY, notice_on=TODAY, by=aino)

    assert rounds_of(decision.application) == [
        ("application", FILED, decision.decided_on, "decided", 1),
        ("re_examination", TODAY, TODAY, "decided", 1),
    ]


def test_what_old_code_withdraws_during_an_upgrade_ends_its_round_with_the_next_step(kaavi, aino):
    decision = a_decision(by=aino)
    asked_anew(decision.application, by=aino)
    Application.objects.update(state="decided", decided_on=decision.decided_on, waiting_since=FILED, withdrawn_on=TODAY)

    asked_anew(decision.application, by=aino)

    assert [end for *_, end, _count in rounds_of(decision.application)] == ["decided", "withdrawn", ""]


def test_what_the_decider_asked_first_stays_in_the_history_when_it_asks_once_more(kaavi, aino):
    asked = application_at("returned", by=aino)
    supplied = applications.supply(application=asked, supplied_on=TODAY, version=asked.version, by=aino, at=NOON)

    again = applications.ask_for_more(
        application=supplied,
        asked_on=TODAY,
        due_on=TODAY + timedelta(days=14),
        what="Kuntoutussuunnitelma",
        version=supplied.version,
        by=aino,
        at=NOON,
    )

    assert (again.more_asked, again.supplied_on) == ("Kuntoutussuunnitelma", None)
    [earlier] = corrections.of_row(in_db(again))
    assert [str(old.said) for old in earlier.olds] == [
        "21.9.2026",
        "30.11.2026",
        "A statement on the remaining ability to work",
        "23.11.2026",
    ]
