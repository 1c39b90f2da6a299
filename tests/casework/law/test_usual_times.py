"""Usual times as they were published: which figure, on which ground, and how well each is known."""

from datetime import date

import pytest

from casework.law import benefits as rules
from casework.law import usual_times
from casework.law.benefits import Matter
from casework.law.deadlines import DeciderKind
from casework.law.origins import Certainty, Confidence
from casework.law.usual_times import Basis

NOVEMBER = date(2026, 11, 22)
KELA, INSURER = DeciderKind.KELA, DeciderKind.PENSION_INSURER
NEW, CONTINUATION = Matter.NEW, Matter.CONTINUATION
WEEK = 7
PUBLISHED = [
    ("TKE-T", INSURER, NEW, 39, Basis.AVERAGE, Confidence.HIGH),
    ("TKE-K", KELA, NEW, 11 * WEEK, Basis.TARGET, Confidence.MEDIUM),
    ("KT", KELA, CONTINUATION, 7 * WEEK, Basis.TARGET, Confidence.MEDIUM),
    ("TAK", KELA, NEW, 5 * WEEK, Basis.TARGET, Confidence.MEDIUM),
    ("AK-K", KELA, NEW, 5 * WEEK, Basis.TARGET, Confidence.MEDIUM),
    ("HVK", KELA, NEW, 5 * WEEK, Basis.TARGET, Confidence.MEDIUM),
    ("VLK", KELA, NEW, 5 * WEEK, Basis.TARGET, Confidence.MEDIUM),
    ("KSEL", KELA, NEW, 5 * WEEK, Basis.TARGET, Confidence.MEDIUM),
    ("KR", KELA, NEW, 3 * WEEK, Basis.TARGET, Confidence.MEDIUM),
    ("SPR", KELA, NEW, 3 * WEEK, Basis.TARGET, Confidence.LOW),
    ("VT", KELA, NEW, 6 * WEEK, Basis.TARGET, Confidence.LOW),
    ("HT", KELA, NEW, 6 * WEEK, Basis.TARGET, Confidence.LOW),
]
# What was published of disability pensions, taken for those that are applied for in the same way.
DERIVED = [
    ("OTKE", INSURER, NEW, 39, Basis.AVERAGE, Confidence.MEDIUM),
    ("KT", INSURER, NEW, 39, Basis.AVERAGE, Confidence.MEDIUM),
    ("KT", KELA, NEW, 11 * WEEK, Basis.TARGET, Confidence.MEDIUM),
]


@pytest.mark.parametrize(("benefit", "kind", "matter", "days", "basis", "confidence"), PUBLISHED + DERIVED)
def test_a_published_time_has_its_figure_its_ground_and_its_confidence(benefit, kind, matter, days, basis, confidence):
    found = usual_times.usual_time(benefit, kind, NOVEMBER, matter=matter)

    assert (found.usual_days, found.basis, found.confidence) == (days, basis, confidence)


def test_every_other_time_is_shown_as_not_verified():
    known = {row[:3] for row in PUBLISHED + DERIVED}
    others = [
        row for row in usual_times.tables().applications if (row.benefit, row.decider_kind, row.matter) not in known
    ]

    assert others
    assert {row.certainty for row in others} == {Certainty.UNVERIFIED}


def test_an_old_or_missing_source_is_shown_as_not_verified():
    assert {usual_times.usual_time(code, KELA, NOVEMBER).certainty for code in ("SPR", "VT", "HT")} == {
        Certainty.UNVERIFIED
    }


@pytest.mark.parametrize("benefit", rules.benefits_on(NOVEMBER), ids=lambda benefit: benefit.code)
def test_every_benefit_has_a_time_with_each_of_its_deciders(benefit):
    for kind in benefit.decider_kinds:
        assert usual_times.usual_time(benefit.code, kind, NOVEMBER).usual_days > 0
