"""Each act on one application to both pension systems: done at both, at one, or as a person says; and it says which."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from casework.applications import actions as applications
from casework.applications import annex_answers, both_systems, claim_days, claiming, correcting, evidence, pair_acts
from casework.applications.pair_acts import ACTS, NotAtTheOther, Whose
from casework.decisions import further
from casework.law import as_of
from casework.models import Application
from tenants.accounts.models import User
from tests.casework.applications.making import a_decision, a_pair, answered, appeal_at, evidence_of, in_db, not_needed
from tests.casework.removals.making import a_removal
from tests.casework.removals.making import answered as a_removal_answered
from tests.conftest import NOON
from tests.rules.actions import actions

FILED, MOVED, TODAY = date(2026, 9, 1), date(2026, 9, 3), date(2026, 11, 23)


def said_of(application: Application) -> dict[str, Any]:
    """Everything that an act can change at a half."""
    found = Application.everything.get(pk=application.pk)
    return {
        "row": {name: getattr(found, name) for name in (*Application.CORRECTED, "removed_at")},
        "evidence": [(piece.kind, piece.title) for piece in found.evidence.all()],
        "answers": [(answer.annex, answer.why) for answer in found.annex_answers.all()],
        "decisions": list(found.decisions.values_list("decided_on", flat=True)),
    }


type Do = Callable[..., Any]


@dataclass(frozen=True)
class Tried:
    """An act: how it is done at Kela's half, in which state that stands, and what becomes of Keva's."""

    do: Do
    state: str
    open: str  # when the other half stands in the same state: "both", "one" or "chosen"
    decided: str  # when the other half is decided; "refused": it can be done at one only
    prepare: Do = lambda one, by: one


def _version(one: Application, by: User) -> dict[str, Any]:
    return {"version": in_db(one).version, "by": by, "at": NOON}


def _why(one: Application, by: User) -> dict[str, Any]:
    return {"reason": "Erehdys", **_version(one, by)}


def _step(action: Do, **said: Any) -> Do:
    return lambda one, by, **choice: action(application=in_db(one), **said, **choice, **_version(one, by))


def _step_back(one: Application, by: User, **choice: Any) -> Any:
    return both_systems.take_back_step(application=in_db(one), **choice, **_why(one, by))


def _correct(one: Application, by: User, **choice: Any) -> Any:
    facts = correcting.facts_now(one, sent_by="post", matter="continuation")
    return both_systems.correct(application=in_db(one), facts=facts, **choice, **_why(one, by))


def _withdraw(one: Application, by: User, **choice: Any) -> Any:
    said: dict[str, Any] = {"withdrawn_on": TODAY, **choice}
    return both_systems.withdraw(application=in_db(one), **said, **_version(one, by))


def _attach(one: Application, by: User, *, is_at_both: bool) -> Any:
    return evidence_of(in_db(one), title="Uusi lausunto", is_for_both=is_at_both, by=by)


def _evidence(action: Do, **said: Any) -> Do:
    def do(one: Application, by: User, *, is_at_both: bool) -> Any:
        piece = next(found for found in in_db(one).evidence.all() if found.title == "Uusi lausunto")
        why = {"reason": "Erehdys", "version": piece.version, "by": by, "at": NOON}
        return action(evidence=piece, is_for_both=is_at_both, **said, **why)

    return do


def _answer(action: Do, **said: Any) -> Do:
    def do(one: Application, by: User) -> Any:
        answer = in_db(one).annex_answers.get()
        return action(answer=answer, **said, reason="Erehdys", version=answer.version, by=by, at=NOON)

    return do


def _more_asked(one: Application, by: User) -> Any:
    return _step(applications.ask_for_more, asked_on=date(2026, 9, 20), due_on=TODAY)(one, by)


def _supplied(one: Application, by: User) -> Any:
    _more_asked(one, by)
    return _step(applications.supply, supplied_on=TODAY)(one, by)


def _sent_again(one: Application, by: User) -> Any:
    return _step(applications.re_examine, asked_on=TODAY)(one, by)


def _withdrawn(one: Application, by: User) -> Any:
    other = pair_acts.offered("withdraw", in_db(one))
    return _withdraw(one, by, is_at_both=other is not None)


def _decide(one: Application, by: User) -> Any:
    return a_decision(application=in_db(one), by=by)


def _decide_further(one: Application, by: User) -> Any:
    said: dict[str, Any] = {"decided_on": TODAY, "notice_on": TODAY, "channel": "post", "result": "granted"}
    return further.record_further(application=in_db(one), **said, **_version(one, by))


def _annul(one: Application, by: User) -> Any:
    return answered(appeal_at("filed", decision=in_db(one).decisions.get(), by=by), "returned", by=by)


def _decide_anew(one: Application, by: User) -> Any:
    asked = a_removal("filed", decision=in_db(one).decisions.get(), by=by)
    return a_removal_answered(asked, "removed", by=by)


TRIED: dict[str, Tried] = {
    "file": Tried(_step(both_systems.file, filed_on=FILED, statement_follows=True), "draft", "both", "one"),
    "count_from": Tried(
        _step(claiming.count_from, counted_from="incapacity_starts", counted_on=MOVED), "draft", "both", "both"
    ),
    "say_not_needed": Tried(lambda one, by: not_needed(in_db(one), "abroad", by=by), "draft", "both", "both"),
    "correct_not_needed": Tried(
        _answer(annex_answers.correct, why="Toinen syy"),
        *("draft", "both", "both"),
        lambda one, by: not_needed(in_db(one), "abroad", by=by),
    ),
    "take_back_not_needed": Tried(
        _answer(annex_answers.take_back),
        *("draft", "both", "both"),
        lambda one, by: not_needed(in_db(one), "abroad", by=by),
    ),
    "attach": Tried(_attach, "filed", "chosen", "chosen"),
    "correct_evidence": Tried(
        _evidence(evidence.correct, kind="B", title="Parempi nimi", dated_on=FILED),
        *("filed", "chosen", "chosen"),
        lambda one, by: _attach(one, by, is_at_both=True),
    ),
    "take_back_evidence": Tried(
        _evidence(evidence.take_back),
        *("filed", "chosen", "chosen"),
        lambda one, by: _attach(one, by, is_at_both=True),
    ),
    "correct": Tried(_correct, "filed", "chosen", "chosen"),
    "withdraw": Tried(_withdraw, "filed", "chosen", "refused"),
    "take_back": Tried(
        lambda one, by, **choice: both_systems.take_back(application=in_db(one), **choice, **_why(one, by)),
        *("filed", "chosen", "refused"),
    ),
    "take_back_file": Tried(_step_back, "filed", "both", "one"),
    "take_back_withdraw": Tried(_step_back, "filed", "chosen", "refused", _withdrawn),
    "ask_for_more": Tried(_more_asked, "filed", "one", "one"),
    "supply": Tried(_step(applications.supply, supplied_on=TODAY), "returned", "one", "one"),
    "decide": Tried(_decide, "filed", "one", "one"),
    "decide_further": Tried(_decide_further, "decided", "one", "one"),
    "re_examine": Tried(_sent_again, "decided", "one", "one"),
    "annul": Tried(_annul, "decided", "one", "one"),
    "decide_anew": Tried(_decide_anew, "decided", "one", "one"),
    "withdraw_request": Tried(_withdraw, "decided", "one", "one", _sent_again),
    "take_back_ask_for_more": Tried(_step_back, "filed", "one", "one", _more_asked),
    "take_back_supply": Tried(_step_back, "filed", "one", "one", _supplied),
    "take_back_re_examine": Tried(_step_back, "decided", "one", "one", _sent_again),
}
# They make the pair, or go on from what it was granted: test_both_systems, test_pair_pages.
ELSEWHERE = {"begin", "set_together", "begin_continuation", "say_no_continuation"}
ACTIONS = {
    "applications.actions.draft": "begin",
    "applications.both_systems.begin": "begin",
    "applications.actions.file": "file",
    "applications.both_systems.file": "file",
    "applications.actions.ask_for_more": "ask_for_more",
    "applications.actions.supply": "supply",
    "applications.actions.re_examine": "re_examine",
    "applications.actions.withdraw": "withdraw",
    "applications.both_systems.withdraw": "withdraw",
    "applications.both_systems.set_together": "set_together",
    "applications.annex_answers.attach_paper": "attach",
    "applications.annex_answers.say_not_needed": "say_not_needed",
    "applications.annex_answers.correct": "correct_not_needed",
    "applications.annex_answers.take_back": "take_back_not_needed",
    "applications.claiming.count_from": "count_from",
    "applications.evidence.attach": "attach",
    "applications.evidence.correct": "correct_evidence",
    "applications.evidence.take_back": "take_back_evidence",
    "applications.correcting.correct": "correct",
    "applications.both_systems.correct": "correct",
    "applications.correcting.take_back_step": "take_back_file",
    "applications.both_systems.take_back_step": "take_back_file",
    "applications.correcting.take_back": "take_back",
    "applications.both_systems.take_back": "take_back",
    "decisions.actions.record": "decide",
    "decisions.further.record_further": "decide_further",
    "continuations.actions.begin": "begin_continuation",
    "continuations.actions.say_none": "say_no_continuation",
}


@pytest.fixture(autouse=True)
def _claimed_in_time(monkeypatch):
    """No benefit of both systems has a verified time to claim: here it is that of sickness allowance."""
    windows = as_of.benefit("SPR", TODAY).claim_windows
    monkeypatch.setattr(claim_days, "windows_of", lambda application: windows)


def test_every_act_on_an_application_stands_in_the_table_and_is_tried():
    of_applications = {action.name for action in actions() if action.name.startswith("applications.")}

    assert of_applications - ACTIONS.keys() == set()
    assert set(ACTIONS.values()) <= ACTS.keys()
    assert ACTS.keys() == TRIED.keys() | ELSEWHERE


def _cases() -> Iterator[Any]:
    """Every act in both situations; one that is asked of, with either answer."""
    answers: dict[str, dict[bool | None, bool]] = {
        "both": {None: True},
        "one": {None: False},
        "chosen": {True: True, False: False},
        "refused": {False: False},
    }
    for act, tried in TRIED.items():
        for situation in ("open", "decided"):
            for answer, is_at_both in answers[getattr(tried, situation)].items():
                yield pytest.param(act, situation, answer, is_at_both, id=f"{act}-{situation}-{answer}")


@pytest.mark.parametrize(("act", "situation", "answer", "is_at_both"), list(_cases()))
def test_an_act_is_done_at_both_or_at_one(kaavi, aino, act, situation, answer, is_at_both):
    tried = TRIED[act]
    one, two = a_pair(tried.state, tried.state if situation == "open" else "decided", by=aino)
    tried.prepare(one, aino)
    before = said_of(one), said_of(two)

    tried.do(in_db(one), aino, **({} if answer is None else {"is_at_both": answer}))

    assert (said_of(one) != before[0], said_of(two) != before[1]) == (True, is_at_both)


@pytest.mark.parametrize("act", [act for act, tried in TRIED.items() if tried.decided == "refused"])
def test_what_cannot_be_done_at_both_is_refused_by_name_and_nothing_is_written(kaavi, aino, act):
    tried = TRIED[act]
    one, two = a_pair(tried.state, "decided", by=aino)
    tried.prepare(one, aino)
    before = said_of(one), said_of(two)

    with pytest.raises(NotAtTheOther) as said:
        tried.do(in_db(one), aino, is_at_both=True)

    assert "Keva" in str(said.value.user_message)
    assert (said_of(one), said_of(two)) == before


@pytest.mark.parametrize("act", [act for act, row in ACTS.items() if row.whose is Whose.DECIDER and act in TRIED])
def test_what_is_one_decider_s_own_is_tried_as_such(act):
    assert (TRIED[act].open, TRIED[act].decided) == ("one", "one")


def test_what_was_said_of_one_half_only_is_corrected_there_only(kaavi, aino):
    one, two = a_pair("filed", "filed", by=aino)
    correcting.correct(application=two, facts=correcting.facts_now(two, sent_by="electronic"), **_why(two, aino))
    facts = correcting.facts_now(in_db(one), sent_by="post", reference="K-1")

    both_systems.correct(application=in_db(one), facts=facts, is_at_both=True, **_why(one, aino))

    assert (in_db(one).sent_by, in_db(two).sent_by, in_db(two).reference) == ("post", "electronic", "")


def test_what_was_said_apart_of_a_row_of_the_list_stays_apart(kaavi, aino):
    one, two = a_pair("draft", "draft", by=aino)
    not_needed(one, "abroad", by=aino)
    twin = in_db(two).annex_answers.get()
    twin.why = "Keva tietää sen."
    twin.save()

    TRIED["take_back_not_needed"].do(one, aino)

    assert (in_db(one).annex_answers.count(), in_db(two).annex_answers.count()) == (0, 1)
