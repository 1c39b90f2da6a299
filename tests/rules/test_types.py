"""What mypy says of an attribute is cured, not ignored: a field knows its class, and a row what was read beside it."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("tenants", "casework", "billing", "tasks", "deploy", "tests")
IGNORED = re.compile(r"#\s*(?:type:\s*ignore\[[^\]]*attr-defined|mypy:.*attr-defined)")
# How many lines of a file may ignore it, and why nothing better is known there.
KNOWN = {
    "casework/overview/today.py": 5,  # a list of the day knows by its first row how many there are beyond it
    "casework/overview/today_rows.py": 1,  # a task of the day knows whether its case may be named
}


def test_an_attribute_that_mypy_does_not_know_stands_here():
    counted = {
        str(path.relative_to(ROOT)): len(IGNORED.findall(path.read_text()))
        for floor in FLOORS
        for path in (ROOT / floor).rglob("*.py")
    }

    assert {path: count for path, count in counted.items() if count} == KNOWN
