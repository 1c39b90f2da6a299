"""Mails about accounts: every one that allauth sends has our words in three languages, any other is refused loudly."""

import re
from pathlib import Path

import allauth
import pytest
from django.utils import translation

from tenants.accounts import letters
from tenants.accounts.permissions import Role
from tests.conftest import NOON
from tests.people import person

SOURCES = Path(allauth.__file__).parent
NOT_OFFERED = {  # these belong to addresses, sign-up and sign-in by code, none of which is routed
    "account/email/account_already_exists",
    "account/email/email_changed",
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
    "account/email/email_deleted",
    "account/email/login_code",
    "account/email/password_reset_code",
    "account/email/password_set",
    "account/email/unknown_account",
}


def test_every_mail_of_allauth_is_ours_or_belongs_to_something_not_offered():
    sources = [
        path for app in ("account", "mfa") for path in (SOURCES / app).rglob("*.py") if "tests" not in path.parts
    ]
    named = {name for path in sources for name in re.findall(r'"((?:account|mfa)/email/\w+)"', path.read_text())}

    assert named == set(letters.LETTERS) | NOT_OFFERED


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("prefix", letters.LETTERS)
def test_every_mail_is_whole_in_every_language(kaavi, prefix, language):
    eeva = person("Eeva", Role.COORDINATOR, language=language)

    context = {"password_reset_url": "http://evil.example/reset/x/"}
    mail = letters.write_for_allauth(prefix, to=eeva, context=context, at=NOON)

    assert (mail.to, mail.language) == (eeva, language)
    assert "http://kaavi.localhost:8000" in mail.text
    assert "http://kaavi.localhost:8000" in mail.html
    assert "evil.example" not in mail.text + mail.html
    with translation.override(language):
        assert str(letters.LETTERS[prefix].event) in mail.text
    assert ("/reset/x/" in mail.text) == (prefix == "account/email/password_reset_key")


def test_a_mail_without_our_words_is_refused(paula):
    with pytest.raises(letters.UnknownLetter):
        letters.write_for_allauth("account/email/unknown_account", to=paula, context={}, at=NOON)
