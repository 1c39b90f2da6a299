"""Every drill is deep: `make test` passes it over, `make test-deep` runs it. Its figures are one line of JSON."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.tasks.conftest import broker, mail_server, workers

__all__ = ["broker", "mail_server", "workers"]

type Tell = Callable[..., None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("deep")


@pytest.fixture
def tell(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Iterator[Tell]:
    """Print the figures of a drill, whether it goes well or not: `tell(mails=1000, lost=0)`."""
    begun = time.monotonic()
    figures: dict[str, Any] = {"drill": request.node.name}
    yield figures.update
    figures["seconds"] = round(time.monotonic() - begun)
    with capsys.disabled():
        sys.stdout.write(f"\n{json.dumps(figures)}\n")
