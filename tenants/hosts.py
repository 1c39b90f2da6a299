"""From host name to municipality: the first wall. An unknown host is a plain 404 and never falls back to public."""

import copy
import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

from tenants.database.current import connection
from tenants.models import Domain, Municipality
from tenants.scope import in_console

MEMORY = 5.0  # seconds for which a host that was found is not asked for again; a closed municipality is shut after them

_found: dict[str, tuple[float, Municipality]] = {}


class HostedRequest(HttpRequest):
    """A request of which it is known whose host it came to; the console's is no municipality's."""

    municipality: Municipality | None


class MunicipalityMiddleware:
    """Enters the municipality of the request's host, and leaves it after the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HostedRequest) -> HttpResponse:
        connection.set_schema_to_public()
        try:
            host = _host(request)
            municipality = None if host == settings.CONSOLE_HOST else municipality_at(host)
            if municipality is None and host != settings.CONSOLE_HOST:
                return HttpResponseNotFound(b"Not found.", content_type="text/plain; charset=utf-8")
            _enter(request, municipality)
            return self.get_response(request)
        finally:
            connection.leave()


def name_in(header: str) -> str:
    """Answer the host name in a Host header, as the table of domains has it."""
    return header.rsplit(":", 1)[0].lower().rstrip(".")


def is_known(host: str) -> bool:
    """Tell without the database whether somebody is at home at a host, as far as this process has seen."""
    return host == settings.CONSOLE_HOST or host in _found


def learn() -> None:
    """Find every host at which a municipality is in use."""
    with in_console():
        domains = list(_in_use())
    for domain in domains:
        _found[domain.domain] = (time.monotonic() + MEMORY, domain.tenant)


def municipality_at(host: str) -> Municipality | None:
    """Find the municipality in use at a host name, None when there is none. Each caller gets an object of its own."""
    until, municipality = _found.get(host, (0.0, None))
    if municipality is None or until < time.monotonic():
        municipality = _look_up(host)
        if municipality is None:
            _found.pop(host, None)
            return None  # strangers' hosts are not remembered: they would fill the memory
        _found[host] = (time.monotonic() + MEMORY, municipality)
    return copy.copy(municipality)


def forget_hosts() -> None:
    """Ask the database again for every host."""
    _found.clear()


def _look_up(host: str) -> Municipality | None:
    domain = _in_use().filter(domain=host).first()
    return domain.tenant if domain else None


def _in_use() -> QuerySet[Domain]:
    in_use: QuerySet[Domain] = Domain.objects.filter(tenant__state=Municipality.State.ACTIVE)
    return in_use.select_related("tenant")


def address_of(municipality: Municipality | None, path: str = "/") -> str:
    """Build the absolute address of a path at a municipality's portal, or on the console for None."""
    host = municipality.host if municipality else settings.CONSOLE_HOST
    return settings.PUBLIC_ADDRESS.format(host=host) + path


def _host(request: HttpRequest) -> str:
    try:
        return name_in(request.get_host())
    except DisallowedHost:
        return ""


def _enter(request: HostedRequest, municipality: Municipality | None) -> None:
    request.municipality = municipality
    if municipality is None:
        request.urlconf = settings.CONSOLE_URLCONF
    else:
        connection.set_tenant(municipality)
