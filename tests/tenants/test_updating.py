"""A municipality whose schema is older than this code is closed: to people, to commands and to tasks."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tasks.access_log import seal
from tasks.mail import deliver_due
from tenants import hosts, schema_versions
from tenants.errors import BeingUpdated
from tenants.mail import outbox
from tenants.mail.models import OutgoingEmail
from tenants.models import JobRun, Municipality
from tenants.scope import in_console, in_municipality
from tests.clock import NOON
from tests.databases import as_superuser
from tests.mail_server import mail_server as mail_server
from tests.people import PortalClient, browser_of

OWN = "suunta_test_own"


@pytest.fixture
def set_version(kaavi):
    """Say of which version Kaavi's schema is."""

    def set_to(version):
        with in_console():
            Municipality.objects.filter(pk=kaavi.pk).update(schema_version=version)
        hosts.forget_hosts()

    return set_to


@pytest.mark.parametrize("version", ["00001-older", schema_versions.UNDER_WAY])
def test_people_are_told_so_and_when_to_come_again(aino, set_version, version):
    browser = browser_of(aino)
    set_version(version)

    answer = browser.get("/")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "20")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Palvelua päivitetään" in answer.text


@pytest.mark.parametrize(("language", "words"), [("sv", "Tjänsten uppdateras"), ("en", "The service is being updated")])
def test_the_page_speaks_the_language_of_the_browser(set_version, language, words):
    set_version("00001-older")

    assert words in PortalClient("kaavi.localhost").get("/", headers={"accept-language": language}).text


def test_code_of_the_version_before_works_on_in_a_newer_schema_which_has_only_more(aino, set_version):
    browser = browser_of(aino)
    set_version("99999-newer")

    assert browser.get("/").status_code == 200


def test_one_with_as_many_migrations_and_other_rights_is_closed_until_it_has_them(set_version):
    set_version(f"{schema_versions.expected()[:5]}-other")

    assert PortalClient("kaavi.localhost").get("/").status_code == 503


def test_what_they_send_is_refused_too(aino, set_version):
    browser = browser_of(aino)
    set_version("00001-older")

    assert browser.post("/clients/add/", {"first_name": "Pekka"}).status_code == 503


def test_the_neighbour_and_the_console_are_open(set_version):
    set_version("00001-older")

    assert PortalClient("tuusniemi.localhost").get("/").status_code == 302
    assert PortalClient("console.localhost").get("/").status_code == 302


def test_it_is_open_again_when_it_is_of_this_version(aino, set_version):
    browser = browser_of(aino)
    set_version("00001-older")
    set_version(schema_versions.expected())

    assert browser.get("/").status_code == 200


def test_a_task_passes_over_it_and_what_is_due_stays_due(mail_server, kaavi, aino, set_version):
    context = {"path": "/x/", "expires_at": NOON}
    outbox.write("accounts/emails/invitation", to=aino, context=context, key="first", at=NOON)
    set_version("00001-older")

    assert deliver_due(municipality_id=kaavi.pk) == 0
    with in_console():
        assert not JobRun.objects.exists()
    assert mail_server.mails() == []

    set_version(schema_versions.expected())
    assert deliver_due(municipality_id=kaavi.pk) == 1
    with in_municipality("kaavi"):
        assert OutgoingEmail.objects.get().state == OutgoingEmail.State.SENT


def test_a_task_over_all_does_the_others_and_the_job_page_names_who_was_passed_over(set_version):
    set_version("00001-older")

    seal()

    with in_console():
        run = JobRun.objects.get()
    assert (run.tried, run.failed, run.which) == (5, 1, "kaavi (BeingUpdated)")


def test_nobody_enters_it_by_another_door(set_version):
    set_version("00001-older")

    with pytest.raises(BeingUpdated, match="kaavi"), in_municipality("kaavi"):
        pass


def test_a_command_does_the_others_and_says_which_it_could_not(mail_server, set_version):
    set_version("00001-older")

    with pytest.raises(CommandError, match=r"1 of 5 failed: kaavi \(BeingUpdated\)"):
        call_command("deliver_mail", stdout=StringIO())


# --- within the memory of hosts -----------------------------------------------------------------------------------


def test_an_error_of_the_new_tables_is_said_so_too(own_database):
    browser = PortalClient("kaavi.localhost", raise_request_exception=False)
    assert browser.get("/account/login/").status_code == 200
    with as_superuser(OWN) as superuser:
        superuser.execute("update tenants_municipality set schema_version = '99999-newer' where schema_name = 'kaavi'")
        superuser.execute("alter table kaavi.django_session rename to gone")
    browser.cookies["suunta_session"] = "a" * 32

    answer = browser.get("/account/login/")

    assert answer.status_code == 503
    assert "Palvelua päivitetään" in answer.text


def test_an_error_of_tables_that_are_as_they_should_is_an_error(own_database):
    browser = PortalClient("kaavi.localhost", raise_request_exception=False)
    browser.cookies["suunta_session"] = "a" * 32
    with as_superuser(OWN) as superuser:
        superuser.execute("alter table kaavi.django_session rename to gone")

    assert browser.get("/account/login/").status_code == 500


def test_code_that_is_newer_than_the_public_schema_says_so(own_database):
    with as_superuser(OWN) as superuser:
        superuser.execute("delete from django_migrations where app = 'tenants' and name = '0006_schema_versions'")
        superuser.execute("alter table tenants_municipality drop schema_version")

    answer = PortalClient("kaavi.localhost", raise_request_exception=False).get("/")

    assert answer.status_code == 503
    assert "Palvelua päivitetään" in answer.text
