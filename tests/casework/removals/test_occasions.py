"""What is asked of applications for removal: one without an answer, and one in preparation whose time ends soon."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework.appeals import actions as appeals
from casework.law.practice import Measure, length
from casework.models import Task
from casework.reminders import sweep as sweeping
from casework.removals import correcting
from casework.removals.correcting import RemovalFacts
from tests.casework.removals.making import ENDS_ON, a_removal, answered, removal_in_db
from tests.conftest import NOON
from tests.people import browser_of

TODAY = NOON.date()
ASKED = length(Measure.REMOVAL_ASKED, TODAY)
SOON = length(Measure.REMOVAL_ENDS, TODAY)


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


def swept(on: date) -> list[str]:
    """What is open after a sweep of a day, but for the task about the last day of appeal."""
    sweeping.sweep(on=on, at=NOON)
    return [task.title for task in Task.objects.filter(done_at=None, occasion__cause__startswith="removal:")]


def test_one_without_an_answer_is_asked_about_after_half_a_year_and_leads_to_its_page(kaavi, aino):
    removal = a_removal("filed", by=aino)

    assert swept(TODAY + ASKED) == []
    [title] = swept(TODAY + ASKED + timedelta(days=1))
    assert "23.11.2026" in title
    Task.objects.update(due_on=TODAY)
    case = removal.decision.application.case
    assert reverse("removal", args=[case.number, removal.pk]) in browser_of(aino).get("/").text


def test_an_answer_ends_it(kaavi, aino):
    removal = a_removal("filed", by=aino)
    swept(TODAY + ASKED + timedelta(days=1))

    answered(removal_in_db(removal), by=aino)

    assert swept(TODAY + ASKED + timedelta(days=2)) == []


def test_one_whose_filing_was_written_too_early_is_asked_about_no_more(kaavi, aino):
    removal = a_removal("filed", by=aino)
    swept(TODAY + ASKED + timedelta(days=1))
    known: dict[str, Any] = {"reason": "Ei lähtenyt", "version": removal.version}

    correcting.take_back_step(removal=removal, **known, by=aino, at=NOON)

    assert not Task.objects.filter(done_at=None, occasion__cause__startswith="removal:").exists()


def test_one_in_preparation_is_told_of_three_months_before_its_time_ends(kaavi, aino):
    a_removal(by=aino)

    assert swept(ENDS_ON - SOON - timedelta(days=1)) == []
    [title] = swept(ENDS_ON - SOON)
    assert "10.4.2030" in title
    assert len(swept(ENDS_ON)) == 1


def test_of_one_whose_time_is_over_nothing_new_is_asked(kaavi, aino):
    a_removal(by=aino)

    assert swept(ENDS_ON + timedelta(days=1)) == []


def test_while_an_appeal_makes_the_decision_unfinal_no_end_is_told(kaavi, aino):
    removal = a_removal(by=aino)
    appeal = appeals.draft(decision=removal.decision, by=aino, at=NOON)
    said: dict[str, Any] = {"filed_on": TODAY, "late_reason": "Sairaalassa", "version": appeal.version}
    appeals.file(appeal=appeal, **said, by=aino, at=NOON)

    assert swept(ENDS_ON - SOON) == []


def test_what_is_corrected_otherwise_leaves_the_question(kaavi, aino):
    removal = a_removal("filed", by=aino)
    swept(TODAY + ASKED + timedelta(days=1))
    said = {name: getattr(removal, name) for name in RemovalFacts.__dataclass_fields__} | {"receipt": "RR 1"}
    known: dict[str, Any] = {"reason": "Luin väärin", "version": removal.version}

    correcting.correct(removal=removal, facts=RemovalFacts(**said), **known, by=aino, at=NOON)

    assert Task.objects.filter(done_at=None, occasion__cause__startswith="removal:unanswered").count() == 1
