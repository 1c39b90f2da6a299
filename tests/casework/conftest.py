"""The clock of casework's tests."""

from collections.abc import Callable
from datetime import datetime

import pytest


@pytest.fixture
def time_is(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the clock that views read. Sign in after it: a session of another time may be over."""
    return lambda moment: monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
