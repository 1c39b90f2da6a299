"""Signing in: no account without an invitation, nothing to learn from the answers, five guesses and no more."""

import unicodedata

import pytest
from allauth.mfa.models import Authenticator
from django.test import override_settings
from django.urls import NoReverseMatch, reverse

from tenants.accounts.permissions import Role
from tenants.mail.models import OutgoingEmail
from tests.people import PASSWORD, browser_of, person
from tests.tenants.accounts.signing_in import (
    LOGIN,
    SECOND_STEP,
    browser_at,
    give_phone,
    is_in,
    sign_in,
    type_password,
)

RESET = "/account/password/reset/"
WRONG = "väärä-sana-joka-on-pitkä"


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "confirm-email/", "password/set/", "login/code/", "3rdparty/", ""]
)
def test_what_is_not_offered_does_not_exist(kaavi, path):
    assert browser_at("kaavi").get(f"/account/{path}").status_code == 404


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_request_login_code", "mfa_trust"])
def test_nothing_links_to_what_is_not_offered(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_sign_in_page_has_no_link_to_an_account_of_ones_own(kaavi):
    assert "signup" not in browser_at("kaavi").get(LOGIN).content.decode()


def test_an_address_in_capitals_signs_in(paula):
    assert type_password(browser_at("kaavi"), paula.email.upper()).headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(paula):
    wrong = type_password(browser_at("kaavi"), paula.email, WRONG)
    unknown = type_password(browser_at("kaavi"), "nobody@kaavi.example", WRONG)

    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_asking_for_a_new_password_answers_the_same_for_an_unknown_address(paula):
    known = browser_at("kaavi").post(RESET, {"email": paula.email})
    unknown = browser_at("kaavi").post(RESET, {"email": "nobody@kaavi.example"})

    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert [mail.to for mail in OutgoingEmail.objects.all()] == [paula]


def test_a_disabled_person_gets_no_link_for_a_new_password(paula):
    paula.is_active = False
    paula.save()

    browser_at("kaavi").post(RESET, {"email": paula.email})

    assert not OutgoingEmail.objects.exists()


def test_the_link_for_a_new_password_works_once_and_leads_to_our_own_host(paula):
    visitor = browser_at("kaavi")
    visitor.post(RESET, {"email": paula.email}, headers={"host": "kaavi.localhost:6666"})
    link = next(line for line in OutgoingEmail.objects.get().text.splitlines() if line.startswith("http"))
    address, _, path = link.partition("/account/")
    form = visitor.get(f"/account/{path}").headers["Location"]
    visitor.post(form, {"password1": WRONG, "password2": WRONG})

    assert address == "http://kaavi.localhost:8000"
    assert browser_at("kaavi").get(f"/account/{path}").status_code == 200  # the page that says it does not work


def test_a_person_of_another_municipality_is_unknown_here(kaavi, cecilia):
    assert type_password(browser_at("kaavi"), cecilia.email).status_code == 200


def test_the_sixth_guess_is_not_tried_from_wherever_it_comes(paula):
    for _ in range(5):
        type_password(browser_at("kaavi"), paula.email, WRONG)

    right = type_password(browser_at("kaavi"), paula.email)

    assert right.status_code == 200
    assert right.context["form"].errors


@pytest.mark.parametrize("host", ["KAAVI.localhost", "kaavi.localhost:8001", "kaavi.localhost."])
def test_another_way_to_write_the_host_gives_no_further_guesses(paula, host):
    for _ in range(5):
        type_password(browser_at("kaavi"), paula.email, WRONG)

    right = browser_at("kaavi").post(LOGIN, {"login": paula.email, "password": PASSWORD}, headers={"host": host})

    assert right.status_code == 200


@pytest.mark.parametrize("addresses", [1, 30])
def test_of_sixty_guesses_five_are_tried(paula, monkeypatch, addresses):
    tried = []
    monkeypatch.setattr(type(paula), "check_password", lambda user, password: tried.append(password))

    for number in range(60):
        type_password(browser_at("kaavi", f"192.0.2.{number % addresses}"), paula.email, f"{WRONG}{number}")

    assert len(tried) == 5


def test_guesses_at_one_account_do_not_close_another(paula, tiina):
    for _ in range(5):
        type_password(browser_at("kaavi"), paula.email, WRONG)

    assert type_password(browser_at("kaavi"), tiina.email).headers["Location"] == "/"


def test_a_new_password_lets_in_at_once_after_five_wrong_ones(paula):
    visitor = browser_at("kaavi")
    for _ in range(5):
        type_password(visitor, paula.email, WRONG)
    visitor.post(RESET, {"email": paula.email})
    path = OutgoingEmail.objects.get().text.partition(":8000")[2].split()[0]
    new = "kuusi-koivu-mänty-haapa"
    visitor.post(visitor.get(path).headers["Location"], {"password1": new, "password2": new})

    assert type_password(visitor, paula.email, new).headers["Location"] == "/"


@pytest.mark.parametrize("proxies", [0, 1])
def test_forty_people_behind_one_address_sign_in_in_the_same_minute(kaavi, proxies):
    people = [person(f"Nro{number}", Role.TEAM_MEMBER) for number in range(40)]
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=proxies):
        for somebody in people:
            visitor = browser_at("kaavi", "192.0.2.1")
            if proxies:
                visitor.defaults["HTTP_X_FORWARDED_FOR"] = "198.51.100.7"
            assert type_password(visitor, somebody.email).status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "http://kaavi.localhost/", "javascript:alert(1)", "/\\evil.example"],
)
def test_signing_in_never_leads_to_another_address(paula, elsewhere):
    assert type_password(browser_at("kaavi"), paula.email, next=elsewhere).headers["Location"] == "/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(paula):
    assert type_password(browser_at("kaavi"), paula.email, next="/people/").headers["Location"] == "/people/"


def test_signing_in_speaks_the_persons_language_from_then_on(kaavi):
    asa = person("Asa", Role.PORTAL_ADMIN, language="sv")
    visitor = browser_at("kaavi")

    type_password(visitor, asa.email)

    assert visitor.cookies["suunta_language"].value == "sv"
    assert visitor.get("/privacy/").headers["Content-Language"] == "sv"


def test_a_change_of_password_ends_every_session_and_is_told_by_mail(paula):
    here, elsewhere = browser_of(paula), browser_of(paula)
    new = {"oldpassword": PASSWORD, "password1": WRONG, "password2": WRONG}

    assert here.post("/account/password/change/", new).status_code == 302

    assert not is_in(here)
    assert not is_in(elsewhere)
    assert OutgoingEmail.objects.get(to=paula).template == "accounts/emails/password_changed"


def test_the_session_gets_a_new_key_at_each_step(paula):
    phone = give_phone(paula)
    visitor = browser_at("kaavi")
    type_password(visitor, paula.email)
    before = visitor.session.session_key

    visitor.post(SECOND_STEP, {"code": phone.code()})

    assert visitor.session.session_key != before


def test_a_sign_in_that_cannot_be_logged_leaves_nothing_behind(paula, monkeypatch):
    phone, visitor = give_phone(paula), browser_at("kaavi")
    visitor.raise_request_exception = False
    type_password(visitor, paula.email)
    monkeypatch.setattr("tenants.accounts.acts.record", lambda *given, **named: 1 / 0)

    answer = visitor.post(SECOND_STEP, {"code": phone.code()})

    paula.refresh_from_db()
    assert (answer.status_code, paula.last_login) == (500, None)
    assert not Authenticator.objects.exclude(last_used_at=None).exists()
    assert not is_in(visitor)


def test_an_account_that_was_closed_between_the_steps_stays_out(paula):
    phone = give_phone(paula)
    visitor = browser_at("kaavi")
    type_password(visitor, paula.email)
    paula.is_active = False
    paula.save()

    visitor.post(SECOND_STEP, {"code": phone.code()})

    assert not is_in(visitor)


def test_both_steps_open_the_console_for_an_operator(oiva, console):
    visitor = browser_at("console")

    assert sign_in(visitor, oiva, give_phone(oiva)).headers["Location"] == "/"
    assert is_in(visitor)


def test_a_password_with_decomposed_letters_lets_the_same_person_in(aino):
    give_phone(aino)

    answer = type_password(browser_at("kaavi"), aino.email, unicodedata.normalize("NFD", PASSWORD))

    assert answer.headers["Location"] == SECOND_STEP
