"""The page of the access log: for the data-protection officer only, by case, person and day, checked when asked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import Client
from tenants.accounts.permissions import Role
from tenants.audit import access_log, sealing
from tenants.audit.access_log import Subject
from tenants.audit.checking import Fault, Finding, Report
from tenants.audit.models import AccessEntry
from tests.casework.cases.making import a_case
from tests.people import browser_of, person

LOG = "/access-log/"


def look(by, *numbers: str, action: str = "case.seen", reason: str = "") -> None:
    access_log.record(by=by, action=action, subjects=[Subject("case", number) for number in numbers], reason=reason)


def shown(browser, query: str = "") -> list[tuple[str, str]]:
    rows = browser.get(LOG + query).context["rows"]
    return [(row.entry.actor_name, row.entry.subject) for row in rows]


def test_only_who_reads_the_log_opens_it(kaavi, aino, bertta, daavid, paula, tiina):
    answers = [browser_of(user).get(LOG).status_code for user in (aino, bertta, daavid, paula, tiina)]

    assert answers == [403, 403, 403, 403, 200]


def test_the_neighbours_log_is_another(kaavi, aino, tiina, cecilia):
    look(aino, "2026-0001")
    browser = browser_of(tiina)

    assert browser.get(LOG, headers={"host": "tuusniemi.localhost"}).status_code == 302


@pytest.mark.usefixtures("real_clock")  # the log has the clock of the database
def test_entries_are_found_by_case_by_person_and_by_day(kaavi, aino, bertta, tiina):
    look(aino, "2026-0001", "2026-0002")
    look(bertta, "2026-0001", action="case.reason_given", reason="Aino is ill.")
    browser = browser_of(tiina)
    today, tomorrow = timezone.localdate(), timezone.localdate() + timedelta(1)

    assert shown(browser) == [("Bertta", "2026-0001"), ("Aino", "2026-0002"), ("Aino", "2026-0001")]
    assert shown(browser, "?subject=2026-0002") == [("Aino", "2026-0002")]
    assert len(shown(browser, "?subject=2026-0001,%202026-0002")) == 3
    assert shown(browser, f"?actor={bertta.pk}") == [("Bertta", "2026-0001")]
    assert len(shown(browser, f"?since={today}&until={today}")) == 3
    assert shown(browser, f"?since={tomorrow}") == []
    assert "Aino is ill." in browser.get(LOG).content.decode()


@pytest.mark.usefixtures("real_clock")
def test_roles_that_were_given_are_told_in_words(kaavi, bertta, tiina):
    look(bertta, "2026-0001", action="person.changed", reason="coordinator → coordinator, privacy_officer")
    look(bertta, "2026-0002", action="case.reason_given", reason="The supervisor asked.")

    rows = browser_of(tiina).get(LOG).context["rows"]

    given = "Työkykykoordinaattori → Työkykykoordinaattori, Tietosuojavastaava"
    assert [row.reason for row in rows] == ["The supervisor asked.", given]


@pytest.mark.parametrize("query", ["?since=yesterday", "?actor=nobody"])
def test_a_filter_that_cannot_be_read_says_so_and_shows_nothing(kaavi, aino, tiina, query):
    look(aino, "2026-0001")

    page = browser_of(tiina).get(LOG + query)

    assert page.context["form"].errors
    assert page.context["rows"] == []


def test_the_page_holds_case_numbers_but_no_names_of_clients(kaavi, aino, tiina):
    case = a_case(by=aino, last_name="Räsänen")

    page = browser_of(tiina).get(LOG).content.decode()

    assert case.number in page
    assert "Räsänen" not in page
    assert Client.objects.get().identity_code not in page


def test_a_log_that_is_as_it_was_written_is_said_to_be(kaavi, aino, tiina):
    look(aino, "2026-0001", "2026-0002")
    sealing.seal_head()
    look(aino, "2026-0001")

    page = browser_of(tiina).get(f"{LOG}?check=1")

    report = page.context["report"]
    assert (report.is_whole, report.sealed.entries, report.unsealed) == (True, 2, 1)
    assert "Viimeistä sinettiä nuorempia: 1" in page.content.decode()


def test_a_log_is_checked_only_when_asked(kaavi, aino, tiina):
    look(aino, "2026-0001")

    assert browser_of(tiina).get(LOG).context["report"] is None


def test_what_was_found_is_shown_with_the_entry(kaavi, aino, tiina, monkeypatch):
    look(aino, "2026-0001", "2026-0002")
    broken = AccessEntry.objects.latest("id")
    found = Finding(Fault.ENTRY, broken.pk, broken.at)
    monkeypatch.setattr("tenants.audit.views.check", lambda **_: Report([found], 2, None))

    page = browser_of(tiina).get(f"{LOG}?check=1").content.decode()

    assert f"{broken.pk}" in page
    assert str(found) in page


def test_the_log_asks_few_questions_however_long_it_is(kaavi, aino, tiina, django_assert_max_num_queries):
    for number in range(120):
        look(aino, f"2026-{number:04}")
    browser = browser_of(tiina)

    with django_assert_max_num_queries(15):
        page = browser.get(LOG)

    assert len(page.context["rows"]) == 50


@pytest.mark.usefixtures("real_clock")
def test_from_a_case_one_reaches_the_log_of_everything_about_its_client(kaavi, aino):
    case = a_case(by=aino)
    both = person("Erkki", Role.SUPERVISOR, Role.PRIVACY_OFFICER)
    browser = browser_of(both)
    browser.post(f"/cases/{case.number}/reason/", {"reason": "A request of the client."})

    url = browser.get(f"/cases/{case.number}/").context["head"].access_log_url
    subjects = {row.entry.subject for row in browser.get(url).context["rows"]}

    assert subjects == {case.number, str(case.client_id)}


def test_who_may_not_read_the_log_gets_no_way_to_it(kaavi, aino):
    case = a_case(by=aino)

    assert LOG not in browser_of(aino).get(f"/cases/{case.number}/").content.decode()
