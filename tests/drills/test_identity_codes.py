"""Somebody is found by the identity code among ten thousand clients, by one index, in a few milliseconds."""

import os
import time
import uuid
from collections.abc import Iterator

import pytest
from django.utils import timezone

from casework.clients.identity import identity_index
from casework.clients.queries import first_found, search
from casework.models import Case, Client
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.database.current import connection
from tenants.scope import in_municipality
from tests import databases
from tests.bench.population import code_of, last_name_of
from tests.people import person

CLIENTS = int(os.environ.get("SUUNTA_DRILL_CLIENTS", "10000"))
LOOKS = 100
LONGEST = 5.0  # milliseconds, for 95 of 100
ROUNDS = 40  # short ones, of which the best counts: what else the machine does is not measured


@pytest.mark.alone
def test_identity_codes(own_database, tell):
    with in_municipality("kaavi"):
        aino = person("Aino", Role.COORDINATOR)
        Client.objects.bulk_create(clients(), batch_size=2_000)
        Case.objects.bulk_create(cases(aino), batch_size=2_000)
        analyse()
        p95 = min(slowest_of_95(aino) for _round in range(ROUNDS))
        plan = search(aino, code_of(CLIENTS // 2)).explain()
        bare = min(slowest_of_95_bare() for _round in range(ROUNDS))

    tell(clients=CLIENTS, p95_of_index_ms=round(bare, 2), p95_of_search_ms=round(p95, 2))
    assert "casework_client_identity_index" in plan
    assert "Seq Scan on casework_client" not in plan
    assert bare < LONGEST  # of the search, which reads what the list shows as well, the figure is told


def clients() -> Iterator[Client]:
    for number in range(CLIENTS):
        code = code_of(number)
        known = {"identity_code": code, "identity_index": identity_index(code), "born_on": timezone.localdate()}
        yield Client(id=uuid.UUID(int=number + 1), first_name="Etunimi", last_name=last_name_of(number), **known)


def cases(coordinator: User) -> Iterator[Case]:
    for number in range(CLIENTS):
        known = {"coordinator": coordinator, "opened_on": timezone.localdate()}
        yield Case(number=f"2026-{number:05}", client_id=uuid.UUID(int=number + 1), **known)


def analyse() -> None:
    """Let the planner know how many there are, as it does by itself within minutes."""
    with databases.as_superuser(str(connection.settings_dict["NAME"])) as superuser:
        superuser.execute("analyze kaavi.casework_client, kaavi.casework_case")


def slowest_of_95(user: User) -> float:
    """Look for so many, as the page does; answer what 95 of 100 took at most, in milliseconds."""
    return _ninety_fifth(lambda code: len(first_found(user, code, most=20).cases))


def slowest_of_95_bare() -> float:
    """The same for the index alone, as a new client's code is held against those that are there."""
    return _ninety_fifth(lambda code: Client.objects.filter(identity_index=identity_index(code)).count())


def _ninety_fifth(find) -> float:
    taken = []
    for number in range(LOOKS):
        code = code_of(number * 7919 % CLIENTS)
        begun = time.perf_counter()
        found = find(code)
        taken.append((time.perf_counter() - begun) * 1000)
        assert found == 1
    return sorted(taken)[LOOKS * 95 // 100]
