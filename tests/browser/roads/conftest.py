"""The desk of Aino over the months of a road: the web server stands in the test's own process, whose clock moves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Thread
from typing import Any

import pytest
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connection
from pytest_django import Settings
from pytest_playwright.pytest_playwright import CreateContextCallback

from casework.reminders.sweep import sweep
from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests.browser.desk import WINDOW, FinnishDesk
from tests.browser.furnishing import PORTAL
from tests.people import person
from tests.tenants.accounts.signing_in import give_phone

type Morning = Callable[[str], FinnishDesk]


class _Quietly(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: what goes wrong is on the page."""


@contextmanager
def served_here() -> Iterator[int]:
    """Serve the database that this process works on, at the moment at which its test is; yields the port."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quietly)
    server.set_app(WSGIHandler())
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def morning(
    new_context: CreateContextCallback,
    own_database: dict[str, str],
    time_is: Callable[[datetime], None],
    settings: Settings,
    tmp_path,
) -> Iterator[Morning]:
    """Let it be noon of a day: the rules have looked, and Aino signs in. The browser complains of nothing."""
    cache.clear()
    settings.FILES = tmp_path
    with in_municipality("kaavi"):
        aino = person("Aino", Role.COORDINATOR)
        phone = give_phone(aino)
    with served_here() as port:
        desk = FinnishDesk(new_context(viewport=WINDOW), f"http://{PORTAL}:{port}/")

        def begins(day: str) -> FinnishDesk:
            at = datetime.strptime(f"{day} 10:00 +0000", "%d.%m.%Y %H:%M %z")
            time_is(at)
            with in_municipality("kaavi"):
                sweep(on=at.date(), at=at)
            desk.sign_in(aino.email, phone)
            return desk

        yield begins
        desk.page.context.close()
    connection.close()
    assert desk.complaints == []
