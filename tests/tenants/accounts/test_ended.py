"""What is sent after the session has ended: the person gets it back, a script gets 401, a stranger gets nothing."""

import pytest
from django.urls import reverse

from tenants.accounts.languages import LANGUAGE_COOKIE
from tests.casework.cases.making import a_case
from tests.people import PortalClient, browser_of

TYPED = "The client <b>told</b> for an hour."
HOST = "kaavi.localhost"
HERE = {"origin": f"http://{HOST}"}


@pytest.fixture
def address(kaavi, aino) -> str:
    return reverse("note_add", args=[a_case(by=aino).number])


@pytest.fixture
def stranger() -> PortalClient:
    browser = PortalClient(HOST)
    browser.cookies[LANGUAGE_COOKIE] = "en"
    return browser


def test_a_filled_form_comes_back_with_the_words_to_copy_and_to_send_again(address, stranger):
    answer = stranger.post(address, {"kind": "note", "on": "2026-11-20", "text": TYPED, "version": "3"})

    page = answer.content.decode()
    assert answer.status_code == 401
    assert "The client &lt;b&gt;told&lt;/b&gt; for an hour.</textarea>" in page
    assert f'action="{address}"' in page
    assert '<input type="hidden" name="version" value="3">' in page
    assert answer.headers["Cache-Control"] == "no-store"


def test_nothing_of_it_is_stored(address, stranger):
    stranger.post(address, {"text": TYPED})

    assert not stranger.session.keys()


def test_a_button_without_words_leads_to_sign_in(address, stranger):
    answer = stranger.post(address, {"next": "/", "version": "3"})

    assert answer.headers["Location"].startswith("/account/login/")


def test_passwords_never_come_back(kaavi, stranger):
    address = reverse("account_change_password")

    answer = stranger.post(address, {"oldpassword": "secret-words", "password1": "x", "password2": "x"})

    assert answer.status_code == 302


def test_looking_leads_to_sign_in_and_a_script_gets_a_plain_no(address, stranger):
    assert stranger.get(address).status_code == 302
    assert stranger.get(address, headers={"accept": "application/json"}).status_code == 401


def test_a_form_from_before_a_new_sign_in_comes_back_with_a_new_token(address, aino):
    browser = checked_browser(aino)

    answer = browser.post(address, {"text": TYPED, "csrfmiddlewaretoken": "x" * 64}, headers=HERE)

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "for an hour.</textarea>" in page
    assert "Send it once more" in page
    assert "x" * 64 not in page


@pytest.mark.parametrize("headers", [{}, {"origin": "https://elsewhere.example"}, {"origin": "null"}])
def test_another_site_does_not_choose_what_stands_on_our_page(address, aino, headers):
    browser = checked_browser(aino)

    answer = browser.post(address, {"text": TYPED}, headers=headers)

    assert answer.status_code == 403
    assert "for an hour" not in answer.content.decode()


def test_the_page_knows_how_long_the_session_lasts(kaavi, aino):
    browser = browser_of(aino)

    page = browser.get("/").content.decode()
    answer = browser.get(reverse("session")).json()

    assert 'data-left="1200"' in page
    assert (answer["left"], answer["who"]) == (1200, str(aino.pk))
    assert len(answer["token"]) == 64


def test_near_the_longest_session_the_page_says_what_is_left(kaavi, aino, settings):
    browser = browser_of(aino)
    settings.SESSION_LONGEST_SECONDS = 100

    assert 90 <= browser.get(reverse("session")).json()["left"] <= 100


def checked_browser(user) -> PortalClient:
    """A browser whose token is checked, as everywhere but in tests."""
    browser = browser_of(user)
    browser.handler.enforce_csrf_checks = True
    browser.cookies[LANGUAGE_COOKIE] = "en"
    return browser
