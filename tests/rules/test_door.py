"""Nobody gets past "why do you open it?": every address of the portal x every relation to a real case of Aino's."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

import casework
from casework.cases import actions as cases
from casework.cases.door import GIVEN_REASON
from casework.models import Case, ReadingRequest, Referral
from casework.readings import actions as readings
from casework.referrals import actions as referrals
from tenants.accounts.models import User
from tenants.accounts.permissions import PORTAL_ROLES, Permission, Role
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.audit.models import AccessEntry
from tenants.scope import in_municipality
from tests.browser.furnishing import portal
from tests.casework.readings.making import a_reading
from tests.people import PortalClient, browser_of, person
from tests.rules.routes import Route, all_routes

ROUTES = [route for route in all_routes() if route.side == "portal" and not route.is_of_allauth and not route.is_public]
# What the first argument of an address leads to. An address with another one fails until it is said here.
OF_A_CASE = {"case_number", "task_id", "referral_id"}
OF_A_MEETING = {"meeting_id"}  # time, place and people; its cases are behind the door
OF_NO_CASE = {"person_id", "invitation_id", "role_request_id", "figure_key", "benefit_code", "phrase_id"}
BEHIND = [route for route in ROUTES if route.arguments and route.arguments[0][0] in OF_A_CASE]
MEETINGS = [route for route in ROUTES if route.arguments and route.arguments[0][0] in OF_A_MEETING]
ASKS = "case_reason"

# The lists, which name clients whose case is not open to their reader: that is how a stand-in finds it. All are logged.
LISTS = {"today", "client_list", "client_search", "appointment_list", "referral_list"}
EVER = {"visible_cases", "in_visible_cases", "taking_part"}
# Who may ask that: the lists above, the calendar of one's own visits, and the door's page that asks for the reason.
MAY_EVER = {
    "casework/cases/queries.py": {"visible_case_or_404", "_at_door"},
    "casework/clients/queries.py": {"cases_of", "search"},
    "casework/meetings/queries.py": {"gathering"},
    "casework/overview/today_questions.py": {"_promised"},
    "casework/overview/whose.py": {"open_keys"},
    "casework/visits/feed_queries.py": {"_appointments"},
    "casework/visits/queries.py": {"_seen_by"},
}

NAMES = ("Meikäläinen", "Laine")  # the client, and how the referral has it
WORDS = ("Voiko työkokeilu alkaa", "Selkä on parempi", "Puhuttu jaksamisesta", "Ei jaksa istua", "Selkä kuvataan")


@dataclass(frozen=True)
class Answer:
    """What somebody got at an address."""

    route: Route
    method: str
    status: int
    leads_to: str
    text: str

    @property
    def is_shut(self) -> bool:
        return self.status in {403, 404, 405}

    @property
    def asks_why(self) -> bool:
        return self.status == 302 and self.leads_to.startswith("/cases/") and "/reason/" in self.leads_to

    def tells(self, words: tuple[str, ...]) -> bool:
        return any(word in self.text for word in words)

    def __str__(self) -> str:
        return f"{self.method} {self.route.name}: {self.status} {self.leads_to}"


@pytest.fixture
def aino(kaavi, settings, tmp_path) -> User:
    settings.FILES = tmp_path
    return person("Aino", *(Role(role) for role in PORTAL_ROLES))


@pytest.fixture
def house(aino) -> dict[str, Any]:
    """One of everything of a case of Aino's; the referral has been accepted into it."""
    known = portal(aino)
    case, referral = Case.objects.get(number=known["case_number"]), Referral.objects.get(pk=known["referral_id"])
    now, today = timezone.now(), timezone.localdate()
    typed: dict[str, Any] = {"coordinator": aino, "opened_on": today, "version": referral.version}
    referrals.accept(referral=referral, client=case.client, **typed, by=aino, at=now)
    return known


def crawl(browser: PortalClient, house: dict[str, Any], routes: list[Route]) -> Iterator[Answer]:
    """Ask every address by GET and by an empty POST; what a POST does is undone."""
    for route in routes:
        arguments = {name: house[name] for name, _ in route.arguments}
        address = reverse(route.name, kwargs=arguments, urlconf=route.urlconf)
        for method, ask in (("GET", browser.get), ("POST", browser.post)):
            with transaction.atomic():
                answer: Any = ask(address)
                transaction.set_rollback(True)
            text = "" if answer.streaming else answer.content.decode(errors="replace")
            yield Answer(route, method, answer.status_code, answer.headers.get("Location", ""), text)


def give_reason(user: User, case_number: str) -> None:
    access_log.record(
        by=user, action=GIVEN_REASON, subjects=[Subject("case", case_number)], reason="Aino on lomalla tämän viikon."
    )


def test_it_is_known_what_every_argument_leads_to(house):
    first = {route.name: route.arguments[0][0] for route in ROUTES if route.arguments}

    assert {name for name, argument in first.items() if argument not in OF_A_CASE | OF_A_MEETING | OF_NO_CASE} == set()
    assert {name for route in ROUTES for name, _ in route.arguments} <= house.keys()
    assert len(BEHIND) > 100


def test_ones_own_case_opens_at_every_address(aino, house):
    wrong = [
        str(answer)
        for answer in crawl(browser_of(aino), house, BEHIND + MEETINGS)
        if answer.asks_why or answer.status in {403, 404} or answer.status >= 500
    ]

    assert wrong == []


def test_a_colleague_who_said_nothing_is_asked_why_at_every_address(house):
    bertta = person("Bertta", Role.COORDINATOR, Role.SUPERVISOR)
    answers = list(crawl(browser_of(bertta), house, BEHIND))

    assert [str(one) for one in answers if not (one.asks_why or one.status == 405 or one.route.name == ASKS)] == []
    assert [str(one) for one in answers if one.tells(NAMES + WORDS)] == []


def test_the_reader_of_a_draft_opens_that_page_and_is_asked_why_at_every_other_address(aino, house):
    ilona = person("Ilona", Role.COORDINATOR, Role.SUPERVISOR)
    draft = ReadingRequest.objects.get(pk=house["reading_id"]).draft
    reading = a_reading(draft, reader=ilona, by=aino, at=timezone.now(), due_on=timezone.localdate())
    remark = readings.remark(reading=reading, field="grounds", text="Miksi?", by=ilona, at=timezone.now())
    keys = house | {"reading_id": reading.pk, "remark_id": remark.pk}
    answers = list(crawl(browser_of(ilona), keys, BEHIND))

    opened = [one for one in answers if not (one.asks_why or one.status == 405 or one.route.name == ASKS)]
    assert {one.route.name for one in opened} == {"reading", "reading_finish"}
    assert [str(one) for one in answers if one.tells(NAMES)] == []


def test_a_colleague_who_is_not_invited_finds_no_client_at_a_meeting(house):
    bertta = person("Bertta", Role.COORDINATOR, Role.SUPERVISOR)
    answers = list(crawl(browser_of(bertta), house, MEETINGS))

    assert [str(one) for one in answers if one.tells(NAMES + WORDS) or one.status >= 500] == []
    assert house["case_number"] in answers[0].text  # whose number leads to the question


def test_pages_of_no_case_tell_a_colleague_of_none_and_lists_tell_only_whose_it_is(house):
    bertta = person("Bertta", Role.COORDINATOR, Role.SUPERVISOR)
    lists = [route for route in ROUTES if not route.arguments]
    answers = [answer for who in ("", "?who=everyone", "?whose=everyones") for answer in _asked(bertta, lists, who)]

    assert [str(one) for one in answers if one.tells(WORDS)] == []
    assert {one.route.name for one in answers if one.tells(NAMES)} <= LISTS


def _asked(user: User, routes: list[Route], query: str) -> Iterator[Answer]:
    browser = browser_of(user)
    for route in routes:
        answer: Any = browser.get(reverse(route.name) + query)
        yield Answer(route, "GET", answer.status_code, "", answer.content.decode())


def test_a_colleague_who_said_why_does_what_the_coordinator_does(house):
    bertta = person("Bertta", Role.COORDINATOR, Role.SUPERVISOR)
    give_reason(bertta, house["case_number"])
    wrong = [
        str(answer)
        for answer in crawl(browser_of(bertta), house, BEHIND)
        if answer.asks_why or answer.status in {403, 404} or answer.status >= 500
    ]

    assert wrong == []


def test_a_team_member_opens_what_a_team_member_may_and_is_not_asked_why(house):
    daavid = User.objects.get(name="Daavid")
    wrong = []
    for answer in crawl(browser_of(daavid), house, BEHIND):
        may = any(daavid.has(Permission(name)) for name in answer.route.permissions or ())
        is_anothers = Permission.ASSESS in (answer.route.permissions or ()) and answer.status == 403
        is_right = not answer.asks_why and answer.status not in {403, 404} if may else answer.status in {403, 405}
        if not (is_right or is_anothers):
            wrong.append(str(answer))

    assert wrong == []


def test_who_has_left_the_team_finds_nothing(aino, house):
    participant = Case.objects.get(number=house["case_number"]).participants.get(pk=house["participant_id"])
    cases.remove_participant(participant=participant, until=timezone.localdate(), by=aino, at=timezone.now())
    answers = list(crawl(browser_of(participant.user), house, BEHIND + MEETINGS))

    assert [str(one) for one in answers if not one.is_shut or one.tells(NAMES + WORDS)] == []


def test_the_neighbour_finds_nothing_by_these_keys_at_home(house, tuusniemi):
    with in_municipality(tuusniemi):
        cecilia = person("Cecilia", *(Role(role) for role in PORTAL_ROLES))
        browser = browser_of(cecilia)
    answers = list(crawl(browser, house, BEHIND + MEETINGS))

    assert [str(one) for one in answers if not one.is_shut or one.tells(NAMES + WORDS)] == []


def test_who_does_no_casework_is_refused_whatever_the_key(house):
    paula = person("Paula", Role.PORTAL_ADMIN, Role.PRIVACY_OFFICER)
    answers = list(crawl(browser_of(paula), house, BEHIND + MEETINGS))

    assert [str(one) for one in answers if one.status not in {403, 405}] == []


def test_every_page_that_tells_of_a_client_is_in_the_log(aino, house):
    browser, told = browser_of(aino), dict[str, int]()
    for route in ROUTES:
        before = AccessEntry.objects.count()
        answer: Any = browser.get(reverse(route.name, kwargs={name: house[name] for name, _ in route.arguments}))
        text = "" if answer.streaming else answer.content.decode(errors="replace")
        if any(word in text for word in NAMES + WORDS):
            told[route.name] = AccessEntry.objects.count() - before

    assert [name for name, entries in told.items() if not entries] == []
    assert len(told) > 50


def test_no_page_tells_of_a_client_when_the_log_cannot_be_written(aino, house, monkeypatch):
    def has_no_room(**entry: Any) -> None:
        raise DatabaseError("no room for another entry")

    monkeypatch.setattr(access_log, "record", has_no_room)
    browser = browser_of(aino)
    browser.raise_request_exception = False
    answers = list(crawl(browser, house, ROUTES))

    assert [str(one) for one in answers if one.tells(NAMES + WORDS)] == []
    assert len([one for one in answers if one.status == 500]) > 100


def test_only_the_known_lists_ask_who_may_see_a_case_ever():
    """Anything else asks `case_or_404`, `open_cases` or `pass_door`: who may see it now."""
    root = Path(casework.__file__).parent
    found: dict[str, set[str]] = {}
    for path in sorted(root.rglob("*.py")):
        if path.name != "door.py" and "migrations" not in path.parts:
            for name in _asking_ever(ast.parse(path.read_text())):
                found.setdefault(str(path.relative_to(root.parent)), set()).add(name)

    assert found == MAY_EVER


def _asking_ever(tree: ast.Module) -> Iterator[str]:
    for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
        for node in ast.walk(function):
            name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
            if name in EVER:
                yield function.name
