"""`queue_reminders` over 4 and 100 municipalities with something due in each: one must not cost more among many."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from casework.models import LedgerEntry, Task
from casework.reminders import sweep as reminders
from tenants.accounts.permissions import Role
from tenants.mail.models import OutgoingEmail
from tenants.scope import active_municipalities, in_console, in_municipality
from tests import databases
from tests.bench import cost, population
from tests.bench.cost import Side
from tests.bench.day import AT, TODAY
from tests.people import person

FEW, MANY, CLIENTS = 4, 100, 26  # every story once, and the urgent ones


class NothingDue(LookupError):
    """The sweep queued nothing in a municipality: what it costs would mean nothing."""


def measure(few: int = FEW, many: int = MANY, *, rounds: int = 5) -> dict[str, Any]:
    """Answer milliseconds a municipality at both numbers, and the ratio."""
    with databases.as_migrator():
        schemas = [schema for schema, *_ in databases.MUNICIPALITIES]
        schemas += [_added(number) for number in range(many - len(schemas))]
    for schema in schemas:
        with in_municipality(schema):
            population.fill(person("Aino", Role.COORDINATOR), clients_wanted=CLIENTS)
    cost.keep_connection()
    sizes = {str(number): schemas[:number] for number in (few, many)}
    found = cost.in_turns(
        {name: Side(partial(_sweep, known), after=partial(_forget, known)) for name, known in sizes.items()},
        rounds=rounds,
        warm_up=1,
    )
    each = {f"milliseconds_of_{name}": round(found.milliseconds(name) / len(known), 3) for name, known in sizes.items()}
    growth = round(found.ratio(str(many), str(few)) * few / many, 3)
    return {"rows": {"queue_reminders": {f"growth_{many}": growth, **each}}}


def _sweep(schemas: Sequence[str]) -> None:
    with in_console():
        active_municipalities()
    for schema in schemas:
        with in_municipality(schema):
            if not reminders.sweep(on=TODAY + timedelta(days=21), at=AT):
                raise NothingDue(schema)


def _forget(schemas: Sequence[str]) -> None:
    """Let everything be due anew."""
    for schema in schemas:
        with in_municipality(schema):
            Task.objects.filter(occasion__isnull=False).delete()
            LedgerEntry.objects.all().delete()
            OutgoingEmail.objects.all().delete()


def _added(number: int) -> str:
    schema = f"sweep{number}"
    databases.add_municipality(schema, databases.business_id(number))
    return schema
