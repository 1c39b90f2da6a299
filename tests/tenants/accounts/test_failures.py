"""A sign-in that failed is a line of the process log: from which address, at which step; never what was typed."""

import pytest

from tests.people import PASSWORD, browser_of
from tests.tenants.accounts.signing_in import CONFIRM, SECOND_STEP, browser_at, give_phone, sign_in, type_password

WRONG = "väärä-sana-joka-on-pitkä"
ADDRESS = "192.0.2.7"


@pytest.fixture
def said(caplog):
    return lambda: [record.getMessage() for record in caplog.records if record.name == "tenants.accounts.failures"]


@pytest.mark.parametrize("email", ["paula@kaavi.example", "nobody@kaavi.example"])
def test_a_wrong_password_is_noted_the_same_for_everybody_and_without_what_was_typed(paula, said, caplog, email):
    type_password(browser_at("kaavi", ADDRESS), email, WRONG)

    assert said() == [f"A sign-in failed at the password, from {ADDRESS}"]
    assert [word for word in (email, WRONG, str(paula.pk)) if word in caplog.text] == []


def test_a_guess_that_is_not_tried_any_more_is_noted_as_such(paula, said):
    for _ in range(6):
        type_password(browser_at("kaavi", ADDRESS), paula.email, WRONG)

    assert said()[4:] == [
        f"A sign-in failed at the password, from {ADDRESS}",
        f"A sign-in failed at the password (too many tries), from {ADDRESS}",
    ]


@pytest.mark.parametrize("is_confirming", [False, True])
def test_a_wrong_code_is_noted_with_the_person_whose_password_was_right(paula, said, caplog, is_confirming):
    give_phone(paula)
    visitor = browser_of(paula) if is_confirming else browser_at("kaavi")
    if not is_confirming:
        type_password(visitor, paula.email)

    visitor.post(CONFIRM if is_confirming else SECOND_STEP, {"code": "123456"}, REMOTE_ADDR=ADDRESS)

    assert said() == [f"A sign-in failed at the second step of person {paula.pk}, from {ADDRESS}"]
    assert [word for word in ("123456", paula.email, PASSWORD) if word in caplog.text] == []


def test_a_code_that_was_used_before_is_noted(paula, said):
    phone = give_phone(paula)
    code = phone.code()
    for _ in range(2):
        visitor = browser_at("kaavi", ADDRESS)
        type_password(visitor, paula.email)
        visitor.post(SECOND_STEP, {"code": code})

    assert said() == [f"A sign-in failed at the second step of person {paula.pk}, from {ADDRESS}"]


def test_who_signs_in_is_not_noted(paula, said):
    sign_in(browser_at("kaavi"), paula, give_phone(paula))

    assert said() == []
