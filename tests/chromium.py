"""A pytest plugin: browser tests are marked, and skipped with a clear word on a machine without Chromium."""

import os
import shutil
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
REASON = "Chromium is not installed (Debian: apt install chromium)"
FOLDER = str(Path(__file__).parent / "browser") + os.sep


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    is_absent = not any(shutil.which(name) for name in NAMES)
    for item in items:
        if str(item.path).startswith(FOLDER):
            item.add_marker(pytest.mark.browser)
            if is_absent:
                item.add_marker(pytest.mark.skip(reason=REASON))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if REASON in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(f"{REASON}: {len(skipped)} browser tests were skipped.", yellow=True)
