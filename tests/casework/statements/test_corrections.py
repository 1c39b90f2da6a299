"""A statement request that was written down wrong is corrected or taken back: its task follows the day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework.applications.correcting import NoStepToTakeBack
from casework.cases import actions as cases
from casework.law.errors import DayOrderWrong
from casework.models import Case, StatementRequest, Task
from casework.reminders.sweep import sweep
from casework.statements import actions as statements
from casework.statements import correcting
from casework.statements.correcting import StatementFacts
from casework.timeline import corrections
from casework.timeline.corrections import TakenBack
from tenants.scope import in_municipality
from tests.asking import asked
from tests.casework.applications.making import application_at
from tests.casework.cases.making import a_case
from tests.casework.statements.making import ASKED, DUE, WRITTEN, a_statement
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)
WEEK = timedelta(days=7)


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino)


def corrected(request, *, by, **others) -> StatementRequest:
    said = {name: getattr(request, name) for name in StatementFacts.__dataclass_fields__} | others
    known: dict[str, Any] = {"reason": "Luin väärin", "version": request.version}
    return correcting.correct(request=request, facts=StatementFacts(**said), **known, by=by, at=NOON)


def without_step(request, *, by) -> StatementRequest:
    return correcting.take_back_step(request=request, reason="Ei tehty", version=request.version, by=by, at=NOON)


def removed(request, *, by) -> StatementRequest:
    return correcting.take_back(request=request, reason="Väärä", version=request.version, by=by, at=NOON)


def in_db() -> StatementRequest:
    found: StatementRequest = StatementRequest.objects.get()
    return found


def swept(on) -> list[int]:
    return [sweep(on=on, at=NOON), sweep(on=on, at=NOON)]


def open_tasks() -> int:
    return Task.objects.filter(done_at=None).count()


def test_another_day_ends_the_task_about_the_old_one_and_asks_anew(case, aino):
    request = a_statement(case=case, by=aino)
    assert swept(TODAY) == [1, 0]

    request = corrected(request, due_on=DUE + WEEK, by=aino)
    assert (open_tasks(), swept(TODAY)) == (0, [0, 0])
    assert (swept(TODAY + WEEK), open_tasks()) == ([1, 0], 1)

    corrected(request, due_on=DUE, by=aino)
    assert (open_tasks(), swept(TODAY)) == (1, [0, 0])
    assert "20.11.2026" in Task.objects.get(done_at=None).title


def test_a_corrected_purpose_leaves_the_task_alone(case, aino):
    request = a_statement(case=case, by=aino)
    sweep(on=TODAY, at=NOON)

    corrected(request, purpose="Kaikki sairaudet", application=application_at("draft", case=case, by=aino), by=aino)

    assert open_tasks() == 1
    assert [earlier.correction.reason for earlier in corrections.of_row(in_db())] == ["Luin väärin"]


def test_a_correction_is_checked_as_what_is_written_down(case, aino):
    request = a_statement("received", case=case, by=aino)

    for wrong, refusal in (
        ({"due_on": ASKED - WEEK}, DayOrderWrong),
        ({"received_on": ASKED - WEEK}, DayOrderWrong),
        ({"written_on": TODAY, "received_on": TODAY - WEEK}, DayOrderWrong),
        ({"application": application_at("draft", by=aino)}, statements.NotOfThisCase),
    ):
        with asked(refusal):
            corrected(request, **wrong, by=aino)
    assert corrected(request, written_on=date(2026, 11, 10), by=aino).written_on == date(2026, 11, 10)


def test_an_arrival_that_was_taken_back_is_awaited_and_asked_after_again(case, aino):
    request = a_statement(case=case, by=aino)
    sweep(on=TODAY, at=NOON)
    arrival = statements.Arrival(received_on=TODAY, written_on=TODAY)
    request = statements.receive(request=request, arrival=arrival, version=1, by=aino, at=NOON)
    assert open_tasks() == 0

    request = without_step(request, by=aino)

    assert (request.is_awaited, request.received_on, open_tasks()) == (True, None, 1)
    assert swept(TODAY) == [0, 0]


def sent_back(request, reason, *, by) -> StatementRequest:
    known: dict[str, Any] = {"returned_on": TODAY, "due_on": TODAY + WEEK, "version": request.version}
    return statements.send_back(request=request, reason=reason, **known, by=by, at=NOON)


def said_before(request) -> list[dict[str, str]]:
    """Each line of the history by its labels, the newest first."""
    return [{str(old.label): str(old.said) for old in earlier.olds} for earlier in corrections.of_row(request)]


def test_the_days_of_a_paper_that_was_sent_back_stay(case, aino):
    arrival = statements.Arrival(received_on=TODAY, written_on=WRITTEN)
    request = sent_back(a_statement("received", case=case, arrival=arrival, by=aino), "Selkä puuttuu.", by=aino)

    assert (request.state, request.received_on, in_db().written_on) == ("returned", None, None)
    [said] = said_before(request)
    assert said == {
        "Odotetaan viimeistään": "20.11.2026",
        "Saapunut": "23.11.2026",
        "Lausunnon päiväys": "17.11.2026",
        "Tila": "Saapunut",
    }


def test_why_a_statement_was_sent_back_stays_when_the_next_one_is_sent_back_too(case, aino):
    request = sent_back(a_statement(case=case, due_on=TODAY + WEEK, by=aino), "Selkä puuttuu.", by=aino)
    assert said_before(request) == []

    request = sent_back(request, "Masennus puuttuu.", by=aino)

    [said] = said_before(request)
    assert list(said.values()) == ["Selkä puuttuu."]
    assert (in_db().return_reason, request.version) == ("Masennus puuttuu.", 3)
    assert case.events.filter(kind="statement.sent_back").count() == 2


@pytest.mark.parametrize("state", ["returned", "cancelled"])
def test_a_step_that_was_taken_back_leaves_a_request_that_was_asked(case, aino, state):
    request = without_step(a_statement(state, case=case, by=aino), by=aino)

    assert (request.state, request.returned_on) == ("asked", None)
    with pytest.raises(NoStepToTakeBack):
        without_step(request, by=aino)


def test_a_request_that_was_taken_back_is_asked_after_no_more(case, aino):
    request = a_statement(case=case, by=aino)
    sweep(on=TODAY, at=NOON)

    removed(request, by=aino)

    assert (case.statement_requests.count(), open_tasks(), swept(TODAY)) == (0, 0, [0, 0])
    with pytest.raises(TakenBack):
        removed(StatementRequest.everything.get(), by=aino)


# --- on the pages -------------------------------------------------------------------------------------------------


def page_of(request, name):
    return reverse(name, args=[request.case.number, request.pk])


def test_it_is_corrected_and_taken_back_where_it_is_shown(case, aino, aino_browser):
    request = a_statement("received", case=case, by=aino)
    shown = aino_browser.get(request.get_absolute_url()).content.decode()
    assert [page_of(request, name) in shown for name in ("statement_correct", "statement_step_back")] == [True, True]
    form = aino_browser.get(page_of(request, "statement_correct")).context["form"]
    typed = {name: value for name, value in form.initial.items() if value is not None} | {"asked_of": "Tohtori Salo"}
    assert "reason" in aino_browser.post(page_of(request, "statement_correct"), typed).context["form"].errors
    answer = aino_browser.post(page_of(request, "statement_correct"), typed | {"reason": "Väärä lääkäri"})
    assert answer.url == request.get_absolute_url()

    told = aino_browser.get(reverse("case_corrections", args=[case.number])).content.decode()
    assert [words in told for words in ("Dr Koski", "Väärä lääkäri")] == [True, True]
    version = in_db().version
    aino_browser.post(page_of(request, "statement_step_back"), {"version": version, "reason": "Ei tullut"})
    assert in_db().is_awaited
    aino_browser.post(page_of(request, "statement_remove"), {"version": version + 1, "reason": "Väärä asiakas"})
    assert aino_browser.get(request.get_absolute_url()).status_code == 404
    for name in ("case_timeline", "case_corrections", "case_visits"):
        assert aino_browser.get(reverse(name, args=[case.number])).status_code == 200


@pytest.mark.parametrize("name", ["statement_correct", "statement_remove", "statement_step_back"])
def test_it_is_behind_the_door_of_its_case(case, aino, bertta, daavid, cecilia, tuusniemi, name):
    request = a_statement(case=case, by=aino)
    cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)
    page = page_of(request, name)

    assert browser_of(daavid).get(page).status_code == 403
    assert "/reason/" in browser_of(bertta).get(page).headers["Location"]
    assert browser_of(aino).get(reverse(name, args=[a_case(by=aino).number, request.pk])).status_code == 404
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(page).status_code == 404
