"""What leaves the house when something fails: where, and nothing of what it was about."""

import gzip
import json
import logging
import random
import subprocess
import sys
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from deploy.local.embedded import ROOT
from deploy.observability import PlaceFilter, only_what_is_safe
from tenants.accounts.models import User
from tenants.keys.sealing import BadTag
from tests.deploy.failing import CANARIES, HETU, NAME
from tests.rules.routes import all_routes


@dataclass(frozen=True)
class Failed:
    """What a failing process did (`asked`, `pages`), wrote to its log, and really sent to its error collector."""

    told: dict[str, Any]
    log: str
    bodies: list[bytes]


@pytest.fixture(scope="module")
def failed(django_db_setup) -> Failed:
    bodies = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self):
            bodies.append(gzip.decompress(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *words):
            pass

    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        done = fail_in_a_process(f"http://key@127.0.0.1:{server.server_port}/1")
        server.shutdown()
    return Failed(json.loads(done.stdout), done.stderr, bodies)


@pytest.fixture
def reported(failed: Failed) -> list[bytes]:
    return failed.bodies


def fail_in_a_process(collector):
    from tests.databases import BASE, environment

    done = subprocess.run(
        [sys.executable, "-m", "tests.deploy.failing"],
        cwd=ROOT,
        env={**environment(BASE), "REPORT_TO": collector},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


def events(bodies):
    return [
        json.loads(line)
        for body in bodies
        for line in body.splitlines()
        if b'"event_id"' in line and b'"level"' in line
    ]


def raised(bodies):
    return {event.get("transaction"): event for event in events(bodies) if "exception" in event}


def test_a_failing_view_is_reported_with_the_place_in_the_code(reported):
    event = raised(reported)["__main__.view"]

    assert [value["type"] for value in event["exception"]["values"]] == ["ValueError", "CannotSave"]
    assert event["exception"]["values"][-1]["stacktrace"]["frames"][-1]["function"] == "view"
    assert event["tags"]["municipality"] == "kaavi"


def test_a_failing_task_is_reported_with_its_municipality(reported):
    event = raised(reported)["failing"]

    assert event["exception"]["values"][-1]["type"] == "CannotSave"
    assert event["tags"]["municipality_id"] == "2"


def test_a_log_line_is_reported_without_what_was_filled_in(reported):
    said = [event["logentry"]["message"] for event in events(reported) if "logentry" in event]

    assert "could not save %s" in said
    assert "could not save [left out]" in said


@pytest.mark.parametrize("canary", CANARIES)
def test_nothing_about_a_client_leaves_the_house(reported, canary):
    assert canary.encode() not in b"".join(reported)


def test_every_view_of_both_sides_fails_and_is_reported(failed):
    views = [
        event["transaction"] for event in events(failed.bodies) if event.get("transaction") and "exception" in event
    ]

    assert failed.told["asked"] == 2 * len(all_routes())
    assert len(views) >= failed.told["asked"]


def test_no_page_of_a_failing_view_says_what_it_failed_on(failed):
    assert failed.told["pages"] == []


@pytest.mark.parametrize("canary", CANARIES)
def test_no_line_of_the_log_says_what_it_failed_on(failed, canary):
    lines = [line for line in failed.log.splitlines() if canary in line and "suunta: opening" not in line]

    assert lines == []
    assert failed.log.count("Traceback") > failed.told["asked"]


@pytest.mark.parametrize("part", ["request", "user", "extra", "contexts", "breadcrumbs", "modules"])
def test_parts_that_pick_up_data_are_left_out(reported, part):
    assert [event for event in events(reported) if event.get(part)] == []


LIKE_A_CODE = "070770a905d"  # what a code looks like, standing alone: no field of the protocol is looked into


def test_what_the_protocol_says_of_an_event_is_left_as_it_is():
    protocol = {"event_id": LIKE_A_CODE, "timestamp": "070770-905D", "release": LIKE_A_CODE, "platform": "python"}
    sdk = {"name": "sentry", "version": LIKE_A_CODE}
    event: Any = {**protocol, "level": "error", "environment": LIKE_A_CODE, "sdk": sdk}

    assert {name: value for name, value in only_what_is_safe(event, {}).items() if name in event} == event


def test_what_the_code_says_of_an_event_is_scrubbed():
    event: Any = {"transaction": f"/clients/{HETU}/", "logger": HETU, "logentry": {"message": f"no {HETU}"}}
    safe = only_what_is_safe(event, {})

    assert (safe["transaction"], safe["logger"]) == ("/clients/[left out]/", "[left out]")
    assert safe["logentry"] == {"message": "no [left out]"}


def test_ten_thousand_reports_keep_their_ids_and_are_found_by_them():
    rng = random.Random(7)
    events: list[Any] = [
        {"event_id": rng.randbytes(16).hex(), "release": rng.randbytes(20).hex()} for _ in range(10_000)
    ]

    assert [event for event in events if not event.items() <= only_what_is_safe(event, {}).items()] == []


def log_line(message, *values, error=None):
    cause = error and (type(error), error, None)
    record = logging.getLogger("suunta").makeRecord("suunta", logging.ERROR, "", 1, message, values, cause)
    PlaceFilter().filter(record)
    return logging.Formatter("[{municipality}] {message}", style="{").format(record)


def test_a_log_line_names_its_municipality_and_no_identity_code(kaavi):
    assert log_line("could not save %s", "070770-905D") == "[kaavi] could not save [left out]"


def test_a_traceback_in_the_log_says_where_and_not_what(kaavi):
    line = log_line("failed", error=ValueError(f"no {NAME}"))

    assert NAME not in line
    assert "builtins.ValueError: [left out]" in line


def test_an_error_of_the_database_is_named_by_its_code_table_and_rule(kaavi, aino):
    twin = User(email=aino.email, name=NAME)

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        twin.save(force_insert=True)

    line = log_line("failed", error=error.value)
    assert "psycopg.errors.UniqueViolation: 23505 kaavi accounts_user one_user_per_email" in line
    assert aino.email not in line
    assert NAME not in line


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device", f"/files/{NAME}"), "builtins.OSError: No space left on device"),
        (BadTag("casework_note.text"), "tenants.keys.sealing.BadTag: casework_note.text"),
        (KeyError(NAME), "builtins.KeyError: [left out]"),
    ],
)
def test_what_an_error_says_of_a_place_is_kept_and_nothing_else(kaavi, error, said):
    assert said in log_line("failed", error=error)
    assert log_line("it was %s", error).endswith(f"it was {said}")
    assert log_line(error).endswith(said)
    assert log_line(f"Task failing raised {error!r}", error=error).startswith(f"[kaavi] Task failing raised {said}")
