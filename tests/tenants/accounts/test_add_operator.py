"""`manage.py add_operator`: the first operator of the console, and the next, from the service's own terminal."""

import io
import re

import pytest
from django.core.management import CommandError, call_command, execute_from_command_line

from deploy.local import embedded
from deploy.local.smtp_sink import Sink, listening
from tenants.accounts.acts import TERMINAL
from tenants.accounts.models import Invitation, User
from tenants.audit.models import AccessEntry
from tenants.keys import ring
from tenants.mail.models import OutgoingEmail
from tests.mail_server import point_to
from tests.tenants.accounts.signing_in import SET_UP, browser_at

NEW = "kuusi-koivu-mänty-haapa"


def add(email="elli@varkaus.example", **options):
    out = io.StringIO()
    call_command("add_operator", email, **options, stdout=out)
    return out.getvalue()


@pytest.fixture
def mail_away(settings):
    point_to(settings, embedded.free_port())


@pytest.fixture
def mail_there(settings, tmp_path):
    port = embedded.free_port()
    point_to(settings, port)
    with listening(Sink(tmp_path / "mail"), port=port) as sink:
        yield sink


def path_in(said):
    (path,) = re.findall(r"http://console\.localhost:8000(/invitation/\S+)", said)
    return path


def test_the_first_operator_is_invited_by_mail_and_comes_in(console, mail_there):
    said = add(name="Elli")

    assert said.startswith("An invitation to elli@varkaus.example goes out with the next mails, good until 30.11.2026 ")
    mail = OutgoingEmail.objects.get()
    assert mail.to_email == "elli@varkaus.example"
    visitor = browser_at("console")
    answer = visitor.post(path_in(mail.text), {"name": "Elli", "password": NEW, "password_again": NEW})
    assert visitor.get(answer.headers["Location"]).headers["Location"] == SET_UP
    assert User.objects.get().roles == ["operator"]


@pytest.mark.parametrize("options", [{}, {"link": True}], ids=["the mail server is away", "asked for"])
def test_where_no_mail_can_go_out_the_link_stands_on_the_terminal_and_nowhere_else(console, mail_away, options):
    said = add(**options)

    assert not OutgoingEmail.objects.exists()
    assert ("The mail server cannot be reached" in said) is not bool(options)
    assert browser_at("console").get(path_in(said)).status_code == 200
    assert browser_at("kaavi").get(path_in(said)).status_code == 410


def test_the_next_operator_can_be_invited_from_there_too(oiva, mail_away):
    add()

    assert Invitation.objects.get().roles == ["operator"]


def test_the_log_of_the_console_says_that_it_was_done_at_the_terminal(console, mail_away):
    add()

    entry = AccessEntry.objects.get()
    assert (entry.action, entry.subject) == ("person.invited", str(Invitation.objects.get().pk))
    assert (entry.actor, entry.actor_name) == (TERMINAL, "Suunnan ylläpito, komennolla")


def test_whoever_was_invited_is_not_invited_again_unless_that_is_said(console, mail_away):
    first = path_in(add())

    with pytest.raises(CommandError, match=r"has an open invitation already\. For a new link, .* add --again"):
        add("Elli@varkaus.example")
    assert browser_at("console").get(first).status_code == 200
    second = path_in(add(again=True))

    assert browser_at("console").get(first).status_code == 410
    assert browser_at("console").get(second).status_code == 200


def test_whoever_has_an_account_is_not_invited(oiva, mail_away):
    with pytest.raises(CommandError, match=r"^This person has an account already\.$"):
        add(oiva.email, again=True)


def test_what_is_no_address_is_told(console, mail_away):
    with pytest.raises(CommandError, match=r"^elli@ is not an e-mail address\.$"):
        add("elli@")
    assert not Invitation.objects.exists()


def test_a_console_whose_keys_cannot_be_opened_is_told_in_one_sentence(console, mail_there, settings, tmp_path):
    ring.forget_all()
    settings.MASTER_KEYS_FILE = tmp_path / "none.json"

    with pytest.raises(CommandError, match=r"^Nobody was invited: The master keys are missing: .*$"):
        add()
    assert not Invitation.objects.exists()


def test_djangos_own_command_is_refused_and_names_ours():
    with pytest.raises(SystemExit, match=r"manage\.py add_operator EMAIL"):
        execute_from_command_line(["manage.py", "createsuperuser", "--noinput", "--email", "elli@varkaus.example"])
    with pytest.raises(CommandError, match=r"manage\.py add_operator EMAIL"):
        call_command("createsuperuser")
