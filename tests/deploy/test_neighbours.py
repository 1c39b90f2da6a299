"""The web server itself, with a municipality that is busy: its neighbour's pages open, and what waits holds nothing."""

import subprocess
import sys
import threading
from collections import namedtuple
from contextlib import closing, contextmanager
from http.client import HTTPConnection

import pytest

from deploy.local import embedded
from tests.browser.serving import wait_for
from tests.databases import as_superuser

OWN = "suunta_test_own"
LOOKS_FOR_A_SESSION = {"Cookie": f"suunta_session={'a' * 32}"}
Server = namedtuple("Server", "process port")
LONG = 120  # seconds to wait for what must happen; nothing is waited for that must not


@pytest.fixture
def server(own_database):
    port = embedded.free_port()
    command = [sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", "--config=python:deploy.web_server"]
    ours = {"SUUNTA_WEB_THREADS": "4", "PORT": str(port), "DJANGO_SETTINGS_MODULE": "deploy.settings"}
    environment = {**own_database, **ours}
    with subprocess.Popen(
        [*command, "--access-logfile=-", "deploy.wsgi"],
        cwd=embedded.ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        try:
            wait_for(process, port)
            yield Server(process, port)
        finally:
            process.kill()


def ask(port, host, method="GET", path="/account/login/", **headers):
    with closing(HTTPConnection("127.0.0.1", port, timeout=LONG)) as web:
        web.request(method, path, headers={"Host": host, **headers})
        answer = web.getresponse()
        return answer.status, answer.read()


class Visitors:
    """Several who open a page of Kaavi, one behind the other, and wait for it together."""

    def __init__(self, port, number):
        self.waiting = [HTTPConnection("127.0.0.1", port, timeout=LONG) for _number in range(number)]
        for web in self.waiting:
            web.request("GET", "/account/login/", headers={"Host": "kaavi.localhost", **LOOKS_FOR_A_SESSION})

    def statuses(self):
        statuses = [web.getresponse().status for web in self.waiting]
        for web in self.waiting:
            web.close()
        return statuses


@contextmanager
def kaavi_stands_still():
    """Let nobody of Kaavi get an answer from the database."""
    with as_superuser(OWN) as superuser:
        superuser.execute("begin; lock table kaavi.django_session in access exclusive mode")
        yield
        superuser.execute("rollback")


def waiting_in_the_database():
    question = "select count(*) from pg_stat_activity where datname = %s and wait_event_type = 'Lock'"
    with as_superuser() as superuser:
        return superuser.execute(question, [OWN]).fetchall()[0][0]


def wait_until(count, number):
    for _ in range(LONG * 10):
        if count() == number:
            return
        threading.Event().wait(0.1)
    pytest.fail(f"there were {count()}, not {number}")


def test_a_neighbours_page_opens_while_twelve_wait_of_whom_two_have_a_connection(server):
    with kaavi_stands_still():
        visitors = Visitors(server.port, 12)
        wait_until(waiting_in_the_database, 2)
        for _number in range(10):
            assert ask(server.port, "tuusniemi.localhost", **LOOKS_FOR_A_SESSION)[0] == 200
        assert ask(server.port, "console.localhost", path="/health/") == (200, b"ok\n")
        assert waiting_in_the_database() == 2

    assert visitors.statuses() == [200] * 12


def test_who_waits_is_answered_when_the_server_is_asked_to_stop(server):
    with kaavi_stands_still():
        visitors = Visitors(server.port, 3)
        wait_until(waiting_in_the_database, 2)
        assert ask(server.port, "tuusniemi.localhost")[0] == 200
        server.process.terminate()

    assert visitors.statuses() == [200] * 3
    assert server.process.wait(LONG) == 0
