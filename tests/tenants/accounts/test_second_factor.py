"""A second factor is mandatory: nothing opens without it, and nothing a password alone can do takes it away."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import override_settings

from tenants.accounts.adapter import SecondFactorAdapter
from tenants.encryption import EncryptionError
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_municipality
from tests.people import PortalClient, browser_of
from tests.tenants.accounts.signing_in import (
    CODES,
    CONFIRM,
    LOGIN,
    PASSWORD_AGAIN,
    SECOND_STEP,
    SET_UP,
    Phone,
    browser_at,
    give_phone,
    is_in,
    sign_in,
    type_password,
)


@pytest.fixture
def visitor(kaavi) -> PortalClient:
    return browser_at("kaavi")


@pytest.fixture(autouse=True)
def _after_commit_is_at_once(monkeypatch):
    """A test that rolls back never commits: what allauth does after the commit, it does at once."""
    monkeypatch.setattr(transaction, "on_commit", lambda act, **_: act())


def set_up(visitor) -> None:
    phone = Phone(secret=visitor.get(SET_UP).context["form"].secret)
    assert visitor.post(SET_UP, {"code": phone.code()}).headers["Location"] == CODES


def test_a_password_alone_leads_to_the_set_up_and_nowhere_else(visitor, paula):
    assert type_password(visitor, paula.email).headers["Location"] == "/"

    for path in ("/", "/people/", "/account/second-factor/", "/account/password/change/"):
        assert visitor.get(path).headers["Location"] == SET_UP, path
    assert visitor.post("/people/invite/", {"email": "x@kaavi.example"}).headers["Location"] == SET_UP
    assert visitor.get("/no-such-page/").status_code == 404
    assert visitor.get("/privacy/").status_code == 200


def test_setting_up_the_app_shows_recovery_codes_once_and_lets_in(visitor, paula):
    type_password(visitor, paula.email)
    set_up(visitor)

    first, second = visitor.get(CODES).content.decode(), visitor.get(CODES).content.decode()
    codes = Authenticator.objects.get(user=paula, type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    assert all(code in first for code in codes)
    assert not any(code in second for code in codes)
    assert is_in(visitor)


def test_the_set_up_asks_for_the_password_again_when_the_sign_in_is_old(visitor, paula):
    type_password(visitor, paula.email)
    session = visitor.session
    session["account_authentication_methods"][0]["at"] -= 601
    session.save()

    assert visitor.get(SET_UP).headers["Location"].startswith(PASSWORD_AGAIN)


def test_the_next_sign_in_needs_password_and_code(visitor, paula):
    phone = give_phone(paula)

    assert type_password(visitor, paula.email).headers["Location"] == SECOND_STEP
    assert visitor.get("/people/").headers["Location"].startswith(LOGIN)
    assert visitor.post(SECOND_STEP, {"code": phone.code()}).headers["Location"] == "/"
    assert is_in(visitor)


def test_signing_out_ends_it(visitor, paula):
    sign_in(visitor, paula, give_phone(paula))

    visitor.post("/account/logout/")

    assert visitor.get("/people/").headers["Location"].startswith(LOGIN)


def test_a_code_opens_once(visitor, paula):
    code = give_phone(paula).code()
    type_password(visitor, paula.email)
    assert visitor.post(SECOND_STEP, {"code": code}).status_code == 302

    again = browser_at("kaavi")
    type_password(again, paula.email)

    for way_to_write_it in (code, f"{code[:3]} {code[3:]}"):
        assert again.post(SECOND_STEP, {"code": way_to_write_it}).status_code == 200
    assert not is_in(again)


def test_a_recovery_code_opens_once(visitor, paula):
    give_phone(paula)
    code = Authenticator.objects.get(user=paula, type="recovery_codes").wrap().get_unused_codes()[0]
    type_password(visitor, paula.email)
    assert visitor.post(SECOND_STEP, {"code": code}).status_code == 302
    assert is_in(visitor)

    again = browser_at("kaavi")
    type_password(again, paula.email)
    assert again.post(SECOND_STEP, {"code": code}).status_code == 200


def test_five_wrong_codes_close_the_second_step_even_for_the_right_one(visitor, paula):
    phone = give_phone(paula)
    type_password(visitor, paula.email)
    for _ in range(5):
        assert visitor.post(SECOND_STEP, {"code": "000000"}).status_code == 200

    elsewhere = browser_at("kaavi")
    type_password(elsewhere, paula.email)

    assert elsewhere.post(SECOND_STEP, {"code": phone.code()}).status_code == 200
    assert not is_in(elsewhere)


def test_a_new_password_by_mail_still_needs_the_second_step(visitor, paula):
    phone = give_phone(paula)
    visitor.post("/account/password/reset/", {"email": paula.email})
    link = next(line for line in OutgoingEmail.objects.get().text.splitlines() if line.startswith("http"))
    form = visitor.get(link.partition(":8000")[2]).headers["Location"]
    new = "kuusi-koivu-mänty-haapa"

    assert visitor.post(form, {"password1": new, "password2": new}).headers["Location"].endswith("/done/")

    assert not is_in(visitor)
    assert type_password(visitor, paula.email, new).headers["Location"] == SECOND_STEP
    visitor.post(SECOND_STEP, {"code": phone.code()})
    assert is_in(visitor)


def test_secrets_of_the_second_factor_are_encrypted_in_the_database(paula):
    phone = give_phone(paula)

    stored = {row.type: row.data for row in Authenticator.objects.filter(user=paula)}
    seed = SecondFactorAdapter().decrypt(stored["recovery_codes"]["seed"])

    assert seed not in str(stored)
    assert phone.secret not in str(stored)
    with in_municipality("tuusniemi"), pytest.raises(EncryptionError):
        SecondFactorAdapter().decrypt(stored["totp"]["secret"])


def test_a_password_alone_cannot_confirm_a_change_of_the_second_factor(paula):
    give_phone(paula)
    visitor = browser_of(paula)

    assert visitor.get("/account/second-factor/app/remove/").headers["Location"].startswith(CONFIRM)
    assert visitor.get(PASSWORD_AGAIN).headers["Location"].startswith(CONFIRM)
    assert Authenticator.objects.filter(user=paula, type="totp").exists()


def test_who_has_a_second_factor_but_did_not_use_it_can_only_use_it(paula):
    give_phone(paula)
    visitor = browser_of(paula)
    session = visitor.session
    session["account_authentication_methods"][0]["method"] = "password"
    session.save()

    for path in ("/people/", SET_UP, CODES, PASSWORD_AGAIN, "/account/second-factor/passkeys/add/"):
        assert visitor.get(path).headers["Location"].startswith(CONFIRM), path


def test_removing_the_last_factor_leads_to_the_set_up(paula):
    phone = give_phone(paula)
    visitor = browser_of(paula)
    visitor.post(CONFIRM, {"code": phone.code()})

    visitor.post("/account/second-factor/app/remove/")

    assert not Authenticator.objects.filter(user=paula).exists()
    assert visitor.get("/people/").headers["Location"] == SET_UP


def test_a_change_of_the_second_factor_ends_the_other_sessions_and_is_told_by_mail(paula):
    phone = give_phone(paula)
    here, elsewhere = browser_of(paula), browser_of(paula)
    here.post(CONFIRM, {"code": phone.code()})

    here.post(f"{CODES}new/")

    assert is_in(here)
    assert not is_in(elsewhere)
    assert OutgoingEmail.objects.get(to=paula).template == "accounts/emails/second_factor_changed"


def test_the_demo_can_switch_the_second_step_off(visitor, paula):
    type_password(visitor, paula.email)

    with override_settings(SECOND_FACTOR_OFF=True):
        assert is_in(visitor)
    assert not is_in(visitor)


def test_operators_need_it_as_well(oiva):
    visitor = browser_at("console")
    type_password(visitor, oiva.email)

    assert visitor.get("/people/").headers["Location"] == SET_UP
