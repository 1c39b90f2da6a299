"""Whoever has the address of an invitation, a new password or a calendar is let in: no log line ever holds one.

A new route with such an argument is asked here by itself, with every method, well and failing.
"""

import ast
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.handlers.base import BaseHandler
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import PathConverter, SlugConverter, StringConverter
from django.urls.resolvers import RegexPattern

from deploy.local.embedded import ROOT
from deploy.observability import only_what_is_safe
from tenants import scrubbing
from tenants.scrubbing import LEFT_OUT, SECRET_ARGUMENTS
from tests.people import PortalClient
from tests.rules.routes import Route, all_routes

SECRET = "gZ3x-Secret_9aQw7LmNpR2tVyXzBcDfGh4JkSe5U6oI"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
FREE_TEXT = (StringConverter, SlugConverter, PathConverter)
PLAIN = {  # free text of addresses that lets nobody in
    "case_number": "a number; the door asks who comes",
    "figure_key": "the name of a figure of the rule tables",
    "annex_code": "the code of a row of what goes with an application",
    "benefit_code": "the code of a benefit of the rule tables",
    "place": "a municipality's schema",
    "schema_name": "a municipality's schema",
    "format": "pdf or ubl",
    "uidb36": "whose password it is; the key behind it is the secret",
}


def free_texts(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, str]]:
    """Name every argument of an address that is free text, with the route."""
    for pattern in patterns:
        converters = getattr(pattern.pattern, "converters", {})
        names = {name for name, converter in converters.items() if isinstance(converter, FREE_TEXT)}
        if isinstance(pattern.pattern, RegexPattern):
            names |= pattern.pattern.regex.groupindex.keys()
        yield from ((getattr(pattern, "name", ""), name) for name in names)
        if isinstance(pattern, URLResolver):
            yield from free_texts(pattern.url_patterns)


def all_free_texts() -> set[tuple[str, str]]:
    return {
        one for side in ("portal", "console") for one in free_texts(get_resolver(f"deploy.urls_{side}").url_patterns)
    }


def secret_routes() -> list[Route]:
    names = {route for route, argument in all_free_texts() if argument in SECRET_ARGUMENTS}
    return [route for route in all_routes() if route.name in names]


def address(route: Route) -> str:
    for pattern, names in get_resolver(route.urlconf).reverse_dict.getlist(route.name)[0][0]:
        arguments = {name: SECRET if name in SECRET_ARGUMENTS else "1a" for name in names}
        return f"/{pattern % arguments}"
    raise AssertionError(route)


ROUTES = secret_routes()


@pytest.fixture
def lines():
    """All that any logger of this process says, as a handler writes it that knows nothing of us."""
    said: list[str] = []

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(self.format(record))

    handler = Lines()
    handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
    known = [logging.getLogger(name) for name in list(logging.Logger.manager.loggerDict)]
    listened = [logging.getLogger(), *(logger for logger in known if not logger.propagate)]
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.INFO)
    for logger in listened:
        logger.addHandler(handler)
    yield said
    for logger in listened:
        logger.removeHandler(handler)
    logging.getLogger().setLevel(level)


def visitor(route: Route) -> PortalClient:
    host = "kaavi.localhost" if route.side == "portal" else "console.localhost"
    return PortalClient(host, raise_request_exception=False)


def has_secret(said: list[str]) -> bool:
    return any(SECRET[:12] in line or SECRET[-12:] in line for line in said)


# --- every route is decided upon --------------------------------------------------------------------------------


def test_every_free_text_of_an_address_is_secret_or_known_to_be_plain():
    assert {argument for _, argument in all_free_texts()} == SECRET_ARGUMENTS | PLAIN.keys()


def test_what_needs_no_sign_in_but_an_argument_holds_a_secret():
    public = {route.name for route in all_routes() if route.is_public and route.arguments}

    assert public == {"invitation", "calendar_file"}
    assert {route.name for route in ROUTES} == {*public, "account_reset_password_from_key"}


# --- what is logged ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_no_method_writes_a_secret_into_the_log(db, lines, route):
    for method in METHODS:
        visitor(route).generic(method, address(route))

    assert route.is_of_allauth or any("Method Not Allowed" in line for line in lines)
    assert not has_secret(lines)


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_no_error_inside_of_the_view_writes_a_secret_into_the_log(db, lines, route, monkeypatch):
    def failing(request, **arguments):
        raise RuntimeError(f"{arguments} of {request}") from KeyError(SECRET)

    monkeypatch.setattr(BaseHandler, "make_view_atomic", lambda handler, view: failing)

    assert {visitor(route).generic(method, address(route)).status_code for method in METHODS} == {500}

    assert len([line for line in lines if "RuntimeError" in line and "Traceback" in line]) == len(METHODS)
    assert not has_secret(lines)


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_no_address_that_was_mangled_on_its_way_writes_a_secret_into_the_log(db, lines, route):
    path = address(route)
    mangled = [path.rstrip("/"), f"{path}extra/", path.replace("/", "//")[1:], f"/sv{path}", f"{path.rstrip('/')}%20/"]
    mangled += [path.upper().replace(SECRET.upper(), SECRET), f"/nowhere/{path.replace('/', '%2F')}"]
    for other in (*mangled, f"/nowhere/?next={path}"):
        for method in ("GET", "HEAD", "PUT"):
            visitor(route).generic(method, other)

    assert any("Not Found" in line for line in lines)
    assert not has_secret(lines)


@pytest.mark.parametrize("route", ROUTES, ids=str)
@pytest.mark.parametrize(
    "name", ["django.request", "django.server", "gunicorn.access", "gunicorn.error", "celery.worker", "anybody.else"]
)
def test_no_logger_of_anybody_writes_a_secret(lines, route, name):
    logger, path = logging.getLogger(name), address(route)
    logger.warning('"%s" %s', f"GET {path} HTTP/1.1", 404)
    logger.warning('%(r)s "%(f)s"', {"r": f"HEAD {path} HTTP/1.1", "f": f"https://kaavi.suunta.example{path}"})
    logger.warning(f"?next={path.replace('/', '%2F')}&x=1")
    try:
        raise ValueError(path)
    except ValueError:
        logger.exception("Error handling request %s", path)

    assert len(lines) == 4
    assert all(LEFT_OUT in line for line in lines)
    assert not has_secret(lines)


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_no_error_report_has_a_secret(route):
    event: Any = {"transaction": address(route), "logentry": {"message": f"Gone: {address(route)}"}, "logger": "x"}

    assert not has_secret([str(only_what_is_safe(event, {}))])


def test_what_the_log_is_told_to_keep_secret_ends_with_the_next_request(db, lines):
    browser = PortalClient("kaavi.localhost")
    browser.get(f"/invitation/{SECRET}/")
    browser.get("/help/")
    logging.getLogger("anybody").warning("a word %s", SECRET)

    assert lines[-1].endswith(f"a word {SECRET}")


def test_a_secret_is_left_out_whole_whatever_stands_in_it(lines):
    scrubbing.keep_secret(["gZ3x-Secret"])
    logging.getLogger("anybody").warning(f"/invitation/{SECRET}/ /calendar/aQw7LmNp_070770-905D_{SECRET}.ics")
    scrubbing.keep_secret(())

    assert lines[0].endswith(f"/invitation/{LEFT_OUT}/ /calendar/{LEFT_OUT}")


@pytest.mark.parametrize(
    "line", ["POST /calendar/make/", "GET /account/password/reset/key/done/", "/people/invitations/"]
)
def test_addresses_without_a_secret_stay(lines, line):
    logging.getLogger("anybody").warning(line)

    assert lines[0].endswith(line)


# --- HEAD, by which scanners of mail ask ------------------------------------------------------------------------


def test_no_view_refuses_head_where_it_answers_get():
    files = [path for floor in ("deploy", "billing", "casework", "tenants") for path in (ROOT / floor).rglob("*.py")]
    named = {
        path: {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
        for path in files
    }

    assert [path for path, names in named.items() if "require_GET" in names] == []
    assert len([path for path, names in named.items() if "require_safe" in names]) > 20
