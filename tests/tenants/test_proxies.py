"""One proxy more or less than the settings say: a page with the reason, at every address, and never a 500."""

import os
import subprocess
import sys

import pytest

from deploy.local.embedded import ROOT
from tests.people import PASSWORD, PortalClient, browser_of

ADDRESSES = ["198.51.100.7", "203.0.113.9", "192.0.2.44"]
WRONG = [(said, found) for said in range(3) for found in range(4) if said != found]


def through(proxies, path="/account/login/", browser=None):
    """Ask as a request looks after so many proxies."""
    browser = browser or PortalClient("kaavi.localhost", raise_request_exception=False)
    headers = {"X-Forwarded-For": ", ".join(ADDRESSES[:proxies])} if proxies else {}
    return browser.get(path, headers=headers)


@pytest.mark.parametrize("proxies", [0, 1, 2, 3])
def test_as_many_as_the_settings_say_lead_to_the_page(kaavi, settings, proxies):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    assert through(proxies).status_code == 200


@pytest.mark.parametrize(("said", "found"), WRONG)
def test_more_or_fewer_are_refused_with_both_numbers(kaavi, settings, caplog, said, found):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = said

    answer = through(found)

    assert answer.status_code == 400
    assert f"SUUNTA_PROXIES = {said}, X-Forwarded-For: {found}" in answer.text
    assert f"X-Forwarded-For holds {found} addresses, SUUNTA_PROXIES says {said}" in caplog.text
    assert not any(address in caplog.text + answer.text for address in ADDRESSES)


@pytest.mark.parametrize(("said", "found"), WRONG)
def test_nobody_signs_in_through_more_or_fewer(paula, settings, said, found):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = said
    browser = PortalClient("kaavi.localhost", raise_request_exception=False)
    headers = {"X-Forwarded-For": ", ".join(ADDRESSES[:found])} if found else {}

    answer = browser.post("/account/login/", {"login": paula.email, "password": PASSWORD}, headers=headers)

    assert answer.status_code == 400
    assert "suunta_session" not in answer.cookies


def test_who_is_signed_in_is_refused_too(aino, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    assert through(2, "/clients/", browser_of(aino)).status_code == 400
    assert through(1, "/clients/", browser_of(aino)).status_code == 200


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Vika ei ole sinun"), ("sv", "Felet är inte ditt"), ("en", "The fault is not yours")]
)
def test_the_page_says_it_in_the_visitors_language(kaavi, language, words):
    visitor = PortalClient("kaavi.localhost")

    assert words in visitor.get("/", headers={"X-Forwarded-For": "192.0.2.1", "Accept-Language": language}).text


def test_the_proxy_itself_may_ask_whether_all_is_well(console, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2

    assert through(0, "/health/", PortalClient("console.localhost")).status_code == 200


def test_the_demo_told_of_no_proxy_does_not_mind_one(kaavi, settings):
    settings.SECOND_FACTOR_OFF = True

    assert through(1).status_code == 200


# --- at the start ------------------------------------------------------------------------------------------------


def start_with(**environment):
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


@pytest.mark.parametrize("number", ["one", "-1", "1.0", "", "٢"])
def test_a_number_of_proxies_that_is_none_is_refused_at_the_start(number):
    code, said = start_with(SUUNTA_PROXIES=number)

    assert code == 1
    assert f"SUUNTA_PROXIES={number} is not the number of proxies before the web server.\n" in said
    assert "Traceback" not in said


def test_https_without_a_proxy_is_refused_at_the_start():
    code, said = start_with(SUUNTA_PUBLIC_ADDRESS="https://{host}")

    assert code == 1
    assert "https ends at a proxy: set SUUNTA_PROXIES to the number before the web server.\n" in said


def test_https_behind_a_proxy_starts():
    assert start_with(SUUNTA_PUBLIC_ADDRESS="https://{host}", SUUNTA_PROXIES="1")[0] == 0
