"""Every page about clients and cases: closed to the neighbour, to the wrong role, to who has no part in the case."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.cases import notes
from casework.cases import urls as urls_cases
from casework.clients import illnesses
from casework.clients.illnesses import IllnessDetails
from casework.documents import actions as documents
from casework.models import Case
from tenants import files
from tenants.accounts.permissions import Permission
from tenants.scope import in_municipality
from tests.casework.cases.making import a_case, a_referral
from tests.casework.documents.paper import a_pdf
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)
ROUTES: dict[str, Any] = {str(pattern.name): pattern for pattern in urls_cases.urlpatterns}
OF_A_CASE = sorted(
    name for name, pattern in ROUTES.items() if {"case_number", "task_id"} & set(pattern.pattern.converters)
)
FOR_SEEING = sorted(name for name in OF_A_CASE if Permission.SEE_CASE in ROUTES[name].callback.permissions)
FOR_WORK = sorted(set(ROUTES) - {name for name in ROUTES if Permission.SEE_CASE in ROUTES[name].callback.permissions})
WITHOUT_REASON = {"case_reason"}


@dataclass
class Story:
    """A case of Aino's with one of everything, and the addresses of its pages."""

    case: Case
    keys: dict[str, Any]

    def url(self, name: str) -> str:
        return reverse(name, kwargs={key: self.keys[key] for key in ROUTES[name].pattern.converters})


def both(browser, url):
    """The codes of a look and of a sending."""
    return {ask(url).status_code for ask in (browser.get, browser.post)}


@pytest.fixture
def story(kaavi, aino, daavid, settings, tmp_path) -> Story:
    settings.FILES = tmp_path
    case = a_case(by=aino)
    illness = illnesses.add(case=case, details=IllnessDetails(name="Back"), by=aino, at=NOON)
    task = tasks.add(case=case, title="Ask Kela", due_on=TODAY, assignee=aino, by=aino, at=NOON)
    file = files.check_upload(a_pdf(), "statement.pdf")
    values: dict[str, Any] = {"kind": "other", "title": "", "dated_on": None}
    document = documents.add(case=case, file=file, **values, by=aino, at=NOON)
    note = notes.write(case=case, kind="note", text="Called.", on=TODAY, by=aino, at=NOON)
    joined = cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)
    cases.remove_participant(participant=joined, until=TODAY, by=aino, at=NOON)
    keys = {"illness_id": illness, "task_id": task, "document_id": document, "note_id": note, "participant_id": joined}
    numbers = {"case_number": case.number, "referral_id": a_referral(by=aino).pk}
    return Story(case, numbers | {name: thing.pk for name, thing in keys.items()})


def test_the_neighbours_session_is_nothing_here(story, cecilia, tuusniemi, subtests):
    with in_municipality(tuusniemi):
        browser = browser_of(cecilia)

    for name in sorted(ROUTES):
        for ask in (browser.get, browser.post):
            with subtests.test(name):
                answer = ask(story.url(name), headers={"host": "kaavi.localhost"})
                assert answer.status_code == 302
                assert answer.headers["Location"].startswith("/account/login/")


def test_the_neighbour_finds_no_such_case_at_home(story, cecilia, tuusniemi, subtests):
    with in_municipality(tuusniemi):
        browser = browser_of(cecilia)

    for name in OF_A_CASE:
        with subtests.test(name):
            assert both(browser, story.url(name)) <= {403, 404, 405}
            assert story.case.client.last_name not in browser.get(story.url(name)).content.decode()


def test_who_manages_people_or_reads_logs_opens_no_case(story, paula, tiina, subtests):
    for browser in (browser_of(paula), browser_of(tiina)):
        for name in sorted(ROUTES):
            with subtests.test(name):
                assert both(browser, story.url(name)) <= {403, 405}


def test_a_team_member_does_no_casework(story, daavid, subtests):
    browser = browser_of(daavid)

    for name in FOR_WORK:
        with subtests.test(name):
            assert both(browser, story.url(name)) <= {403, 405}


def test_a_team_member_who_left_finds_no_such_case(story, daavid, subtests):
    browser = browser_of(daavid)

    for name in FOR_SEEING:
        with subtests.test(name):
            assert both(browser, story.url(name)) <= {404, 405}


def test_somebody_elses_case_asks_for_a_reason_at_every_page(story, bertta, subtests):
    browser = browser_of(bertta)

    for name in sorted(set(OF_A_CASE) - WITHOUT_REASON):
        with subtests.test(name):
            answers = [ask(story.url(name)) for ask in (browser.get, browser.post)]
            asked = [answer for answer in answers if answer.status_code != 405]
            assert asked
            for answer in asked:
                assert answer.status_code == 302
                assert answer.headers["Location"].startswith(reverse("case_reason", args=[story.case.number]))


def test_the_coordinator_opens_every_page(story, aino, subtests):
    browser = browser_of(aino)

    for name in sorted(set(ROUTES) - {"case_reassign"}):
        with subtests.test(name):
            assert browser.get(story.url(name)).status_code in {200, 302, 405}
