"""No page, paper or list tells where a figure of law comes from without saying how well that is known."""

import re
from pathlib import Path

import pytest

from casework.law.benefits import TABLES
from casework.law.origins import Confidence, Origin
from tests.deploy.law_table import every_table

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for path in ROOT.glob("*/templates/**/*") if path.is_file())
MODULES = sorted(path for path in ROOT.glob("casework/**/*.py") if not {"law", "migrations"} & {*path.parts})
# The source, the day and the confidence of a rule, taken out of it one by one.
NAMES = "rule|benefit|annex|backpay|law|stage|notice|step|window|ground|forwarding"
RULES = rf"\b(?:{NAMES})\.(?:source|checked_on|confidence)\b"
IN_TEMPLATES = re.compile(RULES + r"|\|citation|\b(?:row|line)\.source\b|\.confidence\b")
IN_PYTHON = re.compile(RULES)
EVERY_ROW: list[Origin] = [row for _name, rows in every_table() for row in rows]


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
    read = {name.partition(",")[0] for name, _rows in every_table()}
    without_law = {"instruments", "products"}  # what instruments may be used for, and the names of services

    assert {path.stem for path in TABLES.glob("*.toml")} == read | without_law
