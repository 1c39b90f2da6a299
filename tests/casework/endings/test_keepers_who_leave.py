"""Who has something of a closed case and leaves, or gets another role: what they followed is told to who is there."""

from datetime import timedelta

import pytest

from casework.endings.actions import Fate
from casework.models import Appointment, OpenEnd, StatementRequest, Task
from casework.reminders.sweep import sweep
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.mail.models import OutgoingEmail
from tests.casework.applications.making import LAST_DAY
from tests.casework.endings.making import closed, to, with_open
from tests.conftest import NOON
from tests.people import browser_of, person

Kind, Holder = OpenEnd.Kind, OpenEnd.Holder
WEEK_BEFORE = LAST_DAY - timedelta(days=7)


@pytest.fixture(autouse=True)
def _noon(time_is, kaavi):
    time_is(NOON)


@pytest.fixture
def erkki(kaavi):
    return person("Erkki", Role.COORDINATOR)


def leaves(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def gets_another_role(user: User) -> None:
    User.objects.filter(pk=user.pk).update(roles=[Role.PORTAL_ADMIN.value])


@pytest.mark.parametrize("goes", [leaves, gets_another_role])
def test_the_clock_of_a_keeper_who_cannot_open_the_case_is_told_to_the_supervisors(aino, erkki, bertta, goes):
    closed(with_open(Kind.CLOCK, by=aino), to(erkki), by=aino)
    goes(erkki)

    assert sweep(on=WEEK_BEFORE, at=NOON) == 1
    assert OutgoingEmail.objects.get().to == bertta


@pytest.mark.parametrize("goes", [leaves, gets_another_role])
def test_a_statement_of_theirs_is_asked_after_by_a_supervisor_once(aino, erkki, bertta, goes):
    person("Salla", Role.SUPERVISOR)
    closed(with_open(Kind.STATEMENT, by=aino), to(erkki), by=aino)
    goes(erkki)

    assert sweep(on=StatementRequest.objects.get().due_on + timedelta(days=1), at=NOON) == 1
    assert Task.objects.get().assignee.roles == [Role.SUPERVISOR]


def test_where_no_supervisor_is_the_task_is_written_all_the_same(aino, erkki):
    closed(with_open(Kind.STATEMENT, by=aino), to(erkki), by=aino)
    leaves(erkki)

    assert sweep(on=StatementRequest.objects.get().due_on + timedelta(days=1), at=NOON) == 1


def test_a_visit_of_a_closed_case_is_among_everyone_s(aino, erkki, bertta, time_is):
    closed(with_open(Kind.VISIT, by=aino), to(erkki), by=aino)
    leaves(erkki)
    time_is(Appointment.objects.get().starts_at - timedelta(hours=1))

    assert browser_of(bertta).get("/?whose=everyones").context["entry_count"] == 1
    assert browser_of(bertta).get("/").context["entry_count"] == 0


def test_the_estate_of_a_client_whose_coordinator_has_left_is_followed_by_who_closes_the_case(aino, bertta):
    case = with_open(Kind.CLOCK, by=aino)
    leaves(aino)

    closed(case, Fate(holder=Holder.ESTATE), outcome="died", by=bertta)

    assert case.ends.get().keeper == bertta
