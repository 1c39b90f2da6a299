"""Many clients for the measurements, made through the real actions."""

from datetime import UTC, date, datetime, timedelta

from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.cases import notes
from casework.clients import actions as clients
from casework.clients import illnesses
from casework.models import Case
from tenants import identity_code
from tenants.accounts.models import User

AT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def fill(*coordinators: User, clients_wanted: int) -> list[Case]:
    """Make clients with a case, an illness, a note and a task each, dealt out in turn."""
    return [_case(coordinators[number % len(coordinators)], number) for number in range(clients_wanted)]


def _case(coordinator: User, number: int) -> Case:
    born_on = date(1960, 1, 1) + timedelta(days=number * 7)
    details = clients.ClientDetails(
        first_name=f"Etunimi{number}",
        last_name=f"Sukunimi{number:05}",
        identity_code=identity_code.artificial(born_on, 0),
        language="fi",
    )
    client = clients.create(details=details, by=coordinator, at=AT)
    opened_on = TODAY - timedelta(days=200 + number % 50)
    case = cases.open(client=client, coordinator=coordinator, opened_on=opened_on, by=coordinator, at=AT)
    illnesses.add(
        case=case,
        details=illnesses.IllnessDetails(name="Selkäsairaus", icd10="M54.5", since=None, effect="Ei jaksa nostaa."),
        by=coordinator,
        at=AT,
    )
    notes.write(case=case, kind="call", text="Puhuttu puhelimessa.", on=TODAY, by=coordinator, at=AT)
    tasks.add(
        case=case,
        title="Soita",
        due_on=TODAY + timedelta(days=number % 30 - 3),
        assignee=coordinator,
        by=coordinator,
        at=AT,
    )
    return case
