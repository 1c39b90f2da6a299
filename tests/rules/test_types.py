"""What mypy says of an attribute is cured, not ignored: a field knows its class, and a row what was read beside it."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("tenants", "casework", "billing", "tasks", "deploy", "tests")
IGNORED = re.compile(r"#\s*(?:type:\s*ignore\[[^\]]*attr-defined|mypy:.*attr-defined)")


def test_no_line_ignores_an_attribute_that_mypy_does_not_know():
    paths = [path for floor in FLOORS for path in (ROOT / floor).rglob("*.py")]

    assert [str(path.relative_to(ROOT)) for path in paths if IGNORED.search(path.read_text())] == []
