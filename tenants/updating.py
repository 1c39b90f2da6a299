"""What a person sees while their municipality's schema is brought to another version: a page that says so, 503.

Who was under way when it began, or came within the memory of hosts, may meet tables that the code does not know: such
an error is said by the same page.
"""

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from tenants import schema_versions
from tenants.errors import BeingUpdated
from tenants.hosts import HostedRequest
from tenants.models import Municipality
from tenants.scope import in_console

SOON = 20  # seconds after which asking again makes sense


class BeingUpdatedMiddleware:
    """Lets nobody into a municipality whose schema is older than this code or under way, before anything is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HostedRequest) -> HttpResponse:
        try:
            if request.municipality is not None:
                schema_versions.check(request.municipality)
        except BeingUpdated:
            return being_updated()
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The console looks into a municipality that is being updated."""
        return being_updated() if isinstance(exception, BeingUpdated) else None


def is_behind(municipality: Municipality | None) -> bool:
    """Ask the database, after one of its errors, whether the public schema or this one is of another version now."""
    try:
        with in_console():
            if schema_versions.is_public_behind():
                return True
            return municipality is not None and not schema_versions.is_current(municipality)
    except DatabaseError:
        return False


def being_updated() -> HttpResponse:
    """Answer that the municipality is open again in a moment."""
    headers = {"Retry-After": str(SOON), "Cache-Control": "no-store"}
    return HttpResponse(render_to_string("being_updated.html"), status=503, headers=headers)
