"""The real parts a journey passes through: broker, workers and mail server."""

from collections.abc import Iterator

import pytest

from tasks.work import look_everywhere
from tests.tasks.conftest import broker, mail_server, workers

__all__ = ["broker", "mail_server", "workers"]


@pytest.fixture(autouse=True)
def whatever_became_due_was_announced(own_database: dict[str, str], caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The round over all sides finds nothing at the end that whoever made it due had not said."""
    yield
    look_everywhere()
    assert [said for said in caplog.messages if "Nobody had announced" in said] == []
