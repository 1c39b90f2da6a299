"""Every drill is deep: `make test` passes it over, `make test-deep` runs it. Its figures are one line of JSON.

A drill that measures time is marked `alone`: nothing else works on the machine meanwhile. The others run side by side.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.tasks.conftest import broker, mail_server, workers

__all__ = ["broker", "mail_server", "workers"]

FIGURES = "figures of a drill"

type Tell = Callable[..., None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("deep")


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Iterator[Tell]:
    """Print the figures of a drill, whether it goes well or not: `tell(mails=1000, lost=0)`."""
    begun = time.monotonic()
    figures: dict[str, Any] = {"drill": request.node.name}
    yield figures.update
    figures["seconds"] = round(time.monotonic() - begun)
    request.node.user_properties.append((FIGURES, json.dumps(figures)))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Print them where everybody sees them: in the process that the terminal belongs to."""
    if report.when == "teardown" and not os.environ.get("PYTEST_XDIST_WORKER"):
        for name, figures in report.user_properties:
            if name == FIGURES:
                sys.stdout.write(f"\n{figures}\n")
