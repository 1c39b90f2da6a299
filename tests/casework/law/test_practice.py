"""Lengths of time of our own practice: each has a row, says that nobody has verified it, and stands in no code."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from casework.law import practice
from casework.law.benefits import NoRule
from casework.law.origins import Certainty
from casework.law.practice import Measure, length

CASEWORK = Path(__file__).resolve().parents[3] / "casework"
DAYS = re.compile(r"^[A-Z_]+(?:, [A-Z_]+)* = .*timedelta\(days=(?!1\))", re.MULTILINE)
# What is no practice of the work with a client, and why it stands in code.
ELSEWHERE = {
    "applications/occasions.py": "the farthest of the days on which a last day is told, which stand beside it",
    "cases/drafts.py": "how long what was typed and not saved is kept for its writer",
    "law/deadlines.py": "the target day, in the engine that reads no table; deploy/law.md names it",
    "visits/feed_queries.py": "how much of a calendar another program is given",
}


@pytest.mark.parametrize("measure", Measure)
def test_each_has_a_length_and_says_that_nobody_has_verified_it(measure):
    [row] = [row for row in practice.table() if row.code is measure]

    assert length(measure, date(2026, 11, 23)) == timedelta(days=row.days)
    assert row.certainty is Certainty.UNVERIFIED


def test_of_a_day_before_every_table_there_is_none():
    with pytest.raises(NoRule):
        length(Measure.JUST_ENDED, date(1899, 12, 31))


def test_no_other_length_of_practice_stands_in_code():
    found = {
        str(path.relative_to(CASEWORK))
        for path in CASEWORK.rglob("*.py")
        if DAYS.search(path.read_text(encoding="utf-8"))
    }

    assert found == ELSEWHERE.keys()
