"""What every answer says to the browser, whoever gives it: a page, a file, a redirect, an error, an outage."""

import json
import os
import subprocess
import sys

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from django.urls import reverse

from deploy.local.embedded import ROOT
from tenants import outages
from tests.casework.cases.making import a_case
from tests.people import PortalClient, browser_of

YEAR = 31_536_000


def visitor(host="kaavi.localhost"):
    return PortalClient(host, raise_request_exception=False)


def away(*given, **named):
    raise OperationalError("server closed the connection unexpectedly")


def full(*given, **named):
    raise OSError(28, "No space left on device")


def check(answer, status):
    assert answer.status_code == status
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "utf-8" in answer.headers["Content-Type"]
    answer.getvalue()  # a file is open until it is read


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/account/login/", 200),
        ("/", 302),
        ("/static/suunta/app.css", 200),
        ("/static/nothing.css", 404),
        ("/nothing/", 404),
        ("/clients/%00/", 404),
        ("/drafts/save/", 302),
    ],
)
def test_an_answer_to_a_visitor_has_all_headers(kaavi, path, status):
    check(visitor().get(path), status)


def test_a_host_that_is_nobodys_has_all_headers(kaavi):
    check(visitor("nobody.localhost").get("/"), 404)


def test_what_is_forbidden_or_refused_has_all_headers(kaavi, aino, paula):
    check(browser_of(paula).get(reverse("case", args=[a_case(by=aino).number])), 403)
    check(browser_of(aino).get(reverse("draft_save")), 405)
    check(browser_of(aino).post(reverse("account_login"), headers={"X-Forwarded-For": "192.0.2.1"}), 400)


@pytest.mark.parametrize(("fails", "status"), [(away, 503), (full, 507), (lambda *given, **named: 1 / 0, 500)])
@pytest.mark.parametrize("where", ["tenants.accounts.invitations.find", "tenants.hosts.municipality_at"])
def test_an_error_has_all_headers_wherever_it_happens(kaavi, monkeypatch, fails, status, where):
    monkeypatch.setattr(where, fails)

    check(visitor().get("/invitation/gZ3x-Secret_9/"), status)


@pytest.mark.parametrize(("says", "status"), [(outages.busy, 503), (outages.too_large, 413), (outages.full, 507)])
def test_what_is_said_at_the_door_has_all_headers(says, status):
    check(says(RequestFactory().get("/")), status)


def test_with_https_browsers_stay_with_it_and_cookies_are_of_their_host_alone():
    names = ["SESSION", "CSRF", "LANGUAGE"]
    said = settings_with(
        *(f"{name}_COOKIE_{what}" for name in names for what in ("NAME", "SECURE", "HTTPONLY")),
        *("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS"),
        SUUNTA_PUBLIC_ADDRESS="https://{host}",
        SUUNTA_PROXIES="1",
    )

    for name in names:
        assert said[f"{name}_COOKIE_NAME"].startswith("__Host-")
        assert said[f"{name}_COOKIE_SECURE"]
        assert said[f"{name}_COOKIE_HTTPONLY"]
    assert (said["SECURE_HSTS_SECONDS"], said["SECURE_HSTS_INCLUDE_SUBDOMAINS"]) == (YEAR, True)


def test_the_header_of_https_speaks_for_the_hosts_below_too(kaavi, settings):
    settings.SECURE_HSTS_SECONDS = YEAR

    answer = visitor().get("/account/login/", secure=True)

    assert answer.headers["Strict-Transport-Security"] == f"max-age={YEAR}; includeSubDomains"


def settings_with(*names, **environment):
    """Ask a process of its own."""
    question = (
        f"import json; from deploy import settings; print(json.dumps({{n: getattr(settings, n) for n in {names}}}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", question], cwd=ROOT, env={**os.environ, **environment},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, object] = json.loads(done.stdout)
    return found
