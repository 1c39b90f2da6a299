"""`manage.py deliver_mail` does by hand what beat does."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models.functions import Now

from deploy.local import embedded
from deploy.local.embedded import ROOT
from deploy.local.smtp_sink import Answer
from tenants.accounts.permissions import Role
from tenants.mail import outbox
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_console, in_municipality
from tests.conftest import NOON
from tests.mail_server import point_to, received
from tests.people import person


def write(user):
    context = {"path": "/x/", "expires_at": NOON}
    return outbox.write("accounts/emails/invitation", to=user, context=context, key="first", at=NOON)


@pytest.fixture
def everybody_has_mail(aino, cecilia, oiva):
    write(aino)
    with in_municipality("tuusniemi"):
        write(cecilia)
    with in_console():
        write(oiva)


def recipients(mail_server):
    return {letter["To"] for letter in received(mail_server)}


def test_every_outbox_is_delivered_and_counted(mail_server, everybody_has_mail, capsys):
    call_command("deliver_mail")

    assert recipients(mail_server) == {"aino@kaavi.example", "cecilia@tuusniemi.example", "oiva@console.example"}
    assert capsys.readouterr().out.splitlines() == [
        "console: 1 sent",
        "varkaus: 0 sent",
        "kaavi: 1 sent",
        "tuusniemi: 1 sent",
        "rautavaara: 0 sent",
    ]


def test_one_municipality_can_be_delivered_alone(mail_server, everybody_has_mail):
    call_command("deliver_mail", municipality="tuusniemi")

    assert recipients(mail_server) == {"cecilia@tuusniemi.example"}


def test_it_says_what_did_not_leave(mail_server, aino, capsys):
    write(aino)
    mail_server.answer = Answer.REFUSE

    call_command("deliver_mail", municipality="kaavi")

    assert capsys.readouterr().out == "kaavi: 0 sent, 1 failed\n"


def test_it_finds_out_first_what_was_unclear(mail_server, settings, aino, capsys):
    write(aino)
    long_ago = Now() - settings.MAIL_GRACE - timedelta(seconds=1)
    OutgoingEmail.objects.update(state=OutgoingEmail.State.SENDING, lease_until=long_ago)

    call_command("deliver_mail", municipality="kaavi")

    assert capsys.readouterr().out == "kaavi: 1 sent\n"


def test_an_unknown_municipality_gets_one_line(kaavi):
    with pytest.raises(CommandError, match=r"^No municipality in use is called nowhere.$"):
        call_command("deliver_mail", municipality="nowhere")


def test_a_server_that_is_away_gets_one_line_and_mails_wait(settings, aino):
    write(aino)
    point_to(settings, embedded.free_port())

    with pytest.raises(CommandError, match=r"^The mail server cannot be reached .* What is due stays due.$"):
        call_command("deliver_mail", municipality="kaavi")

    assert OutgoingEmail.objects.get().state == OutgoingEmail.State.PENDING


def test_at_the_shell_the_one_line_comes_with_exit_code_1(own_database):
    with in_municipality("kaavi"):
        write(person("Aino", Role.COORDINATOR))

    done = subprocess.run(
        [sys.executable, "manage.py", "deliver_mail"],
        cwd=ROOT,
        env={**own_database, "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(embedded.free_port())},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "The mail server cannot be reached (ConnectionRefusedError)." in done.stderr
