"""Every portal page at 80 and at 2,000 clients, 80 to a coordinator: queries and median time."""

import os
from functools import partial

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests.bench import population, rooms
from tests.bench.rooms import Furnished
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
            furnished = rooms.furnish(population.fill(*coordinators, clients_wanted=size))
            browsers[size] = (browser_of(coordinators[0]), addresses(furnished))
    return {"pages": {name: _measured(browsers, name) for name in addresses(furnished)}, "wanted": WANTED}


def addresses(furnished: Furnished) -> dict[str, str]:
    """The pages a coordinator opens all day."""
    case = f"/cases/{furnished.case.number}"
    return {
        "today": "/",
        "clients": "/clients/",
        "referrals": "/referrals/",
        "appointments": "/appointments/",
        "team_meetings": "/meetings/",
        "meeting": furnished.item.meeting.get_absolute_url(),
        "minutes": f"{case}/minutes/{furnished.item.pk}/",
        "case": f"{case}/",
        "timeline": f"{case}/timeline/",
        "long_timeline": f"/cases/{furnished.long_case.number}/timeline/",
        "long_timeline_end": f"/cases/{furnished.long_case.number}/timeline/?page=9999",
        "applications": f"{case}/applications/",
        "documents": f"{case}/documents/",
        "basics": f"{case}/basics/",
        "situation": f"{case}/situation/",
        "ability": f"{case}/ability/",
        "visits": f"{case}/visits/",
        "meetings_of_a_case": f"{case}/meetings/",
        "description_edit": f"{case}/descriptions/{furnished.description.pk}/edit/",
        "client_map": f"{case}/map/",
    }


def _measured(browsers: dict[int, tuple[PortalClient, dict[str, str]]], name: str) -> dict[str, object]:
    calls: dict[str, Call] = {
        str(size): partial(_seen, browser, paths[name]) for size, (browser, paths) in browsers.items()
    }
    times = medians(calls, rounds=20)
    return {
        "queries": {size: _queries(call) for size, call in calls.items()},
        "milliseconds": times,
        "ratio": ratio(times[str(MANY)], times[str(FEW)]),
    }


def _seen(browser: PortalClient, path: str) -> None:
    status = browser.get(path).status_code
    if status != 200:
        raise LookupError(f"{path} answers {status}")


def _queries(call: Call) -> int:
    """Count the queries of a page when it was asked for a moment ago: what is remembered for seconds is there."""
    call()
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)
