"""Visits through the WSGI application, as the web server makes them. The test client instruments what it measures."""

import io
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tenants.accounts.models import User
from tests.people import browser_of

type Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

TOKEN = "b" * 32  # of the forms that a visitor sends


class Refused(LookupError):
    """A page did not answer as it should: what it costs would mean nothing."""


@dataclass(frozen=True)
class Answer:
    """What the application answered, whole."""

    status: int
    headers: dict[str, str]
    body: bytes


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
        return self._page(self._environment("GET", path))

    def post(self, path: str, **typed: str) -> bytes:
        """Send a form whose answer is a page.

        Raises:
            Refused: the answer is not 200.
        """
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **typed}).encode()
        return self._page(self._sending(path, body, "application/x-www-form-urlencoded"))

    def open(self, path: str) -> Answer:
        """Ask for an address, whatever it answers."""
        return self._answer(self._environment("GET", path))

    def send(self, path: str, fields: Mapping[str, Any]) -> Answer:
        """Send a form, files included, whatever it answers."""
        body = encode_multipart(BOUNDARY, {**fields, "csrfmiddlewaretoken": TOKEN})
        return self._answer(self._sending(path, body, MULTIPART_CONTENT))

    def _page(self, environment: dict[str, Any]) -> bytes:
        answer = self._answer(environment)
        if answer.status != 200:
            raise Refused(f"{environment['REQUEST_METHOD']} {environment['PATH_INFO']} answers {answer.status}")
        return answer.body

    def _answer(self, environment: dict[str, Any]) -> Answer:
        begun: list[tuple[str, list[tuple[str, str]]]] = []
        answer: Any = self.application(
            environment, lambda status, headers, exc_info=None: begun.append((status, headers))
        )
        try:
            body = b"".join(answer)
        finally:
            answer.close()
        [(status, headers)] = begun
        return Answer(int(status.split()[0]), dict(headers), body)

    def _sending(self, path: str, body: bytes, kind: str) -> dict[str, Any]:
        sent = {"wsgi.input": io.BytesIO(body), "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body))}
        return self._environment("POST", path) | sent

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
