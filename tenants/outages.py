"""What a person sees when something that we stand on is away: a sentence that says so, and asks to look."""

import errno
import sys

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

from tenants import updating

FULL = {errno.ENOSPC, errno.EDQUOT}
FULL_DATABASE = "53100"  # PostgreSQL's own word for a full disk
SOON = 10  # seconds after which asking again makes sense


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an error that nobody caught (handler500 of both sides): with its cause where it passes by itself."""
    error = sys.exception()
    if is_full(error):
        return HttpResponse(render_to_string("disk_full.html"), status=507)
    if isinstance(error, DatabaseError) and updating.is_behind(getattr(request, "municipality", None)):
        return updating.being_updated()
    if isinstance(error, OperationalError | InterfaceError):
        return HttpResponse(render_to_string("database_away.html"), status=503, headers={"Retry-After": str(SOON)})
    return defaults.server_error(request)


def is_full(error: BaseException | None) -> bool:
    """Tell whether a disk, ours or the database's, has no room."""
    if isinstance(error, OSError):
        return error.errno in FULL
    return isinstance(error, OperationalError) and getattr(error.__cause__, "sqlstate", "") == FULL_DATABASE
