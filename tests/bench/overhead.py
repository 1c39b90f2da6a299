"""The same page with our walls and through plain Django without tenancy and role switch, in turns."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from django.conf import settings
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper as PlainWrapper
from django.http import HttpRequest, HttpResponse
from django.test import override_settings

from deploy.local import embedded
from tenants.accounts.permissions import Role
from tenants.models import Municipality
from tenants.scope import in_municipality
from tests.bench import population, rooms
from tests.bench.pages import FEW, addresses
from tests.bench.timing import medians, ratio
from tests.people import PortalClient, browser_of, person

WANTED = 1.1
WALL = "tenants.hosts.MunicipalityMiddleware"
PLAIN = "tests.bench.overhead.PlainMiddleware"


class OneSchemaWrapper(PlainWrapper):
    """Django's own backend, standing in one schema for ever."""

    schema_name = "kaavi"
    tenant: Municipality

    def set_tenant(self, tenant: Municipality) -> None:
        """Stay."""

    def leave(self) -> None:
        """Stay."""


class PlainMiddleware:
    """Every request belongs to the one municipality; nothing is looked up or switched."""

    municipality: Municipality

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.municipality = self.municipality  # type: ignore[attr-defined]
        return self.get_response(request)


def measure() -> dict[str, object]:
    """Answer per page the medians in milliseconds of both sides and the ratio."""
    with in_municipality("kaavi") as municipality:
        municipality.host  # noqa: B018  (fetched now, while the domains can be read)
        coordinator = person("Aino", Role.COORDINATOR)
        paths = addresses(rooms.furnish(population.fill(coordinator, clients_wanted=FEW)))
        browser = browser_of(coordinator)
    PlainMiddleware.municipality = municipality
    plain = _plain_connection(municipality)
    middleware = [PLAIN if name == WALL else name for name in settings.MIDDLEWARE]
    with override_settings(MIDDLEWARE=middleware):
        plain_browser = PortalClient("kaavi.localhost")
        plain_browser.cookies = browser.cookies
        plain_browser.handler.load_middleware()
    browser.handler.load_middleware()
    pages = {}
    for name, path in paths.items():
        times = medians(
            {"walls": partial(browser.get, path), "plain": partial(_through, plain, plain_browser, path)}, rounds=60
        )
        pages[name] = {"milliseconds": times, "ratio": ratio(times["walls"], times["plain"])}
    plain.close()
    return {"pages": pages, "wanted": WANTED}


def _plain_connection(municipality: Municipality) -> OneSchemaWrapper:
    values = {
        **connections["default"].settings_dict,
        "USER": "postgres",
        "PASSWORD": embedded.password("superuser"),
        "OPTIONS": {"options": "-c search_path=kaavi,public"},
    }
    wrapper = OneSchemaWrapper(values, alias="default")
    wrapper.tenant = municipality
    return wrapper


def _through(plain: OneSchemaWrapper, browser: PortalClient, path: str) -> object:
    with _default_connection(plain):
        return browser.get(path)


@contextmanager
def _default_connection(wrapper: OneSchemaWrapper) -> Iterator[None]:
    before = connections["default"]
    connections["default"] = wrapper
    try:
        yield
    finally:
        connections["default"] = before
