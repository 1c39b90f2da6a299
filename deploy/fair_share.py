"""The web server's fair share by host: a busy municipality waits behind itself, never in front of its neighbours.

The many threads of gunicorn only take requests in and write answers, so a slow line holds nothing else. Django, and
with it every connection to the database, lives in a few working threads (deploy.fair_threads), half of them at most
for one host. How long requests waited is told by deploy.waits. Decision 28 says why it lies here.
"""

import errno
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import IO, Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse

from deploy.fair_threads import FairThreads
from deploy.health import LIVE, READY
from deploy.waits import Waits
from tenants import hosts, outages, scrubbing

HEALTH = "/health/"  # has a turn of its own: who asks it decides whether the process lives
FILES = "files of "  # a page that is refused needs its looks, and they are read in a millisecond
STRANGERS = "other hosts"  # all names that are nobody's share one queue: inventing names wins nothing
LARGEST_BODY = 32 * 1024 * 1024  # bytes of a request; a file has 20 MB at most, and its form says so
IN_MEMORY = 1024 * 1024  # bytes of a request's body that are not written to a file without a name
PIECE = 64 * 1024  # bytes that are read or written at once
STALLED = 60  # seconds in which a piece has to come or go


@dataclass
class Answer:
    """What the application said: whole, so that its thread is free before a slow line has taken it."""

    status: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    secrets: tuple[str, ...] = ()

    def start(self, status: str, headers: list[tuple[str, str]], error: object = None, /) -> Callable[[bytes], object]:
        """Note the head of the answer (WSGI's start_response); a later one replaces it, as nothing was sent yet."""
        self.status, self.headers = status, headers
        return self._write

    def _write(self, data: bytes) -> None:
        self.body += data


class FairShare:
    """A WSGI application before another: requests come to it in any thread and leave it in the working threads."""

    def __init__(self, application: WSGIApplication, *, threads: int, places: int) -> None:
        """Work in so many threads, and have so many requests of one host here at once; what is over is refused."""
        self._application = application
        self._threads = FairThreads(threads)
        self._places = places
        self._here: Counter[str] = Counter()
        self._counting = Lock()
        self._waits = Waits()
        self._has_learnt = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        """Take a request in, wait for its turn, answer it; all of it while the server asks for the pieces."""
        if "gunicorn.socket" in environ:
            environ["gunicorn.socket"].settimeout(STALLED)
        if environ.get("PATH_INFO") == LIVE:  # here, whatever the threads wait for: it reads nothing
            yield from self._said_here(environ, start_response)
            return
        self._learn_once()
        host = queue_of(environ)
        if not self._enter(host):
            self._waits.refused(host)
            yield from _say(outages.busy(WSGIRequest(environ)), start_response)
            return
        try:
            yield from self._answer(host, environ, start_response)
        finally:
            self._leave(host)

    def _learn_once(self) -> None:
        """Let a working thread find who is at home where, so that nobody's first page waits among strangers."""
        if not self._has_learnt:
            self._has_learnt = True
            self._threads.submit(STRANGERS, hosts.learn)

    def _said_here(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        said = self._application(environ, start_response)
        try:
            yield from said
        finally:
            _close(said)

    def _enter(self, host: str) -> bool:
        with self._counting:
            is_room = self._here[host] < self._places
            self._here[host] += is_room
            return is_room

    def _leave(self, host: str) -> None:
        with self._counting:
            self._here -= Counter([host])

    def _answer(self, host: str, environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        if (size := _size(environ)) > LARGEST_BODY:
            yield from _say(outages.too_large(WSGIRequest(environ)), start_response)
            return
        with SpooledTemporaryFile(IN_MEMORY) as body:
            try:
                _take_in(environ["wsgi.input"], size, body)
            except OSError as error:
                if not outages.is_full(error):
                    raise
                yield from _say(outages.full(WSGIRequest(environ)), start_response)
                return
            answer = self._worked(host, environ, body)
        scrubbing.keep_secret(answer.secrets)  # the server logs the request in this thread
        start_response(answer.status, answer.headers)
        yield from _pieces(answer.body)

    def _worked(self, host: str, environ: WSGIEnvironment, body: IO[bytes]) -> Answer:
        """Wait until a working thread has the answer."""
        given = {**environ, "wsgi.input": body}
        given.pop("wsgi.file_wrapper", None)  # a file is read by the working thread, and closed there
        taken_in = time.monotonic()
        return self._threads.submit(host, partial(self._work, host, environ, given, taken_in)).result()

    def _work(self, host: str, environ: WSGIEnvironment, given: WSGIEnvironment, taken_in: float) -> Answer:
        waited = time.monotonic() - taken_in
        environ["suunta.waited"] = f"{waited * 1000:.1f}"  # milliseconds, for the access log
        self._waits.begun(host, waited)
        answer = Answer()
        said = self._application(given, answer.start)
        try:
            answer.body += b"".join(said)
        finally:
            _close(said)  # here: it ends the request of this thread's connection
        answer.secrets = scrubbing.secrets()
        return answer


def queue_of(environ: WSGIEnvironment) -> str:
    """Name the queue that a request waits in: its host, when somebody is at home there."""
    host, path = hosts.name_in(environ.get("HTTP_HOST", "")), environ.get("PATH_INFO", "")
    if path == READY:
        return HEALTH
    if not hosts.is_known(host):
        return STRANGERS
    if host == settings.CONSOLE_HOST and path == HEALTH:
        return HEALTH
    return f"{FILES}{host}" if path.startswith(settings.STATIC_URL) else host


def _size(environ: WSGIEnvironment) -> int:
    """Answer how long the body is; one that does not say is not read, as Django does not."""
    size = environ.get("CONTENT_LENGTH") or ""
    return int(size) if size.isascii() and size.isdigit() else 0


def _take_in(body: IO[bytes], size: int, into: IO[bytes]) -> None:
    while size:
        piece = body.read(min(size, PIECE))
        if not piece:
            raise ConnectionResetError(errno.ECONNRESET, "The visitor hung up before the request was whole")
        into.write(piece)
        size -= len(piece)
    into.seek(0)


def _say(response: HttpResponse, start_response: StartResponse) -> Iterator[bytes]:
    start_response(f"{response.status_code} {response.reason_phrase}", [*response.items()])
    return _pieces(response.content)


def _pieces(body: bytes) -> Iterator[bytes]:
    if len(body) <= PIECE:
        return iter([body])
    return (body[begin : begin + PIECE] for begin in range(0, len(body), PIECE))


def _close(said: Iterable[Any]) -> None:
    if close := getattr(said, "close", None):
        close()
