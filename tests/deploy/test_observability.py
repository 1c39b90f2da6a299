"""What leaves the house when something fails: where, and nothing of what it was about."""

import gzip
import json
import logging
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from deploy.local.embedded import ROOT
from deploy.observability import MunicipalityFilter, ScrubbedFormatter, scrubbed
from tests.deploy.failing import CANARIES, NAME


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


@pytest.mark.parametrize("separator", "-+ABCDEFUVWXY")
def test_an_identity_code_is_scrubbed_with_every_separator(separator):
    assert scrubbed(f"x{f'070770{separator}905D'}x") == "x[left out]x"
    assert scrubbed(f"070770{separator}905d".lower()) == "[left out]"


@pytest.mark.parametrize("text", ["2026-0143", "2026-11-22 10:00:00", "0207506-5", "<f9a0@suunta.example>"])
def test_case_numbers_times_and_keys_are_not_scrubbed(text):
    assert scrubbed(text) == text


def log_line(message, *values, error=None):
    record = logging.LogRecord("suunta", logging.ERROR, "", 1, message, values, error and (type(error), error, None))
    MunicipalityFilter().filter(record)
    return ScrubbedFormatter("[{municipality}] {message}", style="{").format(record)


def test_a_log_line_names_its_municipality_and_no_identity_code(kaavi):
    assert log_line("could not save %s", "070770-905D") == "[kaavi] could not save [left out]"


def test_a_traceback_in_the_log_does_not_quote_the_row(kaavi):
    error = ValueError(f"duplicate key\nDETAIL:  Key (name)=({NAME}) already exists.")

    assert NAME not in log_line("failed", error=error)
    assert "duplicate key" in log_line("failed", error=error)
