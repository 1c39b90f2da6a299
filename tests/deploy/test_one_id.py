"""One id goes from a request through the tasks that it wakes to their mails, and stands in every line about them."""

import json
import logging
import os
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection

import pytest

from deploy.local import embedded
from deploy.observability import JsonLines, PlaceFilter
from tasks.app import TRACE, app
from tenants import outages, tracing
from tenants.accounts.permissions import Role
from tenants.mail import outbox
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_municipality
from tests.browser.serving import wait_for
from tests.conftest import NOON
from tests.databases import as_superuser
from tests.deploy.failing import HETU, NAME
from tests.mail_server import received
from tests.people import person
from tests.tasks.conftest import broker, mail_server, workers
from tests.tasks.processes import wait_until
from tests.tenants.accounts.signing_in import LOGIN, browser_at

__all__ = ["broker", "mail_server", "workers"]

TRACE_OF_AINO = "6f1c1c0e-6d1f-4c55-9d0f-3f1f6a2b7e11"


def write_to_aino() -> OutgoingEmail:
    context = {"path": "/x/", "expires_at": NOON}
    aino = person("Aino", Role.COORDINATOR)
    return outbox.write("accounts/emails/invitation", to=aino, context=context, key="first", at=NOON)


class Kept(logging.Handler):
    """Keeps the lines of a test, with what the filter gives them."""

    def __init__(self) -> None:
        super().__init__()
        self.addFilter(PlaceFilter())
        self.lines: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record)


@pytest.fixture
def kept():
    handler = Kept()
    logging.getLogger().addHandler(handler)
    yield handler.lines
    logging.getLogger().removeHandler(handler)


# --- requests -----------------------------------------------------------------------------------------------------


def test_what_a_request_writes_to_the_log_goes_by_the_id_of_its_answer(kaavi, kept):
    typed = {"login": "nobody@kaavi.example", "password": "wrong-as-can-be"}
    chosen = {"X-Request-ID": "chosen-by-the-visitor"}
    answers = [browser_at("kaavi").post(LOGIN, typed, headers=chosen) for _number in range(2)]

    ids = [answer.headers["X-Request-ID"] for answer in answers]
    assert [line.trace for line in kept if "A sign-in failed" in line.getMessage()] == ids
    assert len({*ids, "chosen-by-the-visitor"}) == 3
    assert tracing.current() == ""


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "kerro tämä tunnus"), ("sv", "uppge den här koden"), ("en", "tell this code")]
)
def test_the_page_of_an_error_names_the_id_for_who_asks_for_help(rf, settings, language, words):
    from django.utils import translation

    with translation.override(language), tracing.following(TRACE_OF_AINO):
        page = outages.server_error(rf.get("/")).content.decode()

    assert words in page
    assert f"<code>{TRACE_OF_AINO}</code>" in page


def test_without_a_request_the_page_of_an_error_names_nothing(rf):
    assert "<code>" not in outages.server_error(rf.get("/")).content.decode()


# --- tasks and mails ----------------------------------------------------------------------------------------------


def test_a_mail_goes_by_the_id_of_who_wrote_it_and_a_task_by_that_of_who_woke_it(workers, mail_server):
    with in_municipality("kaavi"), tracing.following(TRACE_OF_AINO):
        write_to_aino()
    with in_municipality("rautavaara") as rautavaara:
        with as_superuser("suunta_test_own") as superuser:
            superuser.execute("alter table rautavaara.mail_outgoingemail rename to broken")
        with tracing.following(TRACE_OF_AINO):
            app.send_task("mail.deliver_due", kwargs={"municipality_id": rautavaara.pk}, queue="mail")
        app.send_task("mail.deliver_due", kwargs={"municipality_id": rautavaara.pk}, queue="mail", task_id="its-own")
    workers.worker(SUUNTA_LOG="json")
    workers.beat()

    wait_until(mail_server.mails)
    wait_until(lambda: {TRACE_OF_AINO, "its-own"} <= traces_of(workers.said()))
    (letter,) = received(mail_server)
    assert letter["X-Request-ID"] == TRACE_OF_AINO


def traces_of(log: str) -> set[str]:
    return {json.loads(line)["trace"] for line in log.splitlines() if line.startswith("{")}


def test_a_task_that_a_request_wakes_takes_its_id_along(broker):
    with tracing.following(TRACE_OF_AINO):
        app.send_task("mail.deliver_due", queue="nobody")
    app.send_task("mail.deliver_due", queue="nobody")

    headers = [json.loads(message)["headers"] for message in broker.lrange("nobody", 0, -1)]
    assert sorted(header.get(TRACE, "") for header in headers) == ["", TRACE_OF_AINO]


# --- JSON ---------------------------------------------------------------------------------------------------------


def as_json(message, *values, error=None, **extra):
    cause = error and (type(error), error, error.__traceback__)
    record = logging.getLogger("suunta").makeRecord("suunta", logging.ERROR, "", 1, message, values, cause, extra=extra)
    PlaceFilter().filter(record)
    return json.loads(JsonLines().format(record))


def test_a_line_as_json_says_what_when_where_and_under_which_id(kaavi):
    with tracing.following(TRACE_OF_AINO):
        line = as_json("could not save %s", "070770-905D")

    assert line.pop("time").endswith("+00:00")
    assert isinstance(line.pop("process"), int)
    assert line == {
        "level": "ERROR",
        "logger": "suunta",
        "municipality": "kaavi",
        "trace": TRACE_OF_AINO,
        "message": "could not save [left out]",
    }


def test_what_libraries_hang_on_a_line_stays_out_of_it_and_a_traceback_says_where_and_not_what():
    try:
        raise ValueError(f"no {NAME}")
    except ValueError as error:
        line = as_json("failed", error=error, request=NAME, data={"args": HETU})

    assert NAME not in json.dumps(line)
    assert HETU not in json.dumps(line)
    assert "test_one_id.py" in line["traceback"]
    assert line["traceback"].endswith("builtins.ValueError: [left out]")


def test_the_web_server_writes_every_line_as_json_and_the_id_of_the_answer_in_its_access_log(own_database, tmp_path):
    port, log = embedded.free_port(), tmp_path / "web.log"
    command = [sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", "--config=python:deploy.web_server"]
    environment = {**own_database, "SUUNTA_LOG": "json", "PORT": str(port)}
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [*command, "--workers=1", "--access-logfile=-", "deploy.wsgi"],
            cwd=embedded.ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT,
        ) as server,
    ):  # fmt: skip
        wait_for(server, port)
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as web:
            web.request("GET", "/nowhere/", headers={"Host": "kaavi.localhost"})
            answer = web.getresponse()
            answer.read()
        server.terminate()

    lines = [json.loads(line) for line in log.read_text().splitlines()]
    (asked,) = [line for line in lines if line["logger"] == "gunicorn.access" and "/nowhere/" in line["message"]]
    assert asked["trace"] == answer.headers["X-Request-ID"]
    assert {line["logger"] for line in lines} >= {"gunicorn.error", "gunicorn.access", "django.request"}


def test_a_form_of_lines_that_nobody_knows_is_told_before_anything_starts(monkeypatch):
    done = subprocess.run(
        [sys.executable, "-c", "from deploy import settings; print(settings.FAULTS, settings.LOG_LINES)"],
        cwd=embedded.ROOT, env={**os.environ, "SUUNTA_LOG": "xml"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "['SUUNTA_LOG=xml is not a form of log lines: line or json.'] line"
