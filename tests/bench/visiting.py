"""Visits through the WSGI application, as the web server makes them. The test client instruments what it measures."""

import io
import sys
from collections.abc import Callable, Iterable
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from tenants.accounts.models import User
from tests.people import browser_of

type Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

TOKEN = "b" * 32  # of the forms that a visitor sends


class Refused(LookupError):
    """A page did not answer as it should: what it costs would mean nothing."""


class Visitor:
    """Somebody at one host, signed in by cookies."""

    def __init__(self, application: Application, host: str, cookies: dict[str, str]) -> None:
        self.application = application
        self.host = host
        self.cookies = {**cookies, settings.CSRF_COOKIE_NAME: TOKEN}

    def get(self, path: str) -> bytes:
        """Open a page.

        Raises:
            Refused: the answer is not 200.
        """
        return self._ask(self._environment("GET", path))

    def post(self, path: str, **typed: str) -> bytes:
        """Send a form whose answer is a page.

        Raises:
            Refused: the answer is not 200.
        """
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **typed}).encode()
        sent = {
            "wsgi.input": io.BytesIO(body),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
        }
        return self._ask(self._environment("POST", path) | sent)

    def _ask(self, environment: dict[str, Any]) -> bytes:
        begun: list[str] = []
        answer: Any = self.application(environment, lambda status, headers, exc_info=None: begun.append(status))
        try:
            body = b"".join(answer)
        finally:
            answer.close()
        if not begun[0].startswith("200"):
            raise Refused(f"{environment['REQUEST_METHOD']} {environment['PATH_INFO']} answers {begun[0]}")
        return body

    def _environment(self, method: str, path: str) -> dict[str, Any]:
        where, _mark, query = path.partition("?")
        return {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": where,
            "QUERY_STRING": query,
            "SERVER_NAME": self.host,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": self.host,
            "HTTP_USER_AGENT": "Mozilla/5.0",
            "HTTP_ACCEPT": "text/html",
            "HTTP_ACCEPT_LANGUAGE": "fi",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }


def visitor(user: User, application: Application) -> Visitor:
    """Sign a person in, with both factors, at the host of the municipality one is in."""
    browser = browser_of(user)
    return Visitor(application, browser.host, cookies_of(browser.cookies))


def cookies_of(jar: SimpleCookie) -> dict[str, str]:
    return {name: morsel.value for name, morsel in jar.items()}
