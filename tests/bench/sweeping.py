"""`queue_reminders` over 4 and over 100 municipalities: the cost of one must not grow with the number."""

from datetime import timedelta
from functools import partial

from casework.reminders import mail_sweep as reminders
from tenants import provisioning
from tenants.accounts.permissions import Role
from tenants.scope import active_municipalities, in_console, in_municipality
from tests import databases
from tests.bench import population
from tests.bench.timing import medians, ratio
from tests.people import person

FEW, MANY, CLIENTS = 4, 100, 10
DAYS = iter(range(1, 10_000))


def measure() -> dict[str, object]:
    """Answer milliseconds per municipality at both numbers, and the ratio."""
    with databases.as_migrator():
        schemas = [schema for schema, *_ in databases.MUNICIPALITIES]
        schemas += [_added(number) for number in range(MANY - FEW)]
    for schema in schemas:
        with in_municipality(schema):
            population.fill(person("Aino", Role.COORDINATOR), clients_wanted=CLIENTS)
    times = medians({str(number): partial(_sweep, schemas[:number]) for number in (FEW, MANY)}, rounds=5, warm_up=1)
    each = {str(number): round(times[str(number)] / number, 3) for number in (FEW, MANY)}
    _forget_roles(schemas[FEW:])
    return {"milliseconds_per_municipality": each, "ratio": ratio(each[str(MANY)], each[str(FEW)]), "wanted": 1.0}


def _sweep(schemas: list[str]) -> None:
    on = population.TODAY + timedelta(days=next(DAYS) % 30)
    with in_console():
        active_municipalities()
    for schema in schemas:
        with in_municipality(schema):
            reminders.queue_due(on=on, at=population.AT)


def _added(number: int) -> str:
    schema = f"sweep{number}"
    municipality = provisioning.request(
        schema_name=schema,
        name=f"Sweep {number}",
        business_id=_business_id(number),
        domain=f"{schema}.localhost",
        admin_email="",
    )
    provisioning.provision(municipality, at=population.AT)
    return schema


def _business_id(number: int) -> str:
    """Find the next valid business ID: not every number has a check digit."""
    weights = (7, 9, 10, 5, 8, 4, 2)
    base = 9_000_000 + number * 2
    while True:
        rest = sum(weight * int(digit) for weight, digit in zip(weights, str(base), strict=True)) % 11
        if rest != 1:
            return f"{base}-{0 if rest == 0 else 11 - rest}"
        base += 1


def _forget_roles(schemas: list[str]) -> None:
    with databases.as_superuser("suunta_bench") as superuser:
        for schema in schemas:
            superuser.execute(f"drop owned by t_{schema}; drop role t_{schema}")
