"""The yardstick: what Django itself costs here for a page with a session, a sign-in, one query and one template.

It stands on Django's own database backend and the middleware of a new project, and goes through the same WSGI entry in
the same process as our pages, in turns with them. Its own cost is printed beside the numbers of yardsticks.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper as PlainWrapper
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import DjangoTemplates
from django.test import override_settings
from django.urls import path

from deploy.local import embedded
from tenants.accounts.models import User
from tenants.models import Municipality
from tests.bench.cost import Side
from tests.bench.visiting import Visitor

MIDDLEWARE = [
    "tests.bench.yardstick.own_addresses",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = DjangoTemplates(
    {
        "NAME": "yardstick",
        "DIRS": [Path(__file__).parent],
        "APP_DIRS": False,
        "OPTIONS": {"context_processors": PROCESSORS},
    }
)


class OneSchemaWrapper(PlainWrapper):
    """Django's own backend, standing in one schema for ever."""

    schema_name: str
    tenant: Municipality

    def set_tenant(self, tenant: Municipality) -> None:
        """Stay."""

    def set_schema_to_public(self) -> None:
        """Stay."""

    def leave(self) -> None:
        """Stay."""


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """List the people who have an account."""
    people = list(User.objects.order_by("name"))
    return HttpResponse(TEMPLATES.get_template("yardstick.html").render({"people": people}, request))


urlpatterns = [path("yardstick/", page, name="yardstick")]


def own_addresses(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the addresses of this module instead of the portal's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__
        return get_response(request)

    return middleware


def side(municipality: Municipality, cookies: dict[str, str]) -> Side:
    """Make the yardstick as somebody sees it who is signed in to this municipality by these cookies."""
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        application = get_wsgi_application()
    visitor = Visitor(application, f"{municipality.schema_name}.localhost", cookies)
    plain = plain_connection(municipality)
    return on_plain_connection(plain, lambda: visitor.get("/yardstick/"))


def plain_connection(municipality: Municipality) -> OneSchemaWrapper:
    """Connect by Django's own backend; the municipality's rights do not bind it."""
    values = {
        **connections["default"].settings_dict,
        "USER": "postgres",
        "PASSWORD": embedded.password("superuser"),
        "OPTIONS": {"options": f"-c search_path={municipality.schema_name},public"},
        "CONN_MAX_AGE": None,
    }
    wrapper = OneSchemaWrapper(values, alias="default")
    wrapper.tenant, wrapper.schema_name = municipality, municipality.schema_name
    return wrapper


def on_plain_connection(plain: OneSchemaWrapper, call: Callable[[], object]) -> Side:
    """Put the plain connection in the place of ours for the time of a call."""
    before: dict[str, Any] = {}

    def enter() -> None:
        before["connection"], connections["default"] = connections["default"], plain

    def leave() -> None:
        connections["default"] = before["connection"]

    return Side(call, before=enter, after=leave)
