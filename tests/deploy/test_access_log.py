"""The web server of production and of the demo, with an access log: what opens a door in an address is in no line."""

import os
import subprocess
import sys
from http.client import HTTPConnection

import pytest

from deploy.local import embedded
from tests.browser.serving import wait_for
from tests.rules.test_secret_addresses import ROUTES, address, has_secret

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")


def ask(port, host, method, path, **headers):
    web = HTTPConnection("127.0.0.1", port, timeout=60)
    web.request(method, path, headers={"Host": host, **headers})
    web.getresponse().read()
    web.close()


@pytest.mark.parametrize("debug", ["", "1"], ids=["production", "demo"])
def test_the_web_servers_logs_hold_no_secret_of_an_address(own_database, tmp_path, debug):
    port, log = embedded.free_port(), tmp_path / "web.log"
    environment = {"SUUNTA_DEBUG": debug, "PORT": str(port), "DJANGO_SETTINGS_MODULE": "deploy.settings"}
    options = ["--access-logfile=-", f"--error-logfile={log}", "--capture-output", "--log-level=debug", "--threads=2"]
    command = [sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", "--no-control-socket", *options]
    with subprocess.Popen(
        [*command, "deploy.wsgi"], cwd=embedded.ROOT, env={**os.environ, **own_database, **environment}
    ) as server:
        wait_for(server, port)
        for route in ROUTES:
            host, path = ("kaavi" if route.side == "portal" else "console") + ".localhost", address(route)
            for method in METHODS:
                ask(port, host, method, path)
            ask(port, host, "GET", f"/nowhere{path}", Referer=f"http://{host}{path}")
        server.terminate()

    said = log.read_text().splitlines()
    for told in ("Method Not Allowed", "Not Found", "HEAD /invitation/[left out]/", "HEAD /calendar/[left out]"):
        assert any(told in line for line in said), told
    assert not has_secret(said)
