"""Whatever goes wrong on the line to the database: a few flows, some of their words; all of them are a drill.

A page is right or an error, a form is done whole or not at all, and the neighbour's next page is the neighbour's own.
"""

from contextlib import ExitStack
from functools import partial

import pytest
from django.test import override_settings

from casework.cases import notes
from casework.models import Case
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.database.current import connection
from tenants.scope import in_municipality
from tests import databases
from tests.bench.visiting import Answer
from tests.browser.furnishing import House
from tests.casework.cases.making import a_case
from tests.clock import NOON, at_noon
from tests.faults.flows import FORMS, Flow, page, written
from tests.faults.house import OWN, trial_in
from tests.faults.line import KINDS, broken, cut, unheard
from tests.people import browser_of, person

# of what a lost line leaves open
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
DATABASE = "suunta_test_faults"
ERROR = Answer(503, {}, b"<html></html>")


@pytest.fixture(scope="module")
def ground(django_db_setup, django_db_blocker, tmp_path_factory):
    """A case of Aino's, her page of it, and two forms: one that adds a row, one that adds a file as well."""
    places = {"files": tmp_path_factory.mktemp("files"), "mails": tmp_path_factory.mktemp("mails")}
    of_the_day = (django_db_blocker.unblock(), at_noon(), override_settings(FILES=places["files"]))
    with ExitStack() as stack:
        for one in (*of_the_day, databases.copied_database(DATABASE)):
            stack.enter_context(one)
        yield stack.enter_context(trial_in(DATABASE, **places, ready=few_flows))


@pytest.fixture
def trial(ground):
    tried, flows = ground
    tried.faults, tried.bad = 0, []
    return tried, flows


def few_flows() -> list[Flow]:
    house = House()
    with in_municipality("kaavi"):
        aino = person("Aino", Role.COORDINATOR)
        house.arguments["portal"] = {"case_number": a_case(by=aino).number}
        house.cookies["portal"] = {name: morsel.value for name, morsel in browser_of(aino).cookies.items()}
    forms = [written(house, FORMS[f"portal:{name}"]) for name in ("note_add", "document_add")]
    return [page(house, "portal:case"), *forms]


def test_a_few_flows_fail_closed_at_some_of_their_words(trial):
    tried, flows = trial

    for flow in flows:
        tried.each_word(flow, KINDS, every=8)

    assert tried.bad == []
    assert tried.faults > 30


def test_a_session_that_cannot_be_saved_is_a_database_that_does_not_answer(trial):
    tried, [case, *_] = trial
    last = tried.whole(case).words

    for number in (last - 1, last):
        answer, _ = tried._run(case, number, (cut,))
        assert answer.status == 503
        assert "Tietokanta ei hetkeen vastannut" in answer.body.decode()


# --- the judge sees what it looks for ------------------------------------------------------------------------------


def in_kaavi(act, *, stay: bool = False) -> Answer:
    """Do something without a transaction around it; an error is an error page."""
    try:
        with in_municipality("kaavi"):
            act(Case.objects.get(), User.objects.get(name="Aino"))
        return Answer(200, {}, b"<html>done</html>")
    except Exception:
        return ERROR
    finally:
        connection.set_schema("kaavi") if stay else connection.leave()
        if connection.errors_occurred:
            connection.close()


def two_notes(case: Case, aino: User) -> None:
    for text in ("Ensimmäinen", "Toinen"):
        notes.write(case=case, kind="call", text=text, on=NOON.date(), by=aino, at=NOON)


def test_what_is_written_by_halves_is_found(trial):
    tried, _flows = trial

    tried.each_word(Flow("two notes", partial(in_kaavi, two_notes)), [(broken,)], every=2)

    assert any("written by halves" in found for found in tried.bad)


def test_a_connection_that_stays_inside_and_another_ones_client_are_found(trial):
    tried, _flows = trial
    tried.each_word(Flow("stays", partial(in_kaavi, lambda *_: None, stay=True)), [(cut,)], every=9)
    assert any("the connection stays in kaavi" in found for found in tried.bad)

    tried.each_word(Flow("shows", lambda: Answer(in_kaavi(two_notes).status, {}, OWN.encode())), [(unheard,)], every=9)
    assert any("shows the neighbour's" in found for found in tried.bad)
