"""A client who does not want the service any more, in every phase: the service's work ends, the client's own stays."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.cases import notes
from casework.cases.queries import phase_of
from casework.endings.actions import Fate
from casework.law.errors import CaseIsClosed, InTheFuture
from casework.law.phases import Phase
from casework.law.workflow import AppealState, ApplicationState, StatementState
from casework.meetings import actions as meetings
from casework.meetings import agenda
from casework.models import (
    AgendaItem,
    Appeal,
    Application,
    Appointment,
    Case,
    Client,
    Consent,
    CoverageCheck,
    Decision,
    Note,
    StatementRequest,
    Task,
)
from casework.models.consent import Partner, Purpose
from casework.visits import actions as appointments
from casework.visits.actions import AppointmentDetails
from casework.withdrawals import actions as withdrawals
from casework.withdrawals.queries import relation_ended_on, what_remains
from tenants.accounts.models import User
from tenants.versions import EditedMeanwhile
from tests.casework.applications.making import LAST_DAY, SAFE_DAY, a_decision, appeal_at, application_at, closed_check
from tests.casework.cases.making import a_case, a_client
from tests.casework.consents.making import a_consent, taken_back, withdrawn
from tests.casework.statements.making import a_statement
from tests.conftest import NOON

TODAY = date(2026, 11, 23)


def met(case: Case, aino: User) -> None:
    notes.write(case=case, kind="meeting", text="We met.", on=TODAY, by=aino, at=NOON)


def assessed(case: Case, aino: User) -> None:
    visit = a_visit(case, by=aino, on=TODAY - timedelta(3), kind=Appointment.Kind.DOCTOR)
    debrief = appointments.Debrief(said="The back is examined.")
    appointments.debrief(appointment=visit, debrief=debrief, version=visit.version, by=aino, at=NOON)
    a_statement(case=case, by=aino)


def drafted(case: Case, aino: User) -> None:
    application_at("draft", case=case, by=aino)


def filed(case: Case, aino: User) -> None:
    application_at("returned", case=case, by=aino)


def rejected(case: Case, aino: User) -> None:
    a_decision(application=application_at("filed", case=case, by=aino), by=aino)


def appealed(case: Case, aino: User) -> None:
    decision = a_decision(application=application_at("filed", case=case, by=aino), by=aino)
    closed_check(decision, CoverageCheck.Conclusion.APPEAL, by=aino, reason="The back was not considered.")
    appeal_at("filed", decision=decision, by=aino)


def directed(case: Case, aino: User) -> None:
    cases.set_direction(
        case=case, direction=Case.Direction.WORK, direction_on=TODAY, version=case.version, by=aino, at=NOON
    )


WAYS: dict[Phase, Callable[[Case, User], None]] = {
    Phase.CONTACT: lambda case, aino: None,
    Phase.MAPPING: met,
    Phase.ASSESSING: assessed,
    Phase.APPLYING: drafted,
    Phase.WAITING: filed,
    Phase.CHECKING: rejected,
    Phase.APPEALING: appealed,
    Phase.FOLLOW_UP: directed,
}


def a_visit(case: Case, *, by: User, on: date = date(2026, 11, 25), kind: str = Appointment.Kind.OFFICE) -> Appointment:
    details = AppointmentDetails(kind=kind, on=on, begins=time(9), ends=time(10), worker=by, place="Old school")
    return appointments.agree(case=case, details=details, by=by, at=NOON)


def on_tomorrows_agenda(case: Case, *, chair: User, **ground: str) -> AgendaItem:
    starts_at = NOON + timedelta(days=1)
    details = meetings.MeetingDetails(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), chair=chair)
    meeting = meetings.plan(details=details, by=chair, at=NOON)
    return agenda.add(meeting=meeting, case=case, **{"basis": "consent", **ground}, by=chair, at=NOON)


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino)


def in_db[R: (Case, AgendaItem, Appointment, Task, Client)](record: R) -> R:
    found: R = type(record).objects.get(pk=record.pk)
    return found


def test_there_is_a_way_into_every_phase_but_the_last():
    assert set(WAYS) == set(Phase) - {Phase.CLOSED}


@pytest.mark.parametrize("phase", WAYS)
def test_a_client_withdraws_in_every_phase_and_nothing_of_their_own_is_touched(case, aino, bertta, phase):
    WAYS[phase](case, aino)
    assert phase_of(Case.objects.get(pk=case.pk)) is phase
    own = [list(model.objects.order_by("pk").values()) for model in (Application, Decision, Appeal, CoverageCheck)]
    a_consent(case, Partner.TEAM, Purpose.DISCUSS, by=aino)
    visit, item = a_visit(case, by=aino), on_tomorrows_agenda(case, chair=bertta)
    task = tasks.add(case=case, title="Call the client", due_on=TODAY, assignee=aino, by=aino, at=NOON)

    withdrawn(case, by=aino)

    case = in_db(case)
    assert (case.closed_on, case.outcome, case.client.is_voluntary) == (TODAY, Case.Outcome.WITHDREW, False)
    assert case.client.voluntary_asked_on == TODAY
    assert in_db(item).is_withdrawn
    assert in_db(visit).is_cancelled
    assert in_db(visit).sequence == visit.sequence + 1
    assert in_db(task).is_dropped
    assert not Consent.objects.filter(withdrawn_on=None).exists()
    assert not StatementRequest.objects.filter(state=StatementState.ASKED).exists()
    assert [
        list(model.objects.order_by("pk").values()) for model in (Application, Decision, Appeal, CoverageCheck)
    ] == own


def test_the_last_days_of_the_client_run_on_after_the_end(case, aino):
    rejected(case, aino)
    filed(case, aino)

    withdrawn(case, by=aino)

    remains = what_remains(in_db(case), on=TODAY)
    assert [(clock.last_day, clock.safe_day) for clock in remains.clocks] == [(LAST_DAY, SAFE_DAY)]
    assert [one.more_due_on for one in remains.answers_due] == [date(2026, 11, 30)]
    assert [one.state for one in remains.applications if one.is_under_way] == [ApplicationState.RETURNED]
    assert not what_remains(in_db(case), on=LAST_DAY + timedelta(1)).clocks


def test_an_appeal_that_was_begun_stays_a_draft_of_the_client(case, aino):
    decision = a_decision(application=application_at("filed", case=case, by=aino), by=aino)
    appeal = appeal_at("draft", decision=decision, by=aino)

    withdrawn(case, by=aino)

    assert Appeal.objects.get(pk=appeal.pk).state == AppealState.DRAFT
    assert [clock.last_day for clock in what_remains(case, on=TODAY).clocks] == [LAST_DAY]


def test_the_boards_answer_can_still_be_taken_to_the_court(case, aino):
    decision = a_decision(application=application_at("filed", case=case, by=aino), by=aino)
    answer = appeal_at("decided", decision=decision, by=aino)

    withdrawn(case, by=aino)

    (clock,) = what_remains(case, on=TODAY).clocks
    assert isinstance(clock.of, Appeal)
    assert clock.of.against == answer
    assert clock.last_day > TODAY


def test_the_reason_is_told_only_if_the_client_wants_and_in_their_own_words(case, aino):
    withdrawn(case, by=aino, reason="I moved in with my sister.")

    note = Note.objects.get()
    assert note.text == "I moved in with my sister."
    event = case.events.get(kind="case.withdrew")
    assert (event.about_id, event.facts) == (note.pk, {})

    silent = a_case(by=aino)
    withdrawn(silent, by=aino)
    assert not silent.notes.exists()


def test_tasks_are_not_called_done_and_those_still_needed_stay(case, aino):
    kept = tasks.add(case=case, title="Tell the last day", due_on=TODAY, assignee=aino, by=aino, at=NOON)
    other = tasks.add(case=case, title="Book a visit", due_on=TODAY, assignee=aino, by=aino, at=NOON)

    withdrawn(case, by=aino, fates={kept.pk: Fate(holder="colleague", colleague=aino)})

    assert not in_db(kept).is_done
    assert in_db(other).is_dropped
    assert not case.events.filter(kind="task.done").exists()
    assert case.events.filter(kind="task.dropped", about_id=other.pk).exists()


def test_a_task_that_was_dropped_can_be_opened_again_and_a_done_one_is_not_dropped(case, aino):
    task = tasks.add(case=case, title="Book a visit", due_on=TODAY, assignee=aino, by=aino, at=NOON)
    for _ in range(2):
        tasks.drop(task=task, by=aino, at=NOON)
    assert case.events.filter(kind="task.dropped").count() == 1

    tasks.undo(task=task, by=aino, at=NOON)
    assert (in_db(task).is_done, in_db(task).is_dropped) == (False, False)

    tasks.do(task=task, by=aino, at=NOON)
    assert not tasks.drop(task=task, by=aino, at=NOON).is_dropped


def test_the_chair_learns_of_every_case_that_leaves_an_agenda(case, aino, bertta):
    a_consent(case, Partner.TEAM, Purpose.DISCUSS, by=aino)
    items = [
        on_tomorrows_agenda(case, chair=bertta),
        on_tomorrows_agenda(case, chair=bertta, basis="law", law="381/2023 15 §"),
    ]

    withdrawn(case, by=aino)

    assert all(in_db(item).is_withdrawn for item in items)
    assert Task.objects.filter(assignee=bertta, done_at=None).count() == 2


def test_a_visit_before_the_day_stays_to_be_written_up(case, aino):
    before = a_visit(case, by=aino, on=TODAY - timedelta(1))

    withdrawn(case, by=aino)

    assert in_db(before).is_planned


def test_a_day_that_has_passed_ends_what_came_after_it(case, aino):
    visit = a_visit(case, by=aino, on=TODAY - timedelta(1))
    consent = a_consent(case, given_on=TODAY - timedelta(2), by=aino)
    ended = a_consent(case, Partner.TEAM, valid_until=date(2026, 9, 30), by=aino)

    withdrawn(case, by=aino, on=TODAY - timedelta(5))

    assert in_db(visit).is_cancelled
    assert Consent.objects.get(pk=consent.pk).withdrawn_on == TODAY - timedelta(2)  # not before it was given
    assert Consent.objects.get(pk=ended.pk).withdrawn_on is None


def test_the_team_sees_the_case_no_longer(case, aino, daavid):
    cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)

    withdrawn(case, by=aino)

    assert not case.participants.filter(until=None).exists()


def test_twice_is_once(case, aino):
    withdrawn(case, by=aino)
    withdrawn(case, by=aino, on=TODAY - timedelta(3))

    assert in_db(case).closed_on == TODAY
    assert case.events.filter(kind="case.withdrew").count() == 1


def test_a_case_that_ended_otherwise_is_not_withdrawn_from(case, aino):
    cases.close(case=case, outcome=Case.Outcome.WORK, closed_on=TODAY, version=1, by=aino, at=NOON)

    with pytest.raises(CaseIsClosed):
        withdrawn(case, by=aino)


def test_impossible_days_and_other_editors_are_refused_and_then_nothing_has_ended(case, aino):
    visit = a_visit(case, by=aino)
    values = {"case": case, "by": aino, "at": NOON}

    with pytest.raises(InTheFuture):
        withdrawals.withdraw(on=TODAY + timedelta(1), version=1, **values)
    with pytest.raises(withdrawals.WithdrewBeforeOpened):
        withdrawals.withdraw(on=case.opened_on - timedelta(1), version=1, **values)
    with pytest.raises(EditedMeanwhile):
        withdrawals.withdraw(on=TODAY, version=2, **values)
    assert in_db(visit).is_planned
    assert in_db(case).is_open


def test_the_neighbours_of_the_case_keep_what_they_have(case, aino, bertta):
    other = a_case(by=aino)
    a_consent(other, Partner.TEAM, Purpose.DISCUSS, by=aino)
    visit, item = a_visit(other, by=aino), on_tomorrows_agenda(other, chair=bertta)
    request = a_statement(case=other, by=aino)

    withdrawn(case, by=aino)

    assert in_db(visit).is_planned
    assert not in_db(item).is_withdrawn
    assert StatementRequest.objects.get(pk=request.pk).state == StatementState.ASKED
    assert Consent.objects.get().withdrawn_on is None


def test_who_comes_back_is_asked_everything_anew(case, aino):
    consent = a_consent(case, by=aino)
    cases.reopen(case=withdrawn(case, by=aino), by=aino, at=NOON)

    assert in_db(case).is_open
    assert Consent.objects.get(pk=consent.pk).withdrawn_on == TODAY
    assert taken_back(case, consent, by=aino).withdrawn_on == TODAY


def test_the_client_relation_ends_with_the_last_of_the_cases(kaavi, aino):
    client = a_client(by=aino)
    first = cases.open(client=client, coordinator=aino, opened_on=date(2026, 6, 1), by=aino, at=NOON)
    withdrawn(first, by=aino, on=date(2026, 10, 1))
    assert relation_ended_on(in_db(first), on=TODAY) == date(2026, 10, 1)

    second = cases.open(client=in_db(client), coordinator=aino, opened_on=date(2026, 11, 1), by=aino, at=NOON)
    assert relation_ended_on(in_db(first), on=TODAY) is None

    withdrawn(second, by=aino)
    assert relation_ended_on(in_db(first), on=TODAY) == TODAY
