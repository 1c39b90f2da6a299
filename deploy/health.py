"""What those ask who watch processes: is it alive, can it work, and what of all is late?

`/health/live` and `/health/ready` answer at every host name and address, since who asks knows a process and no
municipality; they say nothing about one. `/health/` is a page of the console for whoever runs the service.
"""

from collections.abc import Callable
from datetime import timedelta

import redis
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tenants import due, schema_versions
from tenants.accounts.access import public_page
from tenants.scope import in_console

PATIENCE = 2  # seconds to wait for the broker
MINUTE = timedelta(minutes=1)
LIVE, READY = "/health/live", "/health/ready"


class HealthMiddleware:
    """Answers the two addresses before anybody's host is asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = {LIVE: live, READY: ready}.get(request.path_info, self.get_response)
        return answer(request)


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """Answer that this process takes requests. Nothing else is asked: a new process would not help what is away."""
    return _say("ok", status=200)


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Answer whether pages can be shown: the database answers, and its public schema has what this code knows."""
    try:
        with in_console():
            is_behind = schema_versions.is_public_behind()
    except DatabaseError:
        return _say("no answer: database", status=503)
    return _say("being updated", status=503) if is_behind else _say("ok", status=200)


@public_page
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Answer ok, or 503 and the names of what does not answer.

    A public schema that is behind is 503: this process cannot work. A municipality's is 503 at its own addresses and
    named here; the others are well, so a load balancer may not take the process away from them. Nor may it when work
    waits for a worker, which is said here for whoever watches.
    """
    asked = {"database": _database_answers, "broker": broker_answers}
    silent = [name for name, answers in asked.items() if not answers()]
    if silent:
        return _say(f"no answer: {', '.join(silent)}", status=503)
    if schema_versions.is_public_behind():
        return _say("being updated", status=503)
    updated = [f"being updated: {schema}" for schema in schema_versions.behind()]
    return _say("\n".join(["ok", *updated, *_late_work()]), status=200)


def _say(text: str, *, status: int) -> HttpResponse:
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)


def _late_work() -> list[str]:
    now = timezone.now()
    with in_console():
        late = due.late(at=now)
    return [f"late: {kind} for {(now - since) // MINUTE} minutes" for kind, since in late.items()]


def _database_answers() -> bool:
    try:
        with in_console():  # asks the database who and where we are
            return True
    except DatabaseError:
        return False


def broker_answers() -> bool:
    """Tell whether Redis or Valkey is there."""
    times = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
    try:
        with redis.Redis.from_url(settings.CELERY_BROKER_URL, **times) as broker:
            return bool(broker.ping())
    except redis.RedisError:
        return False
