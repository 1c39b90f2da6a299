"""What a mail says is sealed, and is removed when nobody will send it any more; what it was about stays."""

from datetime import timedelta

import pytest
from django.db import connection

from tenants.encryption import EncryptionError
from tenants.mail import delivery, texts
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_console
from tests.conftest import NOON
from tests.people import person
from tests.tenants.mail.test_outbox import write

DAY = timedelta(days=1)
State = OutgoingEmail.State


def stored(column: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"select {column} from mail_outgoingemail")
        return bytes(cursor.fetchone()[0])


def settled(mail, state, **changes):
    OutgoingEmail.objects.filter(pk=mail.pk).update(state=state, **changes)


def text_now():
    return OutgoingEmail.objects.get().text


@pytest.mark.parametrize("column", ["text", "html"])
def test_no_part_of_a_mail_can_be_read_in_its_table(aino, column):
    assert "/invitation/abc/" in getattr(write(aino), column)

    assert b"invitation" not in stored(column)


def test_a_text_opens_in_its_own_row_only(aino):
    first, second = write(aino, key="first"), write(aino, key="second")
    with connection.cursor() as cursor:
        copied = "(select text from mail_outgoingemail where id = %s)"
        cursor.execute(f"update mail_outgoingemail set text = {copied} where id = %s", [first.pk, second.pk])

    moved = OutgoingEmail.objects.get(pk=second.pk)
    with pytest.raises(EncryptionError):
        assert moved.text


@pytest.mark.parametrize(
    ("state", "changes", "kept"),
    [
        (State.SENT, {"sent_at": NOON}, DAY),
        (State.CANCELLED, {}, DAY),
        (State.FAILED, {}, 30 * DAY),
        (State.UNKNOWN, {}, 30 * DAY),
    ],
)
def test_a_mail_says_nothing_any_more_when_its_time_is_over(aino, state, changes, kept):
    settled(write(aino, about="2026-0001"), state, **changes)

    assert texts.forget_settled(at=NOON + kept) == 0
    assert "/invitation/abc/" in text_now()
    assert texts.forget_settled(at=NOON + kept + timedelta(seconds=1)) == 1
    assert texts.forget_settled(at=NOON + 2 * kept) == 0

    mail = OutgoingEmail.objects.get()
    assert (mail.text, mail.html, stored("text"), stored("html")) == ("", "", b"", b"")
    assert (mail.subject, mail.state, mail.about, mail.due_at) == ("Kutsu Suuntaan, Kaavi", state, "2026-0001", NOON)


def test_what_waits_keeps_its_text_however_long(aino):
    write(aino)

    assert texts.forget_settled(at=NOON + 400 * DAY) == 0


def test_an_emptied_mail_is_not_sent_again(aino, oiva):
    mail = write(aino)
    settled(mail, State.FAILED)
    texts.forget_settled(at=NOON + 31 * DAY)
    in_db = OutgoingEmail.objects.get()

    with pytest.raises(delivery.Emptied):
        delivery.decide_resend(mail=in_db, version=in_db.version, by=oiva, at=NOON + 32 * DAY)

    assert OutgoingEmail.objects.get().state == State.FAILED


def test_an_unclear_mail_that_was_emptied_is_not_sent_by_itself_either(aino, tmp_path, settings):
    """A record of the mail server that comes later may not know it any more."""
    (tmp_path / "new").mkdir()
    settings.MAIL_ARCHIVE = tmp_path
    settled(write(aino), State.UNKNOWN, lease_until=NOON)
    texts.forget_settled(at=NOON + 31 * DAY)

    assert delivery.reconcile(at=NOON + 32 * DAY) == 0
    assert OutgoingEmail.objects.get().state == State.UNKNOWN


def test_the_console_keeps_its_mails_as_long(console):
    with in_console():
        settled(write(person("Olga")), State.SENT, sent_at=NOON)

        assert texts.forget_settled(at=NOON + 2 * DAY) == 1
