"""The mail server of the demo and the tests: real SMTP over a real port."""

import signal
import smtplib
import socket
import subprocess
import sys

import pytest

from deploy.local import embedded
from deploy.local.smtp_sink import Answer, Sink, listening

MAIL = (
    b"From: no-reply@suunta.example\r\nTo: aino@kaavi.example\r\nMessage-ID: <1@suunta.example>\r\n\r\nH\xc3\xa4n\r\n"
)


def send(port, mail=MAIL, timeout=30):
    with smtplib.SMTP("127.0.0.1", port, timeout=timeout) as client:
        client.sendmail("no-reply@suunta.example", ["aino@kaavi.example"], mail)


@pytest.fixture
def port():
    return embedded.free_port()


def test_an_accepted_mail_is_kept_as_it_came(tmp_path, port):
    with listening(Sink(tmp_path / "mail"), port=port) as sink:
        send(port)

    assert sink.mails() == [MAIL]
    assert len(list((tmp_path / "mail" / "new").iterdir())) == 1


def test_mails_are_answered_in_the_order_in_which_they_came(tmp_path, port):
    with listening(Sink(tmp_path / "mail"), port=port) as sink:
        for number in b"123":
            send(port, MAIL.replace(b"<1@", b"<%c@" % number))

    assert [mail.partition(b"Message-ID: <")[2][:1] for mail in sink.mails()] == [b"1", b"2", b"3"]


@pytest.mark.parametrize(("answer", "code"), [(Answer.REFUSE, 550), (Answer.FAIL, 451)])
def test_a_mail_that_is_not_taken_is_not_kept(tmp_path, port, answer, code):
    with listening(Sink(tmp_path / "mail", answer=answer), port=port) as sink:
        with pytest.raises(smtplib.SMTPDataError) as refusal:
            send(port)

        assert refusal.value.smtp_code == code
        assert sink.mails() == []


def test_a_server_that_hangs_has_kept_the_mail_but_the_sender_cannot_know(tmp_path, port):
    with listening(Sink(tmp_path / "mail", answer=Answer.HANG), port=port) as sink:
        client = smtplib.SMTP("127.0.0.1", port, timeout=0.5)
        with pytest.raises((TimeoutError, smtplib.SMTPServerDisconnected)):
            client.sendmail("no-reply@suunta.example", ["aino@kaavi.example"], MAIL)
        client.close()

        assert len(sink.mails()) == 1


def test_a_server_that_hangs_up_has_kept_the_mail_but_the_sender_cannot_know(tmp_path, port):
    with listening(Sink(tmp_path / "mail", answer=Answer.HANG_UP), port=port) as sink:
        with pytest.raises((ConnectionError, smtplib.SMTPServerDisconnected)):
            send(port)

        assert len(sink.mails()) == 1


def test_the_server_may_change_its_mind_while_it_runs(tmp_path, port):
    with listening(Sink(tmp_path / "mail", answer=Answer.FAIL), port=port) as sink:
        with pytest.raises(smtplib.SMTPDataError):
            send(port)
        sink.answer = Answer.ACCEPT
        send(port)

    assert len(sink.mails()) == 1


def test_the_program_serves_until_it_is_told_to_end(tmp_path, port):
    command = [sys.executable, "-m", "deploy.local.smtp_sink", "--port", str(port), "--maildir", str(tmp_path / "mail")]
    with subprocess.Popen(command, cwd=embedded.ROOT) as program:
        try:
            wait_for(port)
            send(port)
        finally:
            program.send_signal(signal.SIGTERM)

    assert program.returncode == 0
    assert len(Sink(tmp_path / "mail").mails()) == 1


def test_a_busy_port_gets_one_line(tmp_path, port):
    command = [sys.executable, "-m", "deploy.local.smtp_sink", "--port", str(port), "--maildir", str(tmp_path / "mail")]
    with socket.create_server(("127.0.0.1", port)):
        outcome = subprocess.run(command, cwd=embedded.ROOT, capture_output=True, text=True, timeout=30, check=False)

    assert outcome.returncode == 1
    assert outcome.stderr.splitlines() == [outcome.stderr.strip()]
    assert f"127.0.0.1:{port}" in outcome.stderr


def wait_for(port):
    for _ in range(1200):
        if not embedded.is_free(port):
            return
        signal.sigtimedwait([], 0.05)
    pytest.fail("the mail server did not start")
