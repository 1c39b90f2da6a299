"""Writing into the outbox: once per key, in the recipient's language, with nothing left to chance in the headers."""

import re
from datetime import timedelta

import pytest
from django.template import Engine

from tenants.mail import outbox
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_console, in_municipality
from tests.conftest import NOON

INVITATION = {"path": "/invitation/abc/", "expires_at": NOON + timedelta(days=7)}


def write(user, *, key="first", **more):
    return outbox.write("accounts/emails/invitation", to=user, context=INVITATION, key=key, at=NOON, **more)


@pytest.fixture
def templates_with(tmp_path, monkeypatch):
    """Lets a test bring its own three files of a mail."""

    def bring(**parts):
        engine = Engine.get_default()
        loaders = [("django.template.loaders.locmem.Loader", {f"test.{key}": text for key, text in parts.items()})]
        monkeypatch.setattr(engine, "loaders", loaders)
        monkeypatch.setitem(engine.__dict__, "template_loaders", engine.get_template_loaders(loaders))

    return bring


def test_the_same_key_is_written_once_and_answers_what_was_written_first(aino):
    first = write(aino, about="2026-0001")

    assert write(aino, about="2026-0002").pk == first.pk
    assert OutgoingEmail.objects.get().about == "2026-0001"


def test_another_key_is_another_mail(aino):
    assert write(aino, key="first").pk != write(aino, key="second").pk


def test_a_mail_waits_for_its_recipient_and_knows_who_it_is(aino):
    mail = write(aino)

    assert (mail.to, mail.to_email, mail.state) == (aino, "aino@kaavi.example", OutgoingEmail.State.PENDING)


def test_somebody_without_an_account_can_be_written_to(kaavi):
    mail = outbox.write_to_address(
        "accounts/emails/invitation", email="new@kaavi.example", language="sv", context=INVITATION, key="new", at=NOON
    )

    assert (mail.to, mail.to_email, mail.language) == (None, "new@kaavi.example", "sv")


@pytest.mark.parametrize(
    ("language", "greeting"), [("fi", "Hei 2. marraskuuta"), ("sv", "Hej 2 november"), ("en", "Hello")]
)
def test_a_mail_speaks_the_language_of_its_recipient(aino, templates_with, language, greeting):
    words = {"fi": "Hei 2. marraskuuta", "sv": "Hej 2 november", "en": "Hello"}
    chosen = "".join(f'{{% if LANGUAGE_CODE == "{code}" %}}{text}{{% endif %}}' for code, text in words.items())
    text = "{% load i18n %}{% get_current_language as LANGUAGE_CODE %}" + chosen
    templates_with(**{"subject.txt": text, "txt": text, "html": text})
    aino.language = language

    mail = outbox.write("test", to=aino, context={}, key="greeting", at=NOON)

    assert (mail.language, mail.subject, mail.text, mail.html) == (language, greeting, greeting, greeting)


def test_the_subject_is_one_line_whatever_the_template_holds(aino, templates_with):
    templates_with(**{"subject.txt": "\n  One\r\nBcc: all@kaavi.example\n\n", "txt": "text", "html": "html"})

    assert outbox.write("test", to=aino, context={}, key="lines", at=NOON).subject == "One Bcc: all@kaavi.example"


def test_an_invitation_links_to_the_portal_of_its_municipality(aino):
    mail = write(aino)

    for part in (mail.text, mail.html):
        assert re.search(r"http://kaavi\.localhost:\d+/invitation/abc/", part)
        assert "30.11.2026" in part


def test_an_invitation_to_the_console_links_to_the_console(oiva, console):
    assert re.search(r"http://console\.localhost:\d+/invitation/abc/", write(oiva).text)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_text_part_is_written_for_reading_not_escaped(aino, kaavi, language):
    kaavi.name = "Kaavi & Co"
    aino.language = language

    mail = write(aino)

    assert "Kaavi & Co" in mail.subject
    assert "&amp;" not in mail.subject + mail.text


def test_the_message_id_is_the_same_whenever_it_is_asked_for(aino):
    mail = write(aino)

    assert OutgoingEmail.objects.get().message_id == mail.message_id == f"<{mail.pk}@suunta.example>"


def test_the_outboxes_of_two_municipalities_are_apart(aino, cecilia):
    write(aino)

    with in_municipality("tuusniemi"):
        assert not OutgoingEmail.objects.exists()
        write(cecilia)
    with in_console():
        assert not OutgoingEmail.objects.exists()
    assert OutgoingEmail.objects.get().to_email == "aino@kaavi.example"
