"""Makes what is open in a case, and ends cases, through the real actions only."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.cases.open_ends import open_ends
from casework.endings import actions as endings
from casework.endings.actions import Fate
from casework.models import Case, Decision, OpenEnd
from tenants.accounts.models import User
from tenants.display import helsinki
from tests.casework.applications.making import a_decision, appeal_at, application_at, closed_check
from tests.casework.care_referrals.making import a_care_referral
from tests.casework.cases.making import a_case
from tests.casework.continuations.making import a_subsidy
from tests.casework.descriptions.making import a_description
from tests.casework.meetings.making import a_consent, a_meeting, an_item
from tests.casework.removals.making import a_final_decision, a_removal
from tests.casework.sickness_days.making import an_allowance
from tests.casework.statements.making import a_statement
from tests.casework.visits.making import an_appointment
from tests.conftest import NOON

Kind, Holder = OpenEnd.Kind, OpenEnd.Holder
TODAY = date(2026, 11, 23)


def _clock(case: Case, by: User) -> None:
    a_decision(application=application_at("filed", case=case, by=by), by=by)


def _check(case: Case, by: User) -> None:
    """The appeal was sent before anybody had checked the decision."""
    decision = a_decision(application=application_at("filed", case=case, by=by), by=by)
    appeal_at("filed", decision=decision, by=by)


def _appeal(case: Case, by: User) -> None:
    appeal_at("draft", decision=a_decision(application=application_at("filed", case=case, by=by), by=by), by=by)


def _removal(case: Case, by: User) -> None:
    """An application for removal of a decision that has been final for long."""
    decision = a_final_decision(case, by=by)
    a_removal(decision=decision, by=by)
    _accepted(decision, by)


def _accepted(decision: Decision, by: User) -> None:
    """The client is content with it: no appeal is expected, only its end comes."""
    closed_check(decision, "accept", reason="Asiakas on tyytyväinen.", by=by)


def _agenda(case: Case, by: User) -> None:
    a_consent(case, by=by)
    an_item(a_meeting(by=by), case, by=by)


# One of each kind; the check comes with an appeal that was sent.
OPEN: Mapping[str, Callable[[Case, User], Any]] = {
    Kind.CLOCK: _clock,
    Kind.CHECK: _check,
    Kind.APPEAL: _appeal,
    Kind.REMOVAL: _removal,
    Kind.APPLICATION: lambda case, by: application_at("filed", case=case, by=by),
    Kind.CONTINUATION: lambda case, by: _accepted(a_subsidy(case, by=by), by),
    Kind.JOBSEEKER: lambda case, by: _accepted(an_allowance(case, by=by), by),
    Kind.CARE: lambda case, by: a_care_referral("sent", case=case, by=by),
    Kind.STATEMENT: lambda case, by: a_statement(case=case, by=by),
    Kind.VISIT: lambda case, by: an_appointment(case, by=by),
    Kind.AGENDA: _agenda,
    Kind.TASK: lambda case, by: tasks.add(case=case, title="Soita Kelaan", due_on=TODAY, assignee=by, by=by, at=NOON),
    Kind.DESCRIPTION: lambda case, by: a_description(case=case, by=by),
}


def with_open(kind: str, *, by: User) -> Case:
    """A case in which one thing of a kind is open."""
    case = a_case(by=by)
    OPEN[kind](case, by)
    return Case.objects.get(pk=case.pk)


def handed(case: Case, fate: Fate, *, instead: Fate | None = None) -> dict[Any, Fate]:
    """Give everything open the same fate; what cannot have it gets the other, or ends."""
    other = instead or Fate(holder=Holder.NOBODY, reason="Ei enää tarvita.")
    ends = open_ends(case, on=helsinki(NOON))
    return {end.about: fate if endings.may_have(end.kind, fate.holder) else other for end in ends}


def closed(case: Case, fate: Fate, *, by: User, outcome: str = "moved", on: date = TODAY, at: datetime = NOON) -> Case:
    """Close a case; everything that is open in it has the same fate."""
    case = Case.objects.get(pk=case.pk)
    known: dict[str, Any] = {"version": case.version, "by": by, "at": at}
    return endings.close(case=case, outcome=outcome, closed_on=on, fates=handed(case, fate), **known)


def to(colleague: User) -> Fate:
    """Hand it to a colleague."""
    return Fate(holder=Holder.COLLEAGUE, colleague=colleague)


def an_earlier_end(case: Case, *, by: User, at: datetime) -> OpenEnd:
    """Let a case have been closed with an open task before it was opened again."""
    on = helsinki(at)
    task = tasks.add(case=case, title="Soita Kelaan", due_on=on, assignee=by, by=by, at=at)
    fates = {task.pk: Fate(holder=Holder.NOBODY, reason="Asiakas muutti.")}
    version = Case.objects.get(pk=case.pk).version
    endings.close(case=case, outcome="moved", closed_on=on, fates=fates, version=version, by=by, at=at)
    cases.reopen(case=case, by=by, at=at)
    case.refresh_from_db()
    end: OpenEnd = case.ends.get()
    return end
