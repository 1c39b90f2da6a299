"""After a ruling that changed the decision somebody looks out for the new one: it is an open question on Today."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework.appeals import correcting
from casework.appeals.correcting import AppealFacts
from casework.applications import actions as applications
from casework.decisions import further
from casework.models import Appeal, Task
from casework.reminders import sweep as sweeping
from tests.casework.applications.making import a_decision, answered, appeal_at, application_at, in_db
from tests.conftest import NOON
from tests.people import browser_of

TODAY = NOON.date()


@pytest.fixture
def won(kaavi, aino) -> Appeal:
    """The board has changed a rejection as it was asked to."""
    return answered(appeal_at("forwarded", by=aino), "changed", by=aino)


def asked() -> list[date]:
    return [task.due_on for task in Task.objects.filter(done_at=None)]


def test_it_is_asked_once_on_the_day_of_the_ruling_and_leads_to_the_appeal(won, aino, time_is):
    time_is(NOON)
    assert sweeping.sweep(on=TODAY, at=NOON) == 1
    assert asked() == [TODAY]
    assert sweeping.sweep(on=TODAY + timedelta(days=7), at=NOON) == 0

    page = browser_of(aino).get("/").text

    assert reverse("appeal", args=[won.decision.application.case.number, won.pk]) in page


def test_it_lapses_when_the_new_decision_is_awaited_and_when_it_is_here(won, aino):
    sweeping.sweep(on=TODAY, at=NOON)
    decided = in_db(won.decision.application)

    again = applications.re_examine(application=decided, asked_on=TODAY, version=decided.version, by=aino, at=NOON)

    assert asked() == []
    a_decision("granted", application=again, decided_on=TODAY, notice_on=TODAY, by=aino)
    assert sweeping.sweep(on=TODAY, at=NOON) == 0


def test_a_new_decision_that_comes_by_itself_answers_it_too(won, aino):
    sweeping.sweep(on=TODAY, at=NOON)
    decided = in_db(won.decision.application)
    said: dict[str, Any] = {"decided_on": TODAY, "notice_on": TODAY, "channel": "post", "result": "granted"}

    further.record_further(application=decided, **said, version=decided.version, by=aino, at=NOON)

    assert asked() == []


def test_a_ruling_that_was_read_wrong_asks_for_nothing(won, aino):
    sweeping.sweep(on=TODAY, at=NOON)
    said = {name: getattr(won, name) for name in AppealFacts.__dataclass_fields__} | {"result": "rejected"}

    correcting.correct(
        appeal=won, facts=AppealFacts(**said), reason="Luin väärin", version=won.version, by=aino, at=NOON
    )

    assert asked() == []


def test_of_a_ruling_that_is_history_nothing_is_asked(won):
    assert sweeping.sweep(on=TODAY + timedelta(days=400), at=NOON) == 0


def test_nothing_is_asked_after_a_ruling_that_changed_nothing_nor_after_a_review(kaavi, aino):
    answered(appeal_at("forwarded", by=aino), "rejected", by=aino)
    assistance = application_at("filed", benefit="TTO", decider="kela", by=aino)
    answered(appeal_at("filed", decision=a_decision(application=assistance, by=aino), by=aino), "changed", by=aino)

    assert sweeping.sweep(on=TODAY, at=NOON) == 0
