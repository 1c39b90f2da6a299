"""No page, paper or list tells where a figure of law comes from without saying how well that is known."""

import re
from pathlib import Path

import pytest

from casework.law import (
    annexes,
    benefits,
    continuations,
    guidance,
    legal_grounds,
    retention,
    self_correction,
    sickness_days,
    silence,
    statements,
    usual_times,
)
from casework.law.origins import Confidence, Origin

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for path in ROOT.glob("*/templates/**/*") if path.is_file())
MODULES = sorted(path for path in ROOT.glob("casework/**/*.py") if not {"law", "migrations"} & {*path.parts})
# The source, the day and the confidence of a rule, taken out of it one by one.
NAMES = "rule|benefit|annex|backpay|law|stage|notice|step|window|ground|forwarding"
RULES = rf"\b(?:{NAMES})\.(?:source|checked_on|confidence)\b"
IN_TEMPLATES = re.compile(RULES + r"|\|citation|\b(?:row|line)\.source\b|\.confidence\b")
IN_PYTHON = re.compile(RULES)
EVERY_ROW: list[Origin] = [
    *(row for rows in vars(benefits.tables()).values() for row in rows),
    *(row for rows in vars(annexes.tables()).values() for row in rows),
    *(row for rows in vars(legal_grounds.tables()).values() for row in rows),
    *(row for rows in vars(usual_times.tables()).values() for row in rows),
    *(row for rows in vars(statements.tables()).values() for row in rows),
    *(row for rows in vars(sickness_days.tables()).values() for row in rows),
    *(row for rows in vars(continuations.tables()).values() for row in rows),
    *silence.rows(),
    *silence.services_of_contact(),
    *retention.table(),
    *self_correction.table(),
    *guidance.table(),
]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_draws_an_origin_by_the_one_component(path):
    assert IN_TEMPLATES.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_tells_an_origin_as_a_whole(path):
    assert IN_PYTHON.findall(path.read_text(encoding="utf-8")) == []


def test_no_row_lacks_its_confidence():
    assert len(EVERY_ROW) > 120
    for row in EVERY_ROW:
        assert row.confidence in set(Confidence) - {Confidence.OWN}
        assert row.fault == ""


def test_every_table_of_the_law_is_looked_at():
    read = {"appeals", "benefits", "deciders", "processing_times", "contact", "grounds", "retention", "statements"}
    read |= {"self_correction", "guidance", "annexes", "sickness_days", "continuations"}
    without_law = {"instruments", "products"}  # what instruments may be used for, and the names of services

    assert {path.stem for path in benefits.TABLES.glob("*.toml")} == read | without_law
