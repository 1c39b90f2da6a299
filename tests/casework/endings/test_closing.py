"""Closing a case: whatever is open in it is handed to somebody or ended with a reason, and nothing is silenced."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.cases.open_ends import open_ends, unsaid_ends
from casework.endings import actions as endings
from casework.endings.actions import EndsLeft, Fate, HandedToTheDead, NotForThem, WhyMissing
from casework.law.errors import CaseIsClosed
from casework.law.workflow import StatementState
from casework.models import (
    AgendaItem,
    Appeal,
    Application,
    Appointment,
    Case,
    Decision,
    OpenEnd,
    StatementRequest,
    Task,
)
from casework.reminders.sweep import sweep
from casework.statements import actions as statements
from tenants.accounts.permissions import Role
from tenants.mail.models import OutgoingEmail
from tests.casework.applications.making import LAST_DAY, a_decision, answered, application_at
from tests.casework.cases.making import a_case
from tests.casework.endings.making import OPEN, TODAY, closed, handed, to, with_open
from tests.conftest import NOON
from tests.people import browser_of, person

Kind, Holder = OpenEnd.Kind, OpenEnd.Holder
ENDS = Fate(holder=Holder.NOBODY, reason="Asiakas hoitaa itse.")
OUTSIDE = [Fate(holder=Holder.CLIENT), Fate(holder=Holder.MUNICIPALITY, reason="Tuusniemi"), Fate(holder=Holder.ESTATE)]


@pytest.fixture(autouse=True)
def _noon(time_is, kaavi):
    time_is(NOON)


@pytest.fixture
def erkki(kaavi):
    return person("Erkki", Role.COORDINATOR)


def kinds(case):
    return [end.kind for end in open_ends(case, on=TODAY)]


def test_every_kind_has_a_way_to_be_open():
    assert set(OPEN) == set(Kind)


@pytest.mark.parametrize("kind", OPEN)
def test_what_is_open_is_found_and_a_case_is_not_closed_over_it(aino, kind):
    case = with_open(kind, by=aino)
    assert kind in kinds(case)

    with pytest.raises(EndsLeft):
        endings.close(case=case, outcome="moved", closed_on=TODAY, version=case.version, by=aino, at=NOON)

    assert Case.objects.get(pk=case.pk).is_open
    assert not OpenEnd.objects.exists()


@pytest.mark.parametrize("kind", OPEN)
def test_what_is_open_ends_with_a_reason(aino, kind):
    case = closed(with_open(kind, by=aino), ENDS, by=aino)

    assert not case.is_open
    assert {(end.holder, end.reason) for end in case.ends.all()} == {(Holder.NOBODY, ENDS.reason)}
    assert kind in set(case.ends.values_list("kind", flat=True))
    assert case.events.filter(kind="open_end.ended").count() == case.ends.count()


@pytest.mark.parametrize("kind", [kind for kind in OPEN if endings.may_have(kind, Holder.COLLEAGUE)])
def test_what_is_open_is_handed_to_a_colleague_who_opens_the_case_without_a_reason(aino, erkki, kind):
    case = closed(with_open(kind, by=aino), to(erkki), by=aino)

    end = case.ends.get(kind=kind)
    assert (end.holder, end.keeper, end.is_held) == (Holder.COLLEAGUE, erkki, True)
    assert browser_of(erkki).get(case.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("fate", OUTSIDE, ids=lambda fate: fate.holder)
@pytest.mark.parametrize("kind", [kind for kind in OPEN if endings.may_have(kind, Holder.CLIENT)])
def test_what_is_open_is_handed_outside(aino, kind, fate):
    case = closed(with_open(kind, by=aino), fate, by=aino)

    end = case.ends.get(kind=kind)
    assert (end.holder, end.keeper) == (fate.holder, aino if fate.holder == Holder.ESTATE else None)


def test_the_service_s_own_work_follows_what_is_said_of_it(aino, erkki):
    case = a_case(by=aino)
    for kind in (Kind.VISIT, Kind.TASK, Kind.STATEMENT, Kind.AGENDA):
        OPEN[kind](case, aino)

    closed(case, ENDS, by=aino)

    assert Appointment.objects.get().is_cancelled
    assert StatementRequest.objects.get().state == StatementState.CANCELLED
    assert AgendaItem.objects.get().is_withdrawn
    [task] = [task for task in Task.objects.all() if task.title == "Soita Kelaan"]
    assert task.is_dropped


def test_a_visit_and_a_task_go_over_to_the_colleague_with_their_history(aino, erkki):
    case = a_case(by=aino)
    for kind in (Kind.VISIT, Kind.TASK):
        OPEN[kind](case, aino)

    closed(case, to(erkki), by=aino)

    assert Appointment.objects.get().worker == erkki
    assert Task.objects.get().assignee == erkki
    assert case.corrections.count() == 2


def test_ends_say_why_and_go_to_whom_they_can(aino, erkki):
    with pytest.raises(WhyMissing):
        closed(with_open(Kind.TASK, by=aino), Fate(holder=Holder.NOBODY, reason=" "), by=aino)
    case = with_open(Kind.AGENDA, by=aino)
    fates = dict.fromkeys(handed(case, ENDS), to(erkki))
    with pytest.raises(NotForThem):
        endings.close(case=case, outcome="moved", closed_on=TODAY, fates=fates, version=1, by=aino, at=NOON)
    daavid = person("Daavid", Role.TEAM_MEMBER)
    with pytest.raises(cases.NotACoordinator):
        closed(with_open(Kind.TASK, by=aino), to(daavid), by=aino)


# --- a clock that was handed on -----------------------------------------------------------------------------------


def clock_titles(user):
    return [row.title for row in browser_of(user).get("/").context["clocks"]]


def mails_to(user):
    return OutgoingEmail.objects.filter(to=user).count()


def test_a_clock_that_was_handed_on_stays_on_today_of_who_has_it_with_its_reminders(aino, erkki, time_is):
    case = closed(with_open(Kind.CLOCK, by=aino), to(erkki), by=aino)
    time_is(NOON + timedelta(days=21))

    assert clock_titles(aino) == []
    assert len(clock_titles(erkki)) == 1
    assert sweep(on=LAST_DAY - timedelta(days=7), at=NOON) == 1
    assert (mails_to(erkki), mails_to(aino)) == (1, 0)

    end = case.ends.get()
    endings.change(end=end, fate=ENDS, version=end.version, by=erkki, at=NOON)

    assert clock_titles(erkki) == []
    assert sweep(on=LAST_DAY - timedelta(days=3), at=NOON) == 0
    assert case.corrections.get().about_id == end.pk


def test_a_clock_that_the_client_or_another_municipality_has_is_on_nobody_s_today(aino, time_is):
    for fate in (Fate(holder=Holder.CLIENT), Fate(holder=Holder.MUNICIPALITY, reason="Tuusniemi")):
        closed(with_open(Kind.CLOCK, by=aino), fate, by=aino)
    time_is(NOON + timedelta(days=21))

    assert clock_titles(aino) == []
    assert sweep(on=LAST_DAY - timedelta(days=7), at=NOON) == 0


@pytest.mark.parametrize("kind", [Kind.CLOCK, Kind.APPEAL])
def test_a_keeper_who_is_away_is_stood_in_for_by_the_supervisors(aino, erkki, bertta, kind):
    closed(with_open(kind, by=aino), to(erkki), by=aino)
    type(erkki).objects.filter(pk=erkki.pk).update(is_active=False)

    assert sweep(on=LAST_DAY - timedelta(days=7), at=NOON) == 1
    assert mails_to(bertta) == 1


def test_a_statement_that_was_handed_on_is_asked_after_by_who_has_it_and_can_be_received(aino, erkki):
    case = with_open(Kind.STATEMENT, by=aino)
    closed(case, to(erkki), by=aino)
    request = StatementRequest.objects.get()

    assert sweep(on=request.due_on + timedelta(days=1), at=NOON) == 1
    assert Task.objects.get().assignee == erkki

    statements.cancel(request=request, by=erkki, at=NOON)
    assert Task.objects.get().is_done


def test_an_application_that_takes_long_and_a_visit_are_on_today_of_who_has_them(aino, erkki, time_is):
    case = a_case(by=aino)
    for kind in (Kind.APPLICATION, Kind.VISIT, Kind.STATEMENT):
        OPEN[kind](case, aino)
    closed(case, to(erkki), by=aino)
    visit = Appointment.objects.get()
    time_is(visit.starts_at - timedelta(hours=1))

    page = browser_of(erkki).get("/").context
    assert len(page["waiting"]) == 1
    assert page["entry_count"] == 1
    assert browser_of(aino).get("/").context["waiting"] == []


def test_opened_again_the_case_has_its_clocks_itself(aino, erkki, time_is):
    case = closed(with_open(Kind.CLOCK, by=aino), to(erkki), by=aino)
    cases.reopen(case=case, by=aino, at=NOON)
    time_is(NOON + timedelta(days=21))

    assert (len(clock_titles(aino)), clock_titles(erkki)) == (1, [])
    end = case.ends.get()
    with pytest.raises(cases.CaseIsOpen):
        endings.change(end=end, fate=ENDS, version=end.version, by=aino, at=NOON)


# --- P13: the client moves with an application pending -------------------------------------------------------------


def test_an_application_that_is_kept_to_its_end_gets_its_decision_in_the_closed_case(aino, erkki, time_is):
    application = application_at("filed", by=aino)
    closed(application.case, to(erkki), by=aino)

    decision = a_decision(application=Application.objects.get(), by=erkki)

    assert not Case.objects.get().is_open
    time_is(NOON + timedelta(days=21))
    [_title] = clock_titles(erkki)  # the clock goes with its application
    assert sweep(on=LAST_DAY - timedelta(days=7), at=NOON) == 1
    assert mails_to(erkki) == 1
    page = browser_of(erkki).get(decision.get_absolute_url())
    assert page.context["can_work"]


def test_a_decision_that_reaches_the_client_who_has_the_application_is_written_all_the_same(aino):
    application = application_at("filed", by=aino)
    closed(application.case, Fate(holder=Holder.CLIENT), by=aino)

    a_decision(application=Application.objects.get(), by=aino)

    assert Decision.objects.exists()


def test_the_way_to_the_court_goes_with_the_appeal_that_was_handed_on(aino, erkki, time_is):
    case = with_open(Kind.CHECK, by=aino)  # with an appeal that was sent
    closed(case, to(erkki), by=aino)

    answered(Appeal.objects.get(), by=erkki)

    assert unsaid_ends(Case.objects.get(), on=TODAY) == []
    begun = Appeal.objects.get(level=Appeal.Level.INSURANCE_COURT)
    assert sweep(on=begun.last_day - timedelta(days=7), at=NOON) == 1
    assert mails_to(erkki) == 1


def test_what_is_still_open_in_a_case_that_was_closed_before_is_said_later(aino, erkki):
    case = with_open(Kind.CLOCK, by=aino)
    case = cases.close(case=case, outcome="moved", closed_on=TODAY, version=case.version, by=aino, at=NOON)
    [end] = unsaid_ends(case, on=TODAY)

    endings.settle_later(case=case, fates={end.about: to(erkki)}, version=case.version, by=aino, at=NOON)

    assert case.ends.get().keeper == erkki
    assert unsaid_ends(case, on=TODAY) == []


def test_who_died_after_all_cannot_keep_what_was_open(aino):
    case = closed(with_open(Kind.CLOCK, by=aino), Fate(holder=Holder.CLIENT), by=aino)
    said: dict[str, Any] = {"opened_on": case.opened_on, "outcome": "died", "reason": "Väärin kirjattu"}

    with pytest.raises(cases.ClientHasEnds):
        cases.correct(case=case, **said, version=case.version, by=aino, at=NOON)


def test_what_has_ended_is_worked_on_only_when_somebody_takes_it_up_again(aino):
    application = application_at("filed", by=aino)
    case = closed(application.case, ENDS, by=aino)
    with pytest.raises(CaseIsClosed):
        a_decision(application=Application.objects.get(), by=aino)

    end = case.ends.get()
    endings.change(end=end, fate=to(aino), version=end.version, by=aino, at=NOON)

    assert a_decision(application=Application.objects.get(), by=aino).last_day == LAST_DAY


def test_other_work_on_a_closed_case_is_still_refused(aino, erkki):
    case = closed(with_open(Kind.CLOCK, by=aino), to(erkki), by=aino)

    with pytest.raises(CaseIsClosed):
        tasks.add(case=case, title="x", due_on=TODAY, assignee=erkki, by=erkki, at=NOON)
    with pytest.raises(CaseIsClosed):
        application_at("draft", case=case, by=erkki)


# --- P12: the client dies with an appeal running ---------------------------------------------------------------------


def test_the_clock_of_a_client_who_has_died_stays_until_somebody_ends_it_with_a_reason(aino, time_is):
    case = with_open(Kind.CLOCK, by=aino)
    with pytest.raises(HandedToTheDead):
        closed(case, Fate(holder=Holder.CLIENT), outcome="died", by=aino)
    closed(case, Fate(holder=Holder.ESTATE, reason="Tytär hoitaa"), outcome="died", on=date(2026, 11, 20), by=aino)
    time_is(NOON + timedelta(days=21))

    assert len(clock_titles(aino)) == 1
    assert sweep(on=LAST_DAY - timedelta(days=7), at=NOON) == 1
    end = case.ends.get()
    with pytest.raises(HandedToTheDead):
        endings.change(end=end, fate=Fate(holder=Holder.CLIENT), version=1, by=aino, at=NOON)
    with pytest.raises(WhyMissing):
        endings.change(end=end, fate=Fate(holder=Holder.NOBODY), version=1, by=aino, at=NOON)

    endings.change(end=end, fate=ENDS, version=1, by=aino, at=NOON)

    assert clock_titles(aino) == []


@pytest.mark.parametrize("kind", OPEN)
def test_closing_leaves_nothing_open_that_it_made_itself(kaavi, aino, kind):
    """The chair of a meeting is told that the case left the agenda; that task is not one of a case that is closed."""
    case = closed(with_open(kind, by=aino), Fate(holder=Holder.NOBODY, reason="Ei enää tarvita."), by=aino)

    assert unsaid_ends(case, on=TODAY) == []
