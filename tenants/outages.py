"""What a person sees when something that we stand on is away or full: a sentence that says so, and asks to look."""

import errno
import sys
from functools import cache

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.middleware.security import SecurityMiddleware
from django.template.loader import render_to_string
from django.utils import translation

from tenants import tracing, updating
from tenants.accounts.languages import language_of
from tenants.stores import StoreAway

FULL = {errno.ENOSPC, errno.EDQUOT}
FULL_DATABASE = "53100"  # PostgreSQL's own word for a full disk
OF_EVERY_ANSWER = (ContentSecurityPolicyMiddleware, XFrameOptionsMiddleware, SecurityMiddleware)  # their headers
AWAY: dict[type[Exception], str] = {
    OperationalError: "database_away.html",
    InterfaceError: "database_away.html",
    StoreAway: "files_away.html",
}
SOON = 10  # seconds after which asking again makes sense


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an error that nobody caught (handler500 of both sides): with its cause where it passes by itself."""
    error = sys.exception()
    if is_full(error):
        return HttpResponse(_told("disk_full.html"), status=507)
    if isinstance(error, DatabaseError) and updating.is_behind(getattr(request, "municipality", None)):
        return updating.being_updated()
    away = next((page for kind, page in AWAY.items() if isinstance(error, kind)), None)
    if away:
        return HttpResponse(_told(away), status=503, headers={"Retry-After": str(SOON)})
    return HttpResponse(_told("500.html"), status=500)


def _told(template: str) -> str:
    """Write a page that names the id of the request, so that who asks for help can be helped."""
    return render_to_string(template, {"trace": tracing.current()})


# --- before a request is let in: no middleware has seen it, and no database is asked -------------------------------


def busy(request: HttpRequest) -> HttpResponse:
    """Answer a request for which there is no place: too many wait at its host already."""
    response = _at_the_door(request, "busy.html", status=503)
    response.headers["Retry-After"] = str(SOON)
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer a request that is larger than anything that one can save here."""
    return _at_the_door(request, "too_large.html", status=413)


def full(request: HttpRequest) -> HttpResponse:
    """Answer a request for which the disk has no room."""
    return _at_the_door(request, "disk_full.html", status=507)


def _at_the_door(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
    language = language_of(request)
    page = _page(template, language)
    answer = HttpResponse(page, status=status, headers={"Content-Language": language, "Cache-Control": "no-store"})
    for middleware in OF_EVERY_ANSWER:
        middleware(lambda _request: answer).process_response(request, answer)
    return answer


@cache
def _page(template: str, language: str) -> str:
    """Write a page once: whoever is refused shall cost nothing."""
    with translation.override(language):
        return render_to_string(template)


def is_full(error: BaseException | None) -> bool:
    """Tell whether a disk, ours or the database's, has no room."""
    if isinstance(error, OSError):
        return error.errno in FULL
    return isinstance(error, OperationalError) and getattr(error.__cause__, "sqlstate", "") == FULL_DATABASE
