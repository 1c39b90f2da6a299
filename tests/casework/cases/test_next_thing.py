"""The next thing of a case, whatever kind it is: found in one query, with who, the same in head, list and Today."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from casework.applications import actions as applications
from casework.case_tasks import actions as tasks
from casework.cases.next_thing import Kind, NextThing, next_things, things_of
from casework.endings.actions import Fate
from casework.models import Case, OpenEnd
from tenants.accounts.languages import LANGUAGE_COOKIE
from tenants.encryption import Sealed
from tests.casework.applications.making import LAST_DAY, SAFE_DAY, a_decision, appeal_at, application_at
from tests.casework.cases.making import a_case
from tests.casework.endings.making import OPEN, closed, to, with_open
from tests.casework.meetings.making import TOMORROW, a_meeting, an_item
from tests.casework.statements.making import a_statement
from tests.casework.visits.making import DAY, an_appointment
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
LATER = date(2027, 1, 20)
ENDS = Fate(holder=OpenEnd.Holder.NOBODY, reason="Ei enää tarvita.")


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino)


@pytest.fixture
def in_english():
    with translation.override("en"):
        yield


def of(case: Case, on: date = TODAY) -> NextThing | None:
    return next_things([case], on=on).get(case.pk)


def said(case: Case, on: date = TODAY) -> tuple[str, date, str]:
    thing = of(case, on)
    assert thing is not None
    return (thing.title, thing.on, thing.who)


def add_task(case: Case, by, due_on: date = LATER) -> None:
    tasks.add(case=case, title="Call Kela", due_on=due_on, assignee=by, by=by, at=NOON)


@pytest.mark.usefixtures("in_english")
def test_every_kind_is_next_with_who(case, aino, bertta):
    assert of(case) is None

    application_at("filed", case=case, by=aino, filed_on=date(2026, 11, 2))
    thing = of(case)
    assert thing is not None
    assert (thing.title, thing.kind) == ("Decision expected", Kind.DECISION)
    assert "Keva" in thing.who

    add_task(case, bertta, due_on=date(2026, 12, 3))
    assert said(case) == ("Call Kela", date(2026, 12, 3), "Bertta")

    a_statement(case=case, by=aino, due_on=date(2026, 12, 1))
    assert said(case) == ("Statement expected: Medical statement B", date(2026, 12, 1), "Aino")

    an_appointment(case, by=aino, worker=bertta, kind="home")
    assert said(case) == ("Home visit", DAY, "Bertta")
    visit = of(case)
    assert visit is not None
    assert isinstance(visit.when, datetime)
    assert visit.when.hour == 7  # 9.00 in Helsinki

    an_item(a_meeting(by=aino), case, by=aino)
    assert said(case) == ("Team meeting", TOMORROW.date(), "Aino")


@pytest.mark.usefixtures("in_english")
def test_a_day_of_appeal_is_next_first_the_safe_one_then_the_last(case, aino):
    decision = a_decision(application=application_at("filed", case=case, by=aino), by=aino)
    add_task(case, aino)

    assert said(case) == ("Appeal to be filed", SAFE_DAY, "Aino")
    assert said(case, SAFE_DAY + timedelta(days=1)) == ("Last day of appeal", LAST_DAY, "Aino")
    assert said(case, LAST_DAY + timedelta(days=1)) == ("Call Kela", LATER, "Aino")
    appeal_at("filed", decision=decision, by=aino)
    assert said(case) == ("Call Kela", LATER, "Aino")


def test_what_is_over_done_taken_off_or_withdrawn_is_not_next(case, aino):
    application = application_at("filed", case=case, by=aino)
    details = {"withdrawn_on": TODAY, "version": application.version, "by": aino, "at": NOON}
    applications.withdraw(application=application, **details)
    an_appointment(case, by=aino, on=TODAY - timedelta(days=3))
    task = tasks.add(case=case, title="Call Kela", due_on=TODAY, assignee=aino, by=aino, at=NOON)
    tasks.do(task=task, by=aino, at=NOON)

    assert of(case) is None


FOLLOWED = sorted(
    {kind for kind in OPEN if kind not in ("check", "agenda", "description", "continuation", "jobseeker", "removal")}
)


@pytest.mark.parametrize("kind", sorted(OPEN))
@pytest.mark.parametrize("outcome", ["moved", "work", "died"])
def test_of_what_ended_with_its_case_nothing_is_next(kaavi, aino, kind, outcome):
    case = closed(with_open(kind, by=aino), ENDS, outcome=outcome, by=aino)

    assert of(case) is None
    assert things_of(case, on=TODAY) == []


@pytest.mark.parametrize("kind", FOLLOWED)
def test_what_a_colleague_follows_after_the_case_was_closed_stays_next(kaavi, aino, bertta, kind):
    open_case = with_open(kind, by=aino)
    before = of(open_case)
    case = closed(open_case, to(bertta), by=aino)

    after = of(case)
    assert before is not None
    assert after is not None
    assert (after.kind, after.on) == (before.kind, before.on)


def test_what_the_client_goes_on_with_is_not_next_here(kaavi, aino):
    case = closed(with_open("clock", by=aino), Fate(holder=OpenEnd.Holder.CLIENT), by=aino)

    assert of(case) is None


def test_what_is_late_stays_next(case, aino):
    add_task(case, aino, due_on=TODAY - timedelta(days=9))
    an_appointment(case, by=aino)

    late = of(case)
    assert late is not None
    assert late.kind == Kind.TASK


def test_many_cases_are_one_query_and_no_words_are_opened_until_they_are_shown(
    case, aino, django_assert_num_queries, monkeypatch
):
    others = [a_case(by=aino) for _ in range(4)]
    for one in others:
        add_task(one, aino)
        an_appointment(one, by=aino, on=DAY + timedelta(days=90))
    opened: list[Sealed] = []
    own = Sealed.opened

    def told(sealed: Sealed, *row):
        opened.append(sealed)
        return own(sealed, *row)

    monkeypatch.setattr(Sealed, "opened", told)

    with django_assert_num_queries(1):
        found = next_things([case, *others], on=TODAY)

    assert set(found) == {one.pk for one in others}
    assert opened == []
    assert {thing.title for thing in found.values()} == {"Call Kela"}


def test_head_list_and_search_say_the_same(case, aino, bertta, aino_browser):
    aino_browser.cookies[LANGUAGE_COOKIE] = "en"
    an_appointment(case, by=aino, worker=bertta, kind="home")

    head = aino_browser.get(case.get_absolute_url()).text
    lists = [aino_browser.get(reverse("client_list")), aino_browser.post(reverse("client_search"), {"q": "Mei"})]

    assert "Nothing agreed is recorded" not in head
    for page in (head, *(answer.text for answer in lists)):
        assert "Home visit" in page
        assert "Bertta" in page


def test_the_first_page_of_a_case_lists_what_is_agreed_of_every_kind_and_the_next_first(case, aino, aino_browser):
    for number in range(12):
        add_task(case, aino, due_on=LATER + timedelta(days=number))
    an_appointment(case, by=aino, kind="home")
    a_statement(case=case, by=aino, due_on=date(2026, 12, 1))

    listed = things_of(case, on=TODAY)
    page = aino_browser.get(case.get_absolute_url())

    assert [thing.kind for thing in listed] == [Kind.VISIT, Kind.STATEMENT, *[Kind.TASK] * 6]
    assert [thing.on for thing in page.context["things"]] == [thing.on for thing in listed]
    assert of(case) == listed[0]
