"""Requests on their way through the fair share: who holds a working thread, and what a person is told at the door."""

import errno
import io
import logging
import re
import threading
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

from deploy import fair_share, waits
from deploy.fair_share import HEALTH, STRANGERS, FairShare, queue_of
from tenants import hosts, scrubbing
from tests.databases import municipality

NO_BYTES: Any = None
LONG = 60  # seconds to wait for what must happen; nothing is waited for that must not


@pytest.fixture(autouse=True)
def known_hosts(monkeypatch):
    monkeypatch.setattr(hosts, "learn", lambda: None)
    monkeypatch.setattr(hosts, "_found", {f"{name}.localhost": None for name in ("kaavi", "tuusniemi")})


def asked(host="kaavi.localhost", path="/", body=b"", **more):
    environ = {"HTTP_HOST": host, "PATH_INFO": path, "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    setup_testing_defaults(environ)
    return {**environ, **more}


class Said:
    """What a server is told: status and headers once, then the pieces of the body."""

    def __init__(self, share, environ):
        self.pieces = share(environ, self.start)
        self.status, self.headers = "", {}

    def start(self, status, headers, error=None):
        assert not self.status
        self.status, self.headers = status, dict(headers)

    def whole(self):
        self.body = b"".join(self.pieces)
        self.pieces.close()
        return self


def ask(share, **request):
    return Said(share, asked(**request)).whole()


def in_a_thread(share, **request):
    """Ask beside the test; the answer is in the list when the thread has ended."""
    answers: list[Said] = []
    thread = threading.Thread(target=lambda: answers.append(ask(share, **request)), daemon=True)
    thread.start()
    return thread, answers


class Page(list[bytes]):
    """An answer of Django's: closed when it was read, in the thread in which it was made."""

    def __init__(self, *pieces):
        super().__init__(pieces)
        self.made_in, self.closed_in = threading.current_thread(), None

    def close(self):
        self.closed_in = threading.current_thread()


def echo(environ, start_response):
    start_response("200 OK", [("X-Read", str(len(environ["wsgi.input"].read())))])
    return [threading.current_thread().name.encode()]


def shared(application=echo, *, threads=4, places=100):
    return FairShare(application, threads=threads, places=places)


def test_whether_the_process_lives_is_answered_while_every_thread_works_and_every_place_is_taken():
    pages = []

    def application(environ, start_response):
        start_response("200 OK", [])
        pages.append(Page(b"ok"))
        return pages[0]

    said = ask(shared(application, threads=0, places=0), host="10.0.0.7", path="/health/live")

    assert (said.status, said.body) == ("200 OK", b"ok")
    assert pages[0].closed_in is threading.current_thread()


# --- who works --------------------------------------------------------------------------------------------------


def test_the_application_is_begun_and_closed_in_a_working_thread():
    pages = []

    def application(environ, start_response):
        start_response("200 OK", [])
        pages.append(Page(b"whole ", b"page"))
        return pages[0]

    assert ask(shared(application)).body == b"whole page"
    assert pages[0].made_in is pages[0].closed_in
    assert pages[0].made_in.name.startswith("fair-")


def test_an_answer_that_fails_while_it_is_read_is_closed_too_and_the_server_is_told():
    pages = []

    def application(environ, start_response):
        start_response("200 OK", [])
        pages.append(Page())
        pages[0].append(NO_BYTES)
        return pages[0]

    with pytest.raises(TypeError):
        ask(shared(application))
    assert pages[0].closed_in is pages[0].made_in


def test_a_second_head_replaces_the_first_as_nothing_was_sent_yet():
    def application(environ, start_response):
        start_response("200 OK", [])(b"written ")
        start_response("500 Oops", [], (ValueError, ValueError(), None))
        return [b"and read"]

    said = ask(shared(application))

    assert (said.status, said.body) == ("500 Oops", b"written and read")


def test_a_visitor_who_is_slow_to_send_holds_no_working_thread():
    class Slow(io.BytesIO):
        begun, go_on = threading.Event(), threading.Event()

        def read(self, size=-1):
            self.begun.set()
            assert self.go_on.wait(LONG)
            return super().read(size)

    share, body = shared(threads=2), Slow(b"form")
    thread, answers = in_a_thread(share, CONTENT_LENGTH="4", **{"wsgi.input": body})
    assert body.begun.wait(LONG)

    assert [ask(share).status for _number in range(3)] == ["200 OK"] * 3
    body.go_on.set()
    thread.join(LONG)
    assert answers[0].headers["X-Read"] == "4"


def test_a_visitor_who_is_slow_to_read_holds_no_working_thread():
    def large(environ, start_response):
        start_response("200 OK", [])
        return [b"x" * 200_000]

    share = shared(large, threads=2)
    slow = Said(share, asked())

    assert len(next(slow.pieces)) == fair_share.PIECE
    assert [len(ask(share).body) for _number in range(3)] == [200_000] * 3
    assert len(b"".join(slow.pieces)) == 200_000 - fair_share.PIECE


@pytest.mark.parametrize("size", [0, 1, fair_share.PIECE, fair_share.IN_MEMORY + 1])
def test_what_was_sent_arrives_whole(size):
    assert ask(shared(), body=b"x" * size).headers["X-Read"] == str(size)


def test_who_hangs_up_while_sending_is_not_worked_for():
    worked = []
    share = shared(lambda environ, start_response: worked.append(environ))

    with pytest.raises(ConnectionResetError) as error:
        ask(share, body=b"half of", CONTENT_LENGTH="20")

    assert error.value.errno == errno.ECONNRESET  # of which the server makes no fuss
    assert not worked
    assert not share._here


def test_what_is_secret_in_the_address_is_known_to_the_thread_that_logs_the_request():
    def application(environ, start_response):
        scrubbing.keep_secret(["gZ3x-Secret_9"])
        return echo(environ, start_response)

    ask(shared(application))

    assert scrubbing.scrubbed("GET /gZ3x-Secret_9") == "GET /[left out]"
    scrubbing.keep_secret([])


# --- whose turn it is -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "path", "queue"),
    [
        ("kaavi.localhost", "/", "kaavi.localhost"),
        ("KAAVI.localhost.:8000", "/clients/", "kaavi.localhost"),
        ("kaavi.localhost", "/health/", "kaavi.localhost"),
        ("console.localhost", "/", "console.localhost"),
        ("console.localhost:8000", "/health/", HEALTH),
        ("10.0.0.7:8000", "/health/ready", HEALTH),
        ("kaavi.localhost", "/health/ready", HEALTH),
        ("kaavi.localhost", "/static/suunta/app.css", "files of kaavi.localhost"),
        ("invented-1.localhost", "/", STRANGERS),
        ("invented-1.localhost", "/static/suunta/app.css", STRANGERS),
        ("invented-2.localhost", "/health/", STRANGERS),
        ("", "/", STRANGERS),
    ],
)
def test_a_request_waits_with_those_of_its_host_and_all_invented_hosts_together(host, path, queue):
    assert queue_of(asked(host, path)) == queue


def test_a_host_is_known_before_anybody_asked_for_it(db, monkeypatch):
    monkeypatch.undo()
    hosts.forget_hosts()
    assert not hosts.is_known("kaavi.localhost")

    hosts.learn()

    assert hosts.is_known("kaavi.localhost")
    assert not hosts.is_known("nowhere.localhost")
    assert hosts.municipality_at("kaavi.localhost") == municipality("kaavi")


# --- the door ---------------------------------------------------------------------------------------------------


@pytest.fixture
def crowded():
    """One place a host, and Kaavi's is taken until the event is set."""
    begun, let_go = threading.Event(), threading.Event()

    def application(environ, start_response):
        if environ["PATH_INFO"] == "/slow/":
            begun.set()
            assert let_go.wait(LONG)
        return echo(environ, start_response)

    share = shared(application, places=1)
    thread, answers = in_a_thread(share, path="/slow/")
    assert begun.wait(LONG)
    yield share
    let_go.set()
    thread.join(LONG)
    assert answers[0].status == "200 OK"
    assert ask(share).status == "200 OK"  # there is a place again


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Palvelussa on nyt ruuhkaa"), ("sv", "Det är trångt i tjänsten"), ("en", "The service is crowded")],
)
def test_a_host_of_which_too_many_wait_is_told_so_in_the_visitors_language(crowded, language, words):
    said = ask(crowded, HTTP_ACCEPT_LANGUAGE=language)

    assert (said.status, said.headers["Retry-After"]) == ("503 Service Unavailable", "10")
    assert (said.headers["Content-Language"], said.headers["Cache-Control"]) == (language, "no-store")
    assert words in said.body.decode()
    assert "Det är trångt i tjänsten" in ask(crowded, HTTP_COOKIE="suunta_language=sv").body.decode()


def test_the_page_that_says_so_gets_its_looks(crowded):
    page = ask(crowded).body.decode()
    sheets = re.findall(r'href="(/static/[^"]+\.css)"', page)

    assert sheets
    assert [ask(crowded, path=path).status for path in sheets] == ["200 OK"] * len(sheets)


def test_nobody_is_refused_because_of_another_host(crowded):
    assert ask(crowded, host="tuusniemi.localhost").status == "200 OK"
    assert ask(crowded, host="console.localhost", path="/health/").status == "200 OK"


def test_what_is_larger_than_anything_that_can_be_saved_is_refused_before_it_is_read():
    said = ask(shared(), CONTENT_LENGTH=str(fair_share.LARGEST_BODY + 1), HTTP_ACCEPT_LANGUAGE="en")

    assert said.status == "413 Content Too Large"
    assert "Go back and choose a smaller file" in said.body.decode()


def test_a_disk_without_room_for_what_was_sent_is_told(monkeypatch):
    def no_room(*given):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(fair_share, "_take_in", no_room)

    said = ask(shared(), body=b"file", HTTP_ACCEPT_LANGUAGE="en")

    assert said.status.startswith("507 ")
    assert "The disk of the service is full" in said.body.decode()


# --- what the operator sees -------------------------------------------------------------------------------------


def test_each_request_knows_how_long_it_waited():
    environ = asked()
    Said(shared(), environ).whole()

    assert 0 <= float(environ["suunta.waited"]) < LONG * 1000


def test_the_log_tells_once_a_minute_which_host_waited(monkeypatch, caplog):
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    counted = waits.Waits()
    for number in range(100):
        counted.begun("kaavi.localhost", number / 10)
        counted.begun("tuusniemi.localhost", 0.001)
    counted.refused("kaavi.localhost")
    assert not caplog.records

    now[0] = waits.EVERY
    counted.begun("kaavi.localhost", 0.0)
    counted.begun("kaavi.localhost", 0.0)

    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [
        (
            logging.WARNING,
            "Fair share: kaavi.localhost waited 9.4 s (p95), 9.9 s at most, of 101 requests in a minute; refused: 1",
        )
    ]
