"""The web server of browser tests: a process of its own on the test's own copy of the database."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from tempfile import TemporaryFile
from typing import Any

from deploy.local import embedded
from tests.chromium import NAMES

PATIENCE = 120.0  # seconds


class DidNotStart(RuntimeError):
    """The server ended or did not answer; its last words are the message."""


def installed_chromium() -> str:
    """Find the Chromium of this machine; tests.chromium skips the tests where there is none."""
    return next(found for found in map(shutil.which, NAMES) if found)


@contextmanager
def served(environment: Mapping[str, str]) -> Iterator[int]:
    """Serve the database of an environment (`own_database`); yields the port, the same for every host name.

    What it says goes to a file: a pipe that nobody reads would stop it when it is full.
    """
    port = embedded.free_port()
    command = [sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", "--config=python:deploy.web_server"]
    env = {**environment, "PORT": str(port)}
    with (
        TemporaryFile("w+") as output,
        subprocess.Popen([*command, "deploy.wsgi"], env=env, stdout=output, stderr=subprocess.STDOUT) as server,
    ):
        try:
            wait_for(server, port)
            yield port
        except DidNotStart:
            output.seek(0)
            raise DidNotStart(output.read()) from None
        finally:
            server.terminate()


def wait_for(server: "subprocess.Popen[Any]", port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _answers(port):
        if server.poll() is not None or time.monotonic() > deadline:
            server.kill()
            raise DidNotStart(server.stdout.read() if server.stdout else "")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    web = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        web.request("GET", "/account/login/", headers={"Host": "kaavi.localhost"})
        # 400: it is told to have a proxy before it; 503: the database is of another version
        return web.getresponse().status in {200, 400, 503}
    except OSError:
        return False
    finally:
        web.close()
