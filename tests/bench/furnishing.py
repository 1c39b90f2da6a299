"""What casework has of each client besides the case itself, and one case that has all of it, by the real actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from casework.cases import actions as cases
from casework.cases import notes
from casework.clients import actions as clients
from casework.meetings import actions as meetings
from casework.models import AbilityDescription, AgendaItem, Appeal, Appointment, Case, Meeting, Referral
from casework.referrals import actions as referrals
from casework.services import actions as service_entries
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tests.bench.day import AT, TODAY
from tests.bench.population import a_referral, close_some, code_of, wait_for_answers
from tests.casework.applications import making as applying
from tests.casework.assessments import making as assessments_making
from tests.casework.consents import making as consents_making
from tests.casework.descriptions import making as descriptions_making
from tests.casework.meetings import making as meetings_making
from tests.casework.situation import making as situation_making
from tests.casework.statements import making as statements_making
from tests.casework.visits import making as appointments_making
from tests.people import person

TEAM = ("Daavid", "Hilkka", "Ilona", "Joonas", "Katri")
ON_AGENDA, CASES_TO_A_MEETING = 5, 20
HELD_AT_LEAST = 30  # meetings: the list of them is full at every size
YEARS, EVENTS = 5, 1500  # of the long case
AHEAD, ON_A_PAGE = 50, 25  # meetings to come that are shown; rows of a page
PEOPLE = 140  # of the staff, as many as the largest municipality has: forms offer everybody
LONG_CASE = 99_999  # whose identity code it has
VISITS, PAPERS = 20, 6  # of the case that has all
KINDS = ("interview", "nurse", "physiotherapist", "doctor")


@dataclass(frozen=True)
class Furnished:
    """The case whose pages are measured, with its meeting, its appealed decision and its description."""

    case: Case
    item: AgendaItem
    appeal: Appeal
    description: AbilityDescription


def furnish(found: Sequence[Case]) -> Furnished:
    """Give every case a little of everything and the first one a lot; hold a meeting for every twenty cases."""
    team = [person(name, Role.TEAM_MEMBER) for name in TEAM]
    for number, case in enumerate(found):
        _live(case, number)
    first = found[0]
    item = meetings_making.written(_gather(found[:ON_AGENDA], team, on=AT + timedelta(days=1))[0], by=_by(first), at=AT)
    for number in range(1, max(HELD_AT_LEAST, len(found) // CASES_TO_A_MEETING)):
        begin = number * CASES_TO_A_MEETING % len(found)
        _hold(found[begin : begin + ON_AGENDA], team, on=AT - timedelta(days=number))
    _live_fully(first)
    appeal = _appeal(first)
    description = descriptions_making.a_description(case=first, by=_by(first), at=AT)
    wait_for_answers(_by(first))
    close_some(found)
    return Furnished(case=first, item=item, appeal=appeal, description=description)


def _by(case: Case) -> User:
    return case.coordinator


def _live(case: Case, number: int) -> None:
    """A few facts, a consent and a visit; of some an assessment, and a statement that nobody has sent."""
    by = _by(case)
    situation_making.a_fact(case, by=by, at=AT)
    situation_making.a_network_person(case, by=by, at=AT)
    consents_making.a_consent(case, "team", "discuss", by=by, given_on=TODAY - timedelta(days=150), at=AT)
    if number % 2 == 0:
        assessments_making.an_assessment(case, by=by, at=AT)
    _visit(case, number % 12, begins=time(8 + number % 8))
    if number % 3 == 0:
        statements_making.a_statement(by=by, case=case, at=AT)


def _live_fully(case: Case) -> None:
    by = _by(case)
    situation_making.a_full_mapping(case, by=by, at=AT)
    situation_making.in_target_groups(case, "long_term_unemployed", "partially_able", by=by, at=AT)
    for turn, kind in enumerate(KINDS * 2):
        assessments_making.an_assessment(case, by=by, kind=kind, assessed_on=TODAY - timedelta(days=turn * 20), at=AT)
        assessments_making.a_result(case, by=by, taken_on=TODAY - timedelta(days=turn * 20), at=AT)
    for turn in range(VISITS):
        visit = _visit(case, -7 * turn, begins=time(9))
        if turn % 2:
            appointments_making.debriefed(visit, by=by, at=AT)
    for kind in ("A", "physiotherapist", "epicrisis"):
        statements_making.a_statement(by=by, case=case, kind=kind, at=AT)
    for _turn in range(PAPERS):
        consents_making.a_paper(case, by=by, at=AT)
    applying.application_at("filed", case=case, filed_on=TODAY - timedelta(days=9), by=by, at=AT)


def _appeal(case: Case) -> Appeal:
    """A rejection that was checked and appealed against."""
    by = _by(case)
    filed = applying.application_at("filed", case=case, by=by, at=AT)
    decision = applying.a_decision(application=filed, by=by, at=AT)
    applying.closed_check(decision, "appeal", by=by, at=AT, reason="Selkää ei arvioitu.")
    return applying.appeal_at("filed", by=by, decision=decision, at=AT)


def _visit(case: Case, in_days: int, *, begins: time) -> Appointment:
    ends = (datetime.combine(TODAY, begins) + timedelta(minutes=45)).time()
    on = TODAY + timedelta(days=in_days)
    return appointments_making.an_appointment(case, by=_by(case), on=on, begins=begins, ends=ends, at=AT)


def _gather(found: Sequence[Case], team: Sequence[User], *, on: datetime) -> list[AgendaItem]:
    """Plan a meeting with these cases on its agenda."""
    by = _by(found[0])
    meeting = meetings_making.a_meeting(by=by, team=team, starts_at=on, at=AT)
    return [meetings_making.an_item(meeting, case, by=by, at=AT) for case in found]


def _hold(found: Sequence[Case], team: Sequence[User], *, on: datetime) -> None:
    items = _gather(found, team, on=on)
    for item in items:
        meetings_making.final(item, by=_by(found[0]), at=AT)
    meetings.close(meeting=items[0].meeting, by=_by(found[0]), at=AT)


def fill_lists(by: User) -> None:
    """Fill the first and the last page of the lists that are short in a small municipality: a page is as long in each.

    Of clients and applications there are as many as there are; of referrals, meetings and staff there may be more.
    """
    for number in range(User.objects.count(), PEOPLE):
        person(f"Hilma{number}", Role.COORDINATOR)
    for number in range(AHEAD):
        meetings_making.a_meeting(by=by, starts_at=AT + timedelta(days=2 + number), at=AT)
    for _turn in range(_short_of(Meeting.objects.exclude(state=Meeting.State.PLANNED).count())):
        meetings.cancel(meeting=meetings_making.a_meeting(by=by, at=AT), by=by, at=AT)
    settled = Referral.objects.exclude(state__in=Referral.OPEN_STATES).count()
    for number in range(_short_of(settled)):
        referral = a_referral(by, number, received_on=TODAY)
        referrals.decline(referral=referral, reason="On töissä.", version=1, by=by, at=AT)
    for number in range(ON_A_PAGE):  # those returned stand last
        referral = a_referral(by, number, received_on=TODAY)
        referrals.return_for_more(referral=referral, reason="Mitä lääkäri on sanonut?", version=1, by=by, at=AT)
    for number in range(_short_of(Referral.objects.filter(state__in=Referral.OPEN_STATES).count())):
        a_referral(by, number, received_on=TODAY)


def _short_of(rows: int) -> int:
    """How many are missing until the second page, or one after it, is full."""
    return ON_A_PAGE + -rows % ON_A_PAGE


def long_case(by: User, *, events: int = EVENTS) -> Case:
    """Make a case of five years, in which something was written down almost every day."""
    details = clients.ClientDetails(first_name="Pitkä", last_name="Tapaus", identity_code=code_of(LONG_CASE))
    opened_on = TODAY - timedelta(days=YEARS * 365)
    began = AT - timedelta(days=YEARS * 365)
    client = clients.create(details=details, by=by, at=began)
    case = cases.open(client=client, coordinator=by, opened_on=opened_on, by=by, at=began)
    for turn in range(case.events.count(), events):
        _happen(case, turn, at=began + turn * (AT - began) / events)
    return case


def _happen(case: Case, turn: int, *, at: datetime) -> None:
    by, on = _by(case), at.date()
    if turn % 3:
        notes.write(case=case, kind="call", text="Puhuttu puhelimessa.", on=on, by=by, at=at)
        return
    service_entries.log(
        case=case, on=on, product="coordination", minutes=30, what="Yhteydenpito", is_billable=True, by=by, at=at
    )
