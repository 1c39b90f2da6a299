"""The same page with our walls and through plain Django without tenancy and role switch, in turns."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.test import override_settings

from tenants.hosts import HostedRequest
from tenants.models import Municipality
from tests.bench import cost, yardstick
from tests.bench.pages import OF_A_COORDINATOR, furnished_place, lists, of_case
from tests.bench.visiting import Visitor

WALL = "tenants.hosts.MunicipalityMiddleware"
PLAIN = "tests.bench.overhead.PlainMiddleware"
PAGES = ("today", "clients", "referrals", "appointments", "meetings", "case", "timeline", "applications", "basics")


class PlainMiddleware:
    """Every request belongs to the one municipality; nothing is looked up or switched."""

    municipality: Municipality

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HostedRequest) -> HttpResponse:
        request.municipality = self.municipality
        return self.get_response(request)


def measure(clients: int = OF_A_COORDINATOR, *, rounds: int = 30, only: Sequence[str] = PAGES) -> dict[str, Any]:
    """Answer per page the cost of both sides in milliseconds, and the ratio."""
    place = furnished_place("kaavi", clients, each=clients, events=0)
    PlainMiddleware.municipality = place.municipality
    with override_settings(MIDDLEWARE=[PLAIN if name == WALL else name for name in settings.MIDDLEWARE]):
        plain = Visitor(get_wsgi_application(), place.coordinator.host, place.coordinator.cookies)
    connection = yardstick.plain_connection(place.municipality)
    rows = {}
    paths = lists() | of_case(place)
    for name in only:
        path = paths[name]
        found = cost.in_turns(
            {
                "walls": lambda path=path: place.coordinator.get(path),  # type: ignore[misc]  # its default
                "plain": yardstick.on_plain_connection(connection, lambda path=path: plain.get(path)),  # type: ignore[misc]
            },
            rounds=rounds,
        )
        milliseconds = {side: found.milliseconds(side) for side in ("walls", "plain")}
        rows[name] = {"of_plain": found.ratio("walls", "plain"), **milliseconds}
    connection.close()
    return {"rows": rows}
