"""Every portal page at 80 and at 2,000 clients, 80 to a coordinator: queries and median time."""

import os
from functools import partial

from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import Case
from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests.bench import population
from tests.bench.timing import Call, medians, ratio
from tests.people import PortalClient, browser_of, person

FEW, MANY = 80, int(os.environ.get("SUUNTA_MANY", "2000"))
WANTED = {"queries": 15, "ratio": 1.3}


def measure() -> dict[str, object]:
    """Answer per page: queries and milliseconds at both sizes, and the ratio."""
    browsers: dict[int, tuple[PortalClient, dict[str, str]]] = {}
    for size, schema in ((FEW, "kaavi"), (MANY, "varkaus")):
        with in_municipality(schema):
            coordinators = [person(f"Aino{number}", Role.COORDINATOR) for number in range(size // FEW)]
            case = population.fill(*coordinators, clients_wanted=size)
            browsers[size] = (browser_of(coordinators[0]), addresses(case))
    return {"pages": {name: _measured(browsers, name) for name in addresses(case)}, "wanted": WANTED}


def addresses(case: Case) -> dict[str, str]:
    """The pages a coordinator opens all day."""
    return {
        "today": "/",
        "clients": "/clients/",
        "referrals": "/referrals/",
        "case": f"/cases/{case.number}/",
        "timeline": f"/cases/{case.number}/timeline/",
        "applications": f"/cases/{case.number}/applications/",
        "documents": f"/cases/{case.number}/documents/",
        "basics": f"/cases/{case.number}/basics/",
    }


def _measured(browsers: dict[int, tuple[PortalClient, dict[str, str]]], name: str) -> dict[str, object]:
    calls: dict[str, Call] = {
        str(size): partial(browser.get, paths[name]) for size, (browser, paths) in browsers.items()
    }
    times = medians(calls, rounds=20)
    return {
        "queries": {size: _queries(call) for size, call in calls.items()},
        "milliseconds": times,
        "ratio": ratio(times[str(MANY)], times[str(FEW)]),
    }


def _queries(call: Call) -> int:
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)
