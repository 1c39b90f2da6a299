"""Fixtures of billing's tests."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace

import pytest

from billing.management.commands import close_month, issue_invoices
from billing.views import contracts, invoices, months
from tenants import form_pages

CLOCK_READERS = (close_month, issue_invoices, contracts, invoices, months, form_pages)


@pytest.fixture
def clock_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Let billing's views and commands read another time from the clock; sessions keep the real one."""

    def turn(at: datetime) -> None:
        for module in CLOCK_READERS:
            monkeypatch.setattr(module, "timezone", SimpleNamespace(now=lambda: at))

    return turn
