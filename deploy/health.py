"""The page that load balancers ask: does this process reach what it needs?"""

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


@public_page
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Answer ok, or 503 and the names of what does not answer.

    A public schema that is behind is 503: this process cannot work. A municipality's is 503 at its own addresses and
    named here; the others are well, so a load balancer may not take the process away from them. Nor may it when work
    waits for a worker, which is said here for whoever watches.
    """
    asked = {"database": _database_answers, "broker": _broker_answers}
    silent = [name for name, answers in asked.items() if not answers()]
    if silent:
        return _say(f"no answer: {', '.join(silent)}", status=503)
    if schema_versions.is_public_behind():
        return _say("being updated", status=503)
    updated = [f"being updated: {schema}" for schema in schema_versions.behind()]
    return _say("\n".join(["ok", *updated, *_late_work()]), status=200)


def _say(text: str, *, status: int) -> HttpResponse:
    return HttpResponse(f"{text}\n", content_type="text/plain", status=status)


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


def _broker_answers() -> bool:
    times = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
    try:
        with redis.Redis.from_url(settings.CELERY_BROKER_URL, **times) as broker:
            return bool(broker.ping())
    except redis.RedisError:
        return False
