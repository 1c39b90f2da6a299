"""What was open in a case that is closed is handed on, ended or taken up again later, and the thing itself follows."""

from datetime import date, timedelta

import pytest

from casework.applications import actions as applications
from casework.cases import actions as cases
from casework.cases.open_ends import open_ends, unsaid_ends
from casework.endings import actions as endings
from casework.endings.actions import Fate, VisitCancelled
from casework.law.workflow import StatementState
from casework.models import Application, Appointment, Case, OpenEnd, StatementRequest, Task
from casework.reminders.sweep import sweep
from tenants.accounts.permissions import Role
from tenants.mail.models import OutgoingEmail
from tests.casework.applications.making import LAST_DAY, a_decision, application_at
from tests.casework.cases.making import a_case
from tests.casework.continuations.making import a_subsidy
from tests.casework.endings.making import OPEN, TODAY, closed, to, with_open
from tests.conftest import NOON
from tests.people import browser_of, person

Kind, Holder = OpenEnd.Kind, OpenEnd.Holder
ENDS = Fate(holder=Holder.NOBODY, reason="Asiakas hoitaa itse.")


@pytest.fixture(autouse=True)
def _noon(time_is, kaavi):
    time_is(NOON)


@pytest.fixture
def erkki(kaavi):
    return person("Erkki", Role.COORDINATOR)


def change(case: Case, fate: Fate, *, by) -> OpenEnd:
    [end] = case.ends.all()
    return endings.change(end=end, fate=fate, version=end.version, by=by, at=NOON)


# --- said later ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", OPEN)
def test_of_every_kind_it_can_be_said_in_the_closed_case_why_it_ends(aino, kind):
    case = with_open(kind, by=aino)
    case = cases.close(case=case, outcome="moved", closed_on=TODAY, version=case.version, by=aino, at=NOON)

    fates = dict.fromkeys((end.about for end in unsaid_ends(case, on=TODAY)), ENDS)
    endings.settle_later(case=case, fates=fates, version=case.version, by=aino, at=NOON)

    assert unsaid_ends(case, on=TODAY) == []


# --- handed on ----------------------------------------------------------------------------------------------------


def test_a_task_and_a_visit_that_are_handed_on_are_those_of_who_has_them_now(aino, erkki):
    for kind in (Kind.TASK, Kind.VISIT):
        change(closed(with_open(kind, by=aino), to(erkki), by=aino), to(aino), by=erkki)

    assert Task.objects.get().assignee == aino
    assert Appointment.objects.get().worker == aino


def test_whoever_gets_a_statement_asks_after_it(aino, erkki):
    case = closed(with_open(Kind.STATEMENT, by=aino), to(erkki), by=aino)
    sweep(on=StatementRequest.objects.get().due_on + timedelta(days=1), at=NOON)
    assert Task.objects.get().assignee == erkki

    change(case, to(aino), by=erkki)

    assert Task.objects.get().assignee == aino


def test_what_was_asked_about_a_statement_before_the_case_was_closed_goes_with_it(kaavi, aino, erkki):
    case = with_open(Kind.STATEMENT, by=aino)
    sweep(on=StatementRequest.objects.get().due_on + timedelta(days=1), at=NOON)
    assert [end.kind for end in open_ends(case, on=NOON.date())] == [Kind.STATEMENT]

    case = closed(case, to(erkki), by=aino)
    assert (Task.objects.get().assignee, Task.objects.get().is_done) == (erkki, False)

    change(case, Fate(holder=OpenEnd.Holder.CLIENT), by=erkki)
    assert Task.objects.get().is_dropped


def test_what_is_asked_of_an_application_goes_on_with_it_and_lapses_with_it(aino, erkki):
    case = closed(application_at("filed", benefit="KT", by=aino).case, to(erkki), by=aino)
    a_decision("granted_until", application=Application.objects.get(), granted_until=date(2027, 1, 31), by=erkki)
    sweep(on=TODAY, at=NOON)
    assert {task.assignee for task in Task.objects.all()} == {erkki}

    change(case, to(aino), by=erkki)
    assert {task.assignee for task in Task.objects.all()} == {aino}
    change(case, ENDS, by=aino)

    assert not Task.objects.filter(done_at=None).exists()


def test_what_a_rule_asks_of_an_application_that_is_open_is_no_open_end_beside_it(aino):
    case = a_case(by=aino)
    subsidy = a_subsidy(case, until=date(2027, 1, 31), by=aino)
    sweep(on=TODAY, at=NOON)
    application = Application.objects.get()
    said = {"asked_on": TODAY, "version": application.version}
    applications.re_examine(application=application, **said, by=aino, at=NOON)
    assert Task.objects.filter(done_at=None).count() == 2

    ends = [(end.kind, end.about) for end in open_ends(case, on=TODAY)]

    assert Kind.TASK not in dict(ends)
    assert (Kind.APPLICATION, subsidy.application_id) in ends


# --- ended --------------------------------------------------------------------------------------------------------


def test_what_ends_later_ends_itself(aino, erkki):
    for kind in (Kind.TASK, Kind.VISIT, Kind.STATEMENT):
        change(closed(with_open(kind, by=aino), to(erkki), by=aino), ENDS, by=erkki)

    assert Task.objects.get().is_dropped
    assert Appointment.objects.get().is_cancelled
    assert StatementRequest.objects.get().state == StatementState.CANCELLED


def test_the_clock_of_a_decision_that_came_later_outlives_the_end_of_its_application(aino, erkki, time_is):
    case = closed(application_at("filed", by=aino).case, to(erkki), by=aino)
    a_decision(application=Application.objects.get(), by=erkki)

    change(case, Fate(holder=Holder.NOBODY, reason="Päätös on tullut."), by=erkki)

    clock = case.ends.get(kind=Kind.CLOCK)
    assert (clock.holder, clock.keeper) == (Holder.COLLEAGUE, erkki)
    time_is(NOON + timedelta(days=21))
    assert len(browser_of(erkki).get("/").context["clocks"]) == 1
    assert sweep(on=LAST_DAY - timedelta(days=7), at=NOON) == 1
    assert OutgoingEmail.objects.get().to == erkki


# --- taken up again -----------------------------------------------------------------------------------------------


def test_what_had_ended_is_there_again_for_who_takes_it_up(aino, erkki):
    for kind in (Kind.TASK, Kind.STATEMENT):
        change(closed(with_open(kind, by=aino), ENDS, by=aino), to(erkki), by=erkki)

    task, request = Task.objects.get(), StatementRequest.objects.get()
    assert (task.assignee, task.is_done) == (erkki, False)
    assert request.state == StatementState.ASKED
    assert sweep(on=request.due_on + timedelta(days=1), at=NOON) == 1


def test_a_visit_that_was_cancelled_is_not_handed_to_anybody(aino, erkki):
    case = closed(with_open(Kind.VISIT, by=aino), ENDS, by=aino)

    with pytest.raises(VisitCancelled):
        change(case, to(erkki), by=aino)

    assert case.ends.get().holder == Holder.NOBODY
