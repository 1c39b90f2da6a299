"""The portal's pages in municipalities of three sizes, 80 clients to a coordinator: queries, cost, growth.

The cost is told in yardsticks (tests.bench.yardstick) in the largest municipality, growth against the smallest one.
"""

import os
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.law.phases import Phase
from casework.models import Case, Referral
from tenants.accounts.permissions import Role
from tenants.hosts import forget_hosts
from tenants.models import Municipality
from tenants.scope import in_municipality
from tests import databases
from tests.bench import copies, cost, furnishing, population, yardstick
from tests.bench.cost import Call, Side
from tests.bench.furnishing import Furnished
from tests.bench.visiting import Visitor, visitor
from tests.people import person

OF_A_COORDINATOR = 80
SIZES = {80: "kaavi", 2_000: "varkaus", 10_000: "tuusniemi"}
ROUNDS = int(os.environ.get("SUUNTA_ROUNDS", "15"))
YARDSTICK = "yardstick"
# Everybody's lists that one coordinator's clients do not fill: they grow from the middle size on only.
NOT_FULL = {
    *(f"everyones_clients_{phase}" for phase in Phase),
    *("everyones_today", "supervisors_today", "everyones_appointments", "everyones_appointments_end"),
}

type Open = Callable[[], object]


@dataclass(frozen=True)
class Place:
    """A municipality with its clients, and the people who visit its pages."""

    municipality: Municipality
    furnished: Furnished
    long_case: Case
    referral: Referral
    coordinator: Visitor
    supervisor: Visitor
    officer: Visitor
    administrator: Visitor


def measure(
    sizes: Mapping[int, str] = SIZES,
    *,
    each: int = OF_A_COORDINATOR,
    events: int = furnishing.EVENTS,
    rounds: int = ROUNDS,
    only: Container[str] | None = None,
) -> dict[str, Any]:
    """Answer for every page, or for some, its queries, its cost and how it grows."""
    places = {size: furnished_place(schema, size, each=each, events=events) for size, schema in sizes.items()}
    smallest = places[min(sizes)]
    pages = {size: addresses(place) for size, place in places.items()}
    names = [name for name in pages[min(sizes)] if only is None or name in only]
    plain = yardstick.side(smallest.municipality, smallest.coordinator.cookies)
    rows = {name: _measured(pages, name, plain, rounds=rounds) for name in names}
    own_cost = [row.pop(YARDSTICK) for row in rows.values()]
    return {"rows": rows, "yardstick_milliseconds": sorted(own_cost)[len(own_cost) // 2]}


def furnished_place(schema: str, size: int, *, each: int = OF_A_COORDINATOR, events: int = furnishing.EVENTS) -> Place:
    """Fill a municipality: the first coordinator's clients by real actions, the others as their copies."""
    application = get_wsgi_application()
    with in_municipality(schema) as municipality:
        coordinator = person("Aino", Role.COORDINATOR)
        furnished = furnishing.furnish(population.fill(coordinator, clients_wanted=each))
        copies.multiply(coordinator, clients=each, times=size // each - 1)
        furnishing.fill_lists(coordinator)
        long_case = furnishing.long_case(coordinator, events=events) if events else furnished.case
        place = Place(
            municipality=municipality,
            furnished=furnished,
            long_case=long_case,
            referral=Referral.objects.filter(state=Referral.State.NEW).order_by("received_on")[0],
            coordinator=visitor(coordinator, application),
            supervisor=visitor(person("Bertta", Role.SUPERVISOR), application),
            officer=visitor(person("Tiina", Role.PRIVACY_OFFICER), application),
            administrator=visitor(person("Paula", Role.PORTAL_ADMIN), application),
        )
    with databases.as_superuser(str(connection.settings_dict["NAME"])) as superuser:
        superuser.execute("vacuum analyze")
    forget_hosts()
    cost.keep_connection()
    return place


def addresses(place: Place) -> dict[str, Open]:
    """The pages people open all day, those that grow with the municipality, and the forms."""
    get = place.coordinator.get
    paths = {**lists(), **of_case(place), **_forms(place)}
    return {
        **{name: partial(get, path) for name, path in paths.items()},
        "search_name": partial(place.coordinator.post, "/clients/search/", q="etunimi1 sukunimi0001"),
        "search_part": partial(place.coordinator.post, "/clients/search/", q="sukunimi0004"),
        "search_nobody": partial(place.coordinator.post, "/clients/search/", q="virtanen"),
        "form_refused": partial(place.coordinator.post, f"/cases/{place.furnished.case.number}/tasks/add/", title=""),
        "supervisors_clients": partial(place.supervisor.get, "/clients/"),
        "supervisors_today": partial(place.supervisor.get, "/?whose=everyones"),
        "access_log": partial(place.officer.get, "/access-log/"),
        "people": partial(place.administrator.get, "/people/"),
        "access_log_end": partial(place.officer.get, "/access-log/?page=9999"),
    }


def lists() -> dict[str, str]:
    whose = {"": {}, "everyones_": {"who": "everyone"}}
    phases = {
        f"{name}clients_{phase}": f"/clients/?{urlencode({**asked, 'phase': phase.value})}"
        for name, asked in whose.items()
        for phase in Phase
    }
    return {
        "today": "/",
        "everyones_today": "/?whose=everyones",
        "clients": "/clients/",
        "clients_end": "/clients/?page=9999",
        "everyones_clients": "/clients/?who=everyone",
        "everyones_clients_end": "/clients/?who=everyone&page=9999",
        **phases,
        "referrals": "/referrals/",
        "referrals_end": "/referrals/?page=9999",
        "settled_referrals": "/referrals/?show=settled",
        "settled_referrals_end": "/referrals/?show=settled&page=9999",
        "appointments": "/appointments/",
        "everyones_appointments": "/appointments/?whose=everyones",
        "everyones_appointments_end": "/appointments/?whose=everyones&page=9999",
        "meetings": "/meetings/",
        "meetings_end": "/meetings/?page=9999",
    }


def of_case(place: Place) -> dict[str, str]:
    furnished = place.furnished
    case, long_case = f"/cases/{furnished.case.number}", f"/cases/{place.long_case.number}"
    return {
        "meeting": furnished.item.meeting.get_absolute_url(),
        "minutes": f"{case}/minutes/{furnished.item.pk}/",
        "case": f"{case}/",
        "timeline": f"{case}/timeline/",
        "long_timeline": f"{long_case}/timeline/",
        "long_timeline_notes": f"{long_case}/timeline/?show=notes",
        "long_timeline_end": f"{long_case}/timeline/?page=9999",
        "long_services_end": f"{long_case}/services/?page=9999",
        "tasks": f"{case}/tasks/",
        "applications": f"{case}/applications/",
        "application": furnished.appeal.decision.application.get_absolute_url(),
        "decision": furnished.appeal.decision.get_absolute_url(),
        "appeal": furnished.appeal.get_absolute_url(),
        "sickness_days": f"{case}/sickness-days/",
        "benefits": f"{case}/benefits/",
        "documents": f"{case}/documents/",
        "services": f"{case}/services/",
        "basics": f"{case}/basics/",
        "situation": f"{case}/situation/",
        "ability": f"{case}/ability/",
        "visits": f"{case}/visits/",
        "meetings_of_a_case": f"{case}/meetings/",
        "description": f"{case}/descriptions/{furnished.description.pk}/",
        "client_map": f"{case}/map/",
    }


def _forms(place: Place) -> dict[str, str]:
    case = f"/cases/{place.furnished.case.number}"
    return {
        "form_client": "/clients/new/",
        "form_referral": "/referrals/new/",
        "form_accept": f"/referrals/{place.referral.pk}/accept/",
        "form_task": f"{case}/tasks/add/",
        "form_note": f"{case}/notes/add/",
        "form_service": f"{case}/services/add/",
        "form_visit": f"{case}/visits/new/",
        "form_statement": f"{case}/statements/new/",
        "form_application": f"{case}/applications/new/",
        "form_meeting": "/meetings/new/",
        "form_agenda": f"{case}/agenda/add/",
        "form_description": f"{case}/descriptions/{place.furnished.description.pk}/edit/",
        "form_mapping": f"{case}/situation/interview/",
    }


def _measured(pages: Mapping[int, Mapping[str, Open]], name: str, plain: Side, *, rounds: int) -> dict[str, float]:
    sides: dict[str, Side | Call] = {str(size): opened[name] for size, opened in pages.items()}
    sizes = sorted(pages)[1 if name in NOT_FULL and len(pages) > 2 else 0 :]
    few, many = str(sizes[0]), str(sizes[-1])
    found = cost.in_turns(sides | {YARDSTICK: plain}, rounds=rounds)
    return {
        "queries": max(_queries(opened[name]) for opened in pages.values()),
        "yardsticks": found.ratio(many, YARDSTICK),
        **{f"growth_{size}": found.ratio(str(size), few) for size in sizes[1:]},
        "milliseconds": found.milliseconds(many),
        "database_milliseconds": found.database_milliseconds(many),
        YARDSTICK: found.milliseconds(YARDSTICK),
    }


def _queries(call: Call) -> int:
    """Count the queries of a page that was asked for a moment ago: what is remembered for seconds is not asked."""
    counts = []
    for _turn in range(3):  # hosts are remembered for 5 seconds, keys for 30: one of three may be after their end
        with CaptureQueriesContext(connection) as captured:
            call()
        counts.append(len(captured))
    return min(counts)
