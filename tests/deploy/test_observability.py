"""What leaves the house when something fails: where, and nothing of what it was about."""

import gzip
import json
import logging
import random
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from deploy.local.embedded import ROOT
from deploy.observability import MunicipalityFilter, only_what_is_safe
from tests.deploy.failing import CANARIES, HETU, NAME


@pytest.fixture(scope="module")
def reported(django_db_setup):
    """The bytes that a failing process really sends to its error collector."""
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
        fail_in_a_process(f"http://key@127.0.0.1:{server.server_port}/1")
        server.shutdown()
    return bodies


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
    MunicipalityFilter().filter(record)
    return logging.Formatter("[{municipality}] {message}", style="{").format(record)


def test_a_log_line_names_its_municipality_and_no_identity_code(kaavi):
    assert log_line("could not save %s", "070770-905D") == "[kaavi] could not save [left out]"


def test_a_traceback_in_the_log_does_not_quote_the_row(kaavi):
    error = ValueError(f"duplicate key\nDETAIL:  Key (name)=({NAME}) already exists.")

    assert NAME not in log_line("failed", error=error)
    assert "duplicate key" in log_line("failed", error=error)
