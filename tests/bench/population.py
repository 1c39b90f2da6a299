"""The clients of one coordinator, in every phase of a case and waiting for everything, made by real actions."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from casework.applications import actions as applications
from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.cases import notes
from casework.clients import actions as clients
from casework.clients import illnesses
from casework.law.workflow import ApplicationState
from casework.models import Application, Case, Decision, Referral
from casework.referrals import actions as referrals
from casework.referrals.actions import ReferralDetails
from casework.services import actions as service_entries
from tenants import identity_code
from tenants.accounts.models import User
from tests.bench.day import AT, TODAY
from tests.casework.applications.making import a_decision, appeal_at, application_at, closed_check

BIRTHDAYS = 12_000  # from 1955 on, then again with the next code of the day
LONGEST_SILENCE = 120  # days
CLOSED_EVERY = 20  # cases


def fill(*coordinators: User, clients_wanted: int) -> list[Case]:
    """Make clients with a case, an illness, a note and a task each, dealt out in turn; each case has its story."""
    return [_case(coordinators[number % len(coordinators)], number) for number in range(clients_wanted)]


def code_of(number: int) -> str:
    """Give the number-th client an identity code of nobody."""
    turn, days = divmod(number, BIRTHDAYS)
    return identity_code.artificial(date(1955, 1, 1) + timedelta(days=days), turn)


def last_name_of(number: int) -> str:
    return f"Sukunimi{number:05}"


def _case(coordinator: User, number: int) -> Case:
    details = clients.ClientDetails(
        first_name=f"Etunimi{number}", last_name=last_name_of(number), identity_code=code_of(number), language="fi"
    )
    client = clients.create(details=details, by=coordinator, at=AT)
    opened_on = TODAY - timedelta(days=200 + number % 50)
    if number % 4 == 0:
        referral = a_referral(coordinator, number, received_on=opened_on - timedelta(days=3))
        case = referrals.accept(
            referral=referral,
            client=client,
            coordinator=coordinator,
            opened_on=opened_on,
            version=referral.version,
            by=coordinator,
            at=AT,
        )
    else:
        case = cases.open(client=client, coordinator=coordinator, opened_on=opened_on, by=coordinator, at=AT)
    illness = illnesses.IllnessDetails(name="Selkäsairaus", icd10="M54.5", since=None, effect="Ei jaksa nostaa.")
    illnesses.add(case=case, details=illness, by=coordinator, at=AT)
    called_on = TODAY - timedelta(days=number * 7 % LONGEST_SILENCE)
    notes.write(case=case, kind="call", text="Puhuttu puhelimessa.", on=called_on, by=coordinator, at=AT)
    due_on = TODAY + timedelta(days=number % 30 - 3)
    tasks.add(case=case, title="Soita", due_on=due_on, assignee=coordinator, by=coordinator, at=AT)
    STORIES[number % len(STORIES)](case, coordinator)
    return case


def wait_for_answers(by: User) -> None:
    """Fill the inbox of referrals: some new, one returned, and those that were declined."""
    new = [a_referral(by, number, received_on=TODAY - timedelta(days=number)) for number in range(12)]
    for referral in new[3:4]:
        referrals.return_for_more(referral=referral, reason="Mitä lääkäri on sanonut?", version=1, by=by, at=AT)
    for referral in new[4:]:
        referrals.decline(referral=referral, reason="On töissä.", version=1, by=by, at=AT)


def close_some(found: Sequence[Case]) -> None:
    """Close every twentieth case, the last thing that happens to it."""
    for case in found[CLOSED_EVERY - 1 :: CLOSED_EVERY]:
        cases.close(case=case, outcome="work", closed_on=TODAY, version=_version(case), by=case.coordinator, at=AT)


def a_referral(by: User, number: int, *, received_on: date) -> Referral:
    """Receive a referral of somebody by the employment services."""
    details = ReferralDetails(
        source=Referral.Source.EMPLOYMENT,
        referrer="Leena Koski",
        reason="Selkäkipu estää työn.",
        received_on=received_on,
        first_name=f"Etunimi{number}",
        last_name=f"Lähetetty{number}",
    )
    return referrals.receive(details=details, by=by, at=AT)


# --- stories: what happened to a case besides -----------------------------------------------------------------------


def _nothing_more(case: Case, by: User) -> None:
    """First contact."""


def _met(case: Case, by: User) -> None:
    notes.write(case=case, kind="meeting", text="Tavattu.", on=TODAY - timedelta(days=60), by=by, at=AT)


def _served(case: Case, by: User) -> None:
    day = TODAY - timedelta(days=20)
    service_entries.log(
        case=case, on=day, product="coordination", minutes=30, what="Yhteydenpito", is_billable=True, by=by, at=AT
    )


def _drafts(case: Case, by: User) -> None:
    application_at(ApplicationState.DRAFT, case=case, by=by, at=AT)


def _waits(case: Case, by: User) -> None:
    _filed(case, by, days_ago=5)


def _waits_for_too_long(case: Case, by: User) -> None:
    _filed(case, by, days_ago=180)


def _is_asked_for_more(case: Case, by: User) -> None:
    applications.ask_for_more(
        application=(filed := _filed(case, by, days_ago=60)),
        asked_on=TODAY - timedelta(days=3),
        due_on=TODAY + timedelta(days=4),
        what="Lausunto jäljellä olevasta työkyvystä",
        version=filed.version,
        by=by,
        at=AT,
    )


def _rejected(case: Case, by: User) -> Decision:
    """Its coverage is not checked; the clock of appeal runs until 28 December."""
    return a_decision(application=_filed(case, by, days_ago=80), by=by, at=AT)


def _is_rejected(case: Case, by: User) -> None:
    _rejected(case, by)


def _appeals(case: Case, by: User) -> None:
    decision = _rejected(case, by)
    closed_check(decision, "appeal", by=by, at=AT, reason="Selkää ei arvioitu.")
    appeal_at(by=by, decision=decision, at=AT)


def _found_direction(case: Case, by: User) -> None:
    cases.set_direction(case=case, direction="rehabilitation", direction_on=TODAY, version=_version(case), by=by, at=AT)


STORIES: tuple[Callable[[Case, User], None], ...] = (  # of 80 cases three or four have each of the urgent ones
    *(_met, _waits, _nothing_more, _served, _drafts, _found_direction, _is_rejected, _met),
    *(_waits, _served, _nothing_more, _drafts, _waits_for_too_long, _met, _found_direction, _waits),
    *(_appeals, _served, _nothing_more, _drafts, _is_asked_for_more, _met, _found_direction, _waits),
)


def _filed(case: Case, by: User, *, days_ago: int) -> Application:
    filed_on = TODAY - timedelta(days=days_ago)
    return application_at(ApplicationState.FILED, case=case, by=by, filed_on=filed_on, at=AT)


def _version(case: Case) -> int:
    version: int = Case.objects.values_list("version", flat=True).get(pk=case.pk)
    return version
