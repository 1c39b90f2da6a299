"""Delivery to a real mail server that behaves and misbehaves: nothing is lost, nothing is sent twice."""

import asyncio
from datetime import timedelta

import pytest
from aiosmtpd.smtp import SMTP

from deploy.local import embedded
from deploy.local.smtp_sink import Answer, Sink, listening
from tenants.mail import delivery, outbox
from tenants.mail.conversation import Unreachable
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_municipality
from tests.conftest import NOON
from tests.mail_server import part, point_to, received

State = OutgoingEmail.State
LATER = NOON + timedelta(minutes=2)


def write(user, key="first", *, due_at=NOON):
    context = {"path": "/x/", "expires_at": NOON}
    mail = outbox.write("accounts/emails/invitation", to=user, context=context, key=key, at=NOON)
    OutgoingEmail.objects.filter(pk=mail.pk).update(due_at=due_at)
    return mail


def in_db(mail):
    return OutgoingEmail.objects.get(pk=mail.pk)


# --- what is sent -------------------------------------------------------------------------------------------------


def test_a_due_mail_is_sent_with_text_html_and_its_own_message_id(mail_server, aino):
    mail = write(aino)

    assert delivery.deliver_due(at=NOON) == 1

    (letter,) = received(mail_server)
    assert letter["Message-ID"] == mail.message_id
    assert letter["To"] == "aino@kaavi.example"
    assert letter["Subject"] == mail.subject
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["X-Auto-Response-Suppress"] == "All"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert part(letter, "plain").splitlines() == mail.text.splitlines()
    assert part(letter, "html").splitlines() == mail.html.splitlines()


def test_a_sent_mail_says_when_and_is_not_sent_again(mail_server, aino):
    mail = write(aino)
    delivery.deliver_due(at=NOON)

    assert delivery.deliver_due(at=NOON + timedelta(days=1)) == 0

    assert in_db(mail).state == State.SENT
    assert NOON <= in_db(mail).sent_at < NOON + timedelta(seconds=5)
    assert len(mail_server.mails()) == 1


def test_many_mails_leave_in_the_order_in_which_they_were_due(mail_server, aino):
    for minutes in (1, 3, 2):
        write(aino, f"{minutes}", due_at=NOON - timedelta(minutes=minutes))

    assert delivery.deliver_due(at=NOON) == 3

    keys = {mail.message_id: mail.key for mail in OutgoingEmail.objects.all()}
    assert [keys[letter["Message-ID"]] for letter in received(mail_server)] == ["3", "2", "1"]


def test_a_mail_is_not_sent_before_its_time(mail_server, aino):
    write(aino, due_at=NOON + timedelta(seconds=1))

    assert delivery.deliver_due(at=NOON) == 0
    assert mail_server.mails() == []


@pytest.mark.parametrize("state", [state for state in State if state != State.PENDING])
def test_only_waiting_mails_are_sent(mail_server, aino, state):
    mail = write(aino)
    OutgoingEmail.objects.filter(pk=mail.pk).update(state=state)

    assert delivery.deliver_due(at=NOON) == 0
    assert mail_server.mails() == []


def test_delivery_sends_the_mails_of_its_own_municipality_only(mail_server, aino, cecilia):
    with in_municipality("tuusniemi"):
        write(cecilia)
    write(aino)

    delivery.deliver_due(at=NOON)

    assert [letter["To"] for letter in received(mail_server)] == ["aino@kaavi.example"]


# --- the server is away or says no ----------------------------------------------------------------------------------


def test_a_server_that_is_away_leaves_mails_as_they_were(settings, aino):
    mail = write(aino)
    point_to(settings, embedded.free_port())

    with pytest.raises(Unreachable):
        delivery.deliver_due(at=NOON)

    assert (in_db(mail).state, in_db(mail).attempts, in_db(mail).due_at) == (State.PENDING, 0, NOON)


def test_a_server_that_is_away_is_not_asked_when_nothing_is_due(settings, kaavi):
    point_to(settings, embedded.free_port())

    assert delivery.deliver_due(at=NOON) == 0


def test_a_mail_that_is_not_taken_now_is_tried_again_after_a_while(mail_server, aino):
    mail = write(aino)
    mail_server.answer = Answer.FAIL
    assert delivery.deliver_due(at=NOON) == 0
    assert (in_db(mail).state, in_db(mail).last_error) == (State.PENDING, "451")
    assert NOON < in_db(mail).due_at <= NOON + timedelta(minutes=1, seconds=5)

    mail_server.answer = Answer.ACCEPT
    assert delivery.deliver_due(at=in_db(mail).due_at) == 1

    assert (in_db(mail).state, in_db(mail).last_error) == (State.SENT, "")


def test_the_waits_between_tries_grow_to_an_hour(mail_server, aino):
    mail = write(aino)
    mail_server.answer = Answer.FAIL
    waits, at = [], NOON
    for _ in range(8):
        delivery.deliver_due(at=at)
        waits.append(round((in_db(mail).due_at - at).total_seconds() / 60))
        at = in_db(mail).due_at

    assert waits == [1, 2, 5, 10, 30, 60, 60, 60]


def test_a_mail_that_was_tried_for_a_day_is_given_up(mail_server, aino):
    mail = write(aino)
    OutgoingEmail.objects.update(attempts=delivery.MOST_TRIES - 1)
    mail_server.answer = Answer.FAIL

    delivery.deliver_due(at=NOON)

    assert in_db(mail).state == State.FAILED


def test_a_mail_that_is_refused_for_good_is_not_tried_again_and_stops_no_other(mail_server, aino, bertta):
    refused = write(aino)
    mail_server.answer = Answer.REFUSE
    delivery.deliver_due(at=NOON)
    mail_server.answer = Answer.ACCEPT
    write(bertta, "second")

    assert delivery.deliver_due(at=LATER) == 1

    assert (in_db(refused).state, in_db(refused).last_error) == (State.FAILED, "550")
    assert [letter["To"] for letter in received(mail_server)] == ["bertta@kaavi.example"]


class Doorkeeper(Sink):
    """Answers Aino's address as told, and takes everybody else's mail."""

    reply = "250 OK"

    async def handle_RCPT(self, server: SMTP, session, envelope, address, options):  # noqa: N802 (aiosmtpd's name)
        if not address.startswith("aino"):
            envelope.rcpt_tos.append(address)
            return "250 OK"
        if self.reply == "hang up" and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return self.reply


@pytest.mark.parametrize(
    ("reply", "state", "error"),
    [
        ("450 4.2.1 Later", State.PENDING, "450"),
        ("550 5.1.1 Nobody <aino@kaavi.example>", State.FAILED, "550"),
        ("hang up", State.PENDING, "SMTPServerDisconnected"),
    ],
)
def test_a_fault_before_the_mail_was_handed_over_is_no_riddle_and_the_next_mail_is_sent(
    settings, tmp_path, aino, bertta, reply, state, error
):
    mail = write(aino)
    write(bertta, "second")
    sink = Doorkeeper(tmp_path / "mail")
    sink.reply = reply
    port = embedded.free_port()
    point_to(settings, port)

    with listening(sink, port=port):
        assert delivery.deliver_due(at=NOON) == 1

    assert (in_db(mail).state, in_db(mail).last_error) == (state, error)
    assert [letter["To"] for letter in received(sink)] == ["bertta@kaavi.example"]


def test_an_address_that_is_none_fails_alone(mail_server, aino, bertta):
    OutgoingEmail.objects.filter(pk=write(aino).pk).update(to_email="aino@kaavi.example, x")
    write(bertta, "second")

    assert delivery.deliver_due(at=NOON) == 1

    assert OutgoingEmail.objects.get(key="first").state == State.FAILED
