"""The production form: files are collected, and a page comes with small styles."""

import gzip
import re
import subprocess
import sys
from http.client import HTTPConnection, HTTPResponse

import pytest

from deploy.local import embedded
from tenants.database.current import connection
from tests.browser.serving import served
from tests.deploy.machines import a_machine

KILOBYTE = 1024
A_YEAR = 365 * 24 * 60 * 60


@pytest.fixture
def production(own_database, tmp_path):
    """The environment of a machine of its own, files collected."""
    environment = a_machine(own_database, tmp_path)
    command = [sys.executable, "manage.py", "collectstatic", "--noinput"]
    done = subprocess.run(command, cwd=embedded.ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return environment


def fetch(port: int, path: str) -> tuple[HTTPResponse, bytes]:
    web = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        web.request("GET", path, headers={"Host": "kaavi.localhost", "Accept-Encoding": "gzip"})
        answer = web.getresponse()
        return answer, answer.read()
    finally:
        web.close()


def test_the_styles_of_a_page_are_small_and_kept_for_years(production):
    with served(production) as port:
        page, html = fetch(port, "/account/login/")
        links = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html.decode())
        styles = [fetch(port, link) for link in links]

    assert page.status == 200
    assert len(links) == 4
    for link, (answer, body) in zip(links, styles, strict=True):
        assert re.search(r"\.[0-9a-f]{12}\.css$", link)
        assert answer.status == 200
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "immutable" in answer.headers["Cache-Control"]
        (seconds,) = re.findall(r"max-age=(\d+)", answer.headers["Cache-Control"])
        assert int(seconds) >= A_YEAR
        assert b"{" in gzip.decompress(body)
    assert sum(len(body) for _, body in styles) < 40 * KILOBYTE


def test_pages_work_before_anything_is_collected(own_database, tmp_path):
    with served(a_machine(own_database, tmp_path)) as port:
        page, html = fetch(port, "/account/login/")
        style, _ = fetch(port, "/static/suunta/app.css")

    assert (page.status, style.status) == (200, 200)
    assert b'href="/static/suunta/app.css"' in html


def test_the_database_does_not_compile_our_queries(kaavi):
    with connection.cursor() as cursor:
        cursor.execute("show jit")
        assert cursor.fetchone() == ("off",)
