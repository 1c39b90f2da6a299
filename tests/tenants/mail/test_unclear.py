"""A mail of which nobody knows whether it arrived: the server's record tells, or a person decides."""

from datetime import timedelta

import pytest
from django.conf import settings as current
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Now

from deploy.local import embedded
from deploy.local.smtp_sink import Answer
from tenants.audit.models import AccessEntry
from tenants.mail import archive, delivery, outbox
from tenants.mail.conversation import Conversation
from tenants.mail.models import OutgoingEmail
from tenants.rounds import SomeFailed
from tests.conftest import NOON
from tests.mail_server import point_to

State = OutgoingEmail.State
LATER = NOON + timedelta(minutes=2)


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


def write(user, key="first", *, due_at=NOON):
    context = {"path": "/x/", "expires_at": NOON}
    mail = outbox.write("accounts/emails/invitation", to=user, context=context, key=key, at=NOON)
    OutgoingEmail.objects.filter(pk=mail.pk).update(due_at=due_at)
    return mail


def in_db(mail):
    return OutgoingEmail.objects.get(pk=mail.pk)


def leases_end(*, ago):
    """Let the database's clock say that all leases ended some time ago."""
    OutgoingEmail.objects.filter(lease_until__isnull=False).update(lease_until=Now() - ago)


def grace_is_over():
    leases_end(ago=current.MAIL_GRACE + timedelta(seconds=1))


def kill_while_sending(monkeypatch, *, after_the_answer):
    """Let the next sender die, before it talks to the server or after the server has taken the mail."""
    real = Conversation.send

    def send(self, mail):
        monkeypatch.setattr(Conversation, "send", real)
        if after_the_answer:
            real(self, mail)
        raise Killed

    monkeypatch.setattr(Conversation, "send", send)


def fail_over(monkeypatch, mail):
    """Let this process fail over one mail, in the middle of its conversation with the server."""
    real = Conversation.send

    def send(self, each):
        if each.pk == mail.pk:
            self._smtp.mail("kaavi@suunta.example")
            raise LookupError("aino@kaavi.example")
        real(self, each)

    monkeypatch.setattr(Conversation, "send", send)


@pytest.mark.parametrize("answer", [Answer.HANG, Answer.HANG_UP])
def test_a_mail_without_an_answer_is_unclear_until_the_servers_record_shows_it(mail_server, settings, aino, answer):
    mail = write(aino)
    mail_server.answer = answer
    point_to(settings, settings.MAILERS["default"]["OPTIONS"]["port"], patience=0.5)
    assert delivery.deliver_due(at=NOON) == 0
    assert in_db(mail).state == State.UNKNOWN

    mail_server.answer = Answer.ACCEPT
    grace_is_over()
    assert delivery.reconcile(at=LATER) == 1
    assert delivery.deliver_due(at=LATER) == 0

    assert in_db(mail).state == State.SENT
    assert len(mail_server.mails()) == 1


def test_a_sender_that_is_killed_before_sending_leaves_a_mail_that_is_sent_once(mail_server, aino, monkeypatch):
    mail = write(aino)
    kill_while_sending(monkeypatch, after_the_answer=False)
    with pytest.raises(Killed):
        delivery.deliver_due(at=NOON)
    assert in_db(mail).state == State.SENDING

    grace_is_over()
    assert delivery.deliver_due(at=LATER) == 0
    assert delivery.reconcile(at=LATER) == 1
    assert delivery.deliver_due(at=LATER) == 1

    assert in_db(mail).state == State.SENT
    assert len(mail_server.mails()) == 1


def test_a_sender_that_is_killed_after_sending_leaves_a_mail_that_is_not_sent_again(mail_server, aino, monkeypatch):
    mail = write(aino)
    kill_while_sending(monkeypatch, after_the_answer=True)
    with pytest.raises(Killed):
        delivery.deliver_due(at=NOON)

    grace_is_over()
    assert delivery.reconcile(at=LATER) == 1
    assert delivery.deliver_due(at=LATER) == 0

    assert in_db(mail).state == State.SENT
    assert len(mail_server.mails()) == 1


def test_a_killed_sender_leaves_one_unclear_mail_not_all_that_were_due(mail_server, aino, monkeypatch):
    for number in range(5):
        write(aino, f"{number}")
    kill_while_sending(monkeypatch, after_the_answer=False)

    with pytest.raises(Killed):
        delivery.deliver_due(at=NOON)

    assert OutgoingEmail.objects.filter(state=State.SENDING).count() == 1
    assert OutgoingEmail.objects.filter(state=State.PENDING).count() == 4


def test_a_mail_under_way_is_left_alone_until_its_lease_is_over(mail_server, aino, monkeypatch):
    mail = write(aino)
    kill_while_sending(monkeypatch, after_the_answer=False)
    with pytest.raises(Killed):
        delivery.deliver_due(at=NOON)

    assert delivery.reconcile(at=NOON + timedelta(days=30)) == 0  # the clock of the machine says nothing

    assert in_db(mail).state == State.SENDING


def test_a_mail_whose_lease_is_over_waits_for_the_grace_before_it_counts_as_absent(mail_server, aino, monkeypatch):
    mail = write(aino)
    kill_while_sending(monkeypatch, after_the_answer=False)
    with pytest.raises(Killed):
        delivery.deliver_due(at=NOON)

    leases_end(ago=current.MAIL_GRACE / 2)

    assert delivery.reconcile(at=LATER) == 0

    assert in_db(mail).state == State.UNKNOWN


def test_absence_proves_nothing_while_the_server_is_away(mail_server, settings, aino, monkeypatch):
    mail = write(aino)
    kill_while_sending(monkeypatch, after_the_answer=False)
    with pytest.raises(Killed):
        delivery.deliver_due(at=NOON)
    point_to(settings, embedded.free_port())

    grace_is_over()
    assert delivery.reconcile(at=LATER) == 0

    assert in_db(mail).state == State.UNKNOWN


def test_without_the_servers_record_an_unclear_mail_stays_unclear(mail_server, settings, aino):
    mail = write(aino)
    mail_server.answer = Answer.HANG_UP
    delivery.deliver_due(at=NOON)
    settings.MAIL_ARCHIVE = None

    grace_is_over()
    assert delivery.reconcile(at=LATER + timedelta(days=30)) == 0

    assert in_db(mail).state == State.UNKNOWN


def test_a_sender_whose_claim_took_longer_than_its_lease_does_not_send(mail_server, settings, aino):
    mail = write(aino)
    settings.MAIL_LEASE = timedelta(0)

    assert delivery.deliver_due(at=NOON) == 0

    assert in_db(mail).state == State.SENDING
    assert mail_server.mails() == []


def test_a_slow_sender_that_succeeds_takes_back_what_was_made_due_again(mail_server, aino, monkeypatch):
    mail = write(aino)
    real = Conversation.send

    def slow(self, mail):
        real(self, mail)
        OutgoingEmail.objects.update(state=State.PENDING)  # somebody gave up on it meanwhile

    monkeypatch.setattr(Conversation, "send", slow)
    delivery.deliver_due(at=NOON)

    assert in_db(mail).state == State.SENT
    assert len(mail_server.mails()) == 1


def test_a_slow_sender_that_fails_changes_nothing_that_others_decided(mail_server, aino, monkeypatch):
    mail = write(aino)
    mail_server.answer = Answer.REFUSE
    real = Conversation.send

    def slow(self, mail):
        OutgoingEmail.objects.update(state=State.SENT)
        real(self, mail)

    monkeypatch.setattr(Conversation, "send", slow)
    delivery.deliver_due(at=NOON)

    assert in_db(mail).state == State.SENT


def test_who_finds_out_from_an_old_reading_makes_nothing_due_again(mail_server, aino, monkeypatch):
    """Two find out at once; between the reading of one and its answer the mail is due, sent again and unclear anew."""
    mail = write(aino)
    kill_while_sending(monkeypatch, after_the_answer=False)
    with pytest.raises(Killed):
        delivery.deliver_due(at=NOON)
    grace_is_over()
    real = archive.MaildirArchive.holding

    def meanwhile(self, message_ids):
        held = real(self, message_ids)
        monkeypatch.setattr(archive.MaildirArchive, "holding", real)
        assert delivery.reconcile(at=LATER) == 1
        mail_server.answer = Answer.HANG_UP
        assert delivery.deliver_due(at=LATER) == 0
        mail_server.answer = Answer.ACCEPT
        return held

    monkeypatch.setattr(archive.MaildirArchive, "holding", meanwhile)
    assert delivery.reconcile(at=LATER) == 0
    assert in_db(mail).state == State.UNKNOWN

    grace_is_over()
    assert delivery.reconcile(at=LATER) == 1
    assert in_db(mail).state == State.SENT
    assert len(mail_server.mails()) == 1


@pytest.mark.parametrize("decide", [delivery.decide_sent, delivery.decide_resend])
def test_who_saw_the_end_of_another_try_does_not_decide(mail_server, unclear, oiva, decide):
    OutgoingEmail.objects.update(lease_until=NOON + timedelta(minutes=1))

    with pytest.raises(delivery.Overtaken):
        decide(mail=in_db(unclear), version=unclear.version, by=oiva, at=LATER)

    assert in_db(unclear).state == State.UNKNOWN


@pytest.fixture
def unclear(mail_server, aino):
    mail = write(aino)
    OutgoingEmail.objects.update(state=State.UNKNOWN, attempts=3, lease_until=NOON)
    return in_db(mail)


def test_a_person_who_knows_that_it_arrived_closes_it(mail_server, unclear, oiva):
    delivery.decide_sent(mail=unclear, version=unclear.version, by=oiva, at=LATER)

    assert (in_db(unclear).state, in_db(unclear).sent_at) == (State.SENT, LATER)
    assert delivery.deliver_due(at=LATER) == 0


@pytest.mark.parametrize("state", [State.UNKNOWN, State.FAILED])
def test_a_person_who_knows_that_it_did_not_arrive_sends_it_again(mail_server, unclear, oiva, state):
    OutgoingEmail.objects.update(state=state)

    delivery.decide_resend(mail=in_db(unclear), version=unclear.version, by=oiva, at=LATER)

    assert delivery.deliver_due(at=LATER) == 1
    assert len(mail_server.mails()) == 1


@pytest.mark.parametrize(
    ("decide", "action"),
    [(delivery.decide_sent, "mail.decided_sent"), (delivery.decide_resend, "mail.decided_pending")],
)
def test_who_decided_is_in_the_access_log(unclear, oiva, decide, action):
    decide(mail=in_db(unclear), version=unclear.version, by=oiva, at=LATER)

    entry = AccessEntry.objects.get()
    assert (entry.actor, entry.action, entry.subject) == (oiva.pk, action, str(unclear.pk))


@pytest.mark.parametrize("decide", [delivery.decide_sent, delivery.decide_resend])
@pytest.mark.parametrize("state", [State.PENDING, State.SENDING, State.SENT, State.CANCELLED])
def test_what_is_not_open_cannot_be_decided(unclear, oiva, decide, state):
    OutgoingEmail.objects.update(state=state)

    with pytest.raises(delivery.NothingToDecide):
        decide(mail=in_db(unclear), version=unclear.version, by=oiva, at=LATER)

    assert in_db(unclear).state == state
    assert not AccessEntry.objects.exists()


@pytest.mark.parametrize("decide", [delivery.decide_sent, delivery.decide_resend])
def test_who_may_not_resolve_mail_does_not_decide(unclear, bertta, decide):
    with pytest.raises(PermissionDenied):
        decide(mail=in_db(unclear), version=unclear.version, by=bertta, at=LATER)

    assert in_db(unclear).state == State.UNKNOWN


def test_a_mail_over_which_we_fail_stops_no_other_and_its_fate_is_found_out(mail_server, aino, monkeypatch):
    bad, good = write(aino, "bad", due_at=NOON - timedelta(hours=1)), write(aino, "good")
    fail_over(monkeypatch, bad)

    with pytest.raises(SomeFailed, match=rf"1 of 2 failed: mail {bad.pk} \(LookupError\)"):
        delivery.deliver_due(at=NOON)

    assert (in_db(bad).state, in_db(good).state) == (State.SENDING, State.SENT)
    monkeypatch.undo()
    grace_is_over()
    assert delivery.reconcile(at=LATER) == 1
    assert in_db(bad).state == State.PENDING
