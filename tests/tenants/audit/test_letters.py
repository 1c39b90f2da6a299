"""The daily mail to the data-protection officers: count and digest, and nothing of anybody."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tasks import access_log as tasks
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.audit import access_log, checking, letters
from tenants.audit.access_log import Subject
from tenants.audit.models import AccessEntry, Seal
from tenants.mail.models import OutgoingEmail
from tests.clock import NOON
from tests.people import browser_of, person

TODAY = NOON.date()
CANARY = "KANARIALINTU"


@pytest.fixture
def entries(kaavi, aino) -> None:
    for number in (1, 2, 3):
        subject = Subject("case", f"2026-000{number}")
        access_log.record(by=aino, action="case.seen", subjects=[subject], reason=f"{CANARY} is ill.")


def tell(days: int = 0) -> int:
    return letters.tell_officers(on=TODAY + timedelta(days), at=NOON + timedelta(days))


def test_every_officer_is_told_the_head_once_a_day(entries, tiina):
    person("Elsa", Role.PRIVACY_OFFICER, Role.SUPERVISOR, language="sv")

    assert [tell(), tell(), tell(1)] == [2, 0, 2]

    assert list(Seal.objects.values_list("kind", "entries")) == [("mailed", 3), ("mailed", 3)]
    assert OutgoingEmail.objects.filter(to=tiina).count() == 2


def test_an_officer_whose_account_is_closed_is_not_told(entries, tiina):
    tiina.is_active = False
    tiina.save()

    assert tell() == 0
    assert not Seal.objects.exists()


def test_where_there_is_no_entry_there_is_nothing_to_tell(kaavi, tiina):
    assert tell() == 0


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_mail_holds_count_digest_and_link_and_no_word_of_anybody(entries, aino, tiina, language):
    tiina.language = language
    tiina.save()
    tell()

    mail = OutgoingEmail.objects.get()
    digest = AccessEntry.objects.latest("id").digest
    for part in (mail.text, mail.html):
        assert digest in re.sub(r"\s", "", part)
        assert "entries=3" in part
        for word in (CANARY, aino.name, "Kaavi", "2026-000", "Tiina"):
            assert word not in part
    assert "23" in mail.subject


def test_the_link_of_a_mail_holds_the_log_against_what_was_mailed(log, attack):
    mail = OutgoingEmail.objects.get()
    [link] = re.findall(r"/access-log/\S+", mail.text)
    officer = browser_of(User.objects.get(name="Tiina"))
    assert officer.get(link).context["report"].is_whole

    attack(lambda superuser: superuser.execute("delete from audit_accessentry; delete from audit_seal"))
    attack(lambda superuser: superuser.execute("delete from mail_outgoingemail"))
    page = officer.get(link)

    assert [found.fault for found in page.context["report"].findings] == [checking.Fault.ANCHOR]
    assert str(page.context["report"].findings[0]) in page.content.decode()


def test_the_page_of_a_log_with_a_reason_that_was_changed_still_opens(log, attack):
    attack(lambda superuser: superuser.execute("update audit_accessentry set reason = 'x' where subject = '2026-0006'"))
    officer = browser_of(User.objects.get(name="Tiina"))

    reasons = {row.entry.subject: row.reason for row in officer.get(reverse("access_log")).context["rows"]}

    assert reasons["2026-0002"] == "Aino is ill today."
    assert reasons["2026-0006"] == "Tätä syytä on muutettu palvelun ohi, eikä sitä voi lukea."


@pytest.mark.parametrize("query", ["entries=x&head=y", "entries=1", f"entries={'9' * 40}&head=y", "entries=²&head=x"])
def test_a_link_that_was_cut_off_is_no_head(entries, tiina, query):
    assert browser_of(tiina).get(f"{reverse('access_log')}?check=1&{query}").context["report"].is_whole


def test_a_log_that_is_not_whole_is_told_of_in_the_mail_and_in_the_process_log(log, attack, caplog):
    attack(lambda superuser: superuser.execute("delete from audit_accessentry where subject >= '2026-0010'"))

    assert tell(1) == 1

    mail = OutgoingEmail.objects.get(key__contains=str(TODAY + timedelta(1)))
    assert "ei ole" in mail.subject
    assert "The access log is not as it was written: sealed" in caplog.text


def test_the_task_goes_through_every_log(own_database, monkeypatch):
    monkeypatch.setattr(letters, "tell_officers", lambda *, on, at: 1)

    assert tasks.tell_officers() == 5
