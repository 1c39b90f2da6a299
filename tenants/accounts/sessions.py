"""How long a session lives and where: ten hours at most, in the municipality it was begun in, until it is ended.

Its row is sealed: while a second step or a new password is set up, allauth keeps in it what would open the account.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash, user_logged_in
from django.contrib.sessions.models import Session
from django.core.signing import JSONSerializer
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tenants import encryption
from tenants.accounts.models import User
from tenants.database.current import connection

SEALED_AS = "session"
SCHEMA = "schema"
BEGAN = "began"
SEEN = "seen"


@dataclass(frozen=True, kw_only=True)
class SessionClock:
    """Seconds: until this session ends if nothing more happens, how long idleness may last, when to warn."""

    left: int
    idle: int
    warning: int


class SealedSerializer(JSONSerializer):
    """Seals what a session holds with the key of the place it is of (settings.SESSION_SERIALIZER).

    What cannot be opened there is an empty session: its person signs in again.
    """

    def dumps(self, values: dict[str, Any]) -> bytes:
        return encryption.seal_text(super().dumps(values).decode("latin-1"), purpose=SEALED_AS).encode()

    def loads(self, content: bytes) -> dict[str, Any]:
        opened: dict[str, Any] = super().loads(encryption.open_text(content.decode(), purpose=SEALED_AS).encode())
        return opened


class SessionGuardMiddleware:
    """Ends a session that is too old or was begun elsewhere; pages of signed-in people are never cached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_signed_in = request.user.is_authenticated
        if is_signed_in and not _is_sound(request):
            logout(request)
        elif is_signed_in:
            _note(request)
        response = self.get_response(request)
        if is_signed_in:
            response.headers["Cache-Control"] = "no-store"
        return response


def clock(request: HttpRequest) -> SessionClock:
    """Tell when the session of a signed-in person ends. This request itself begins the idle time anew.

    Its row lives as much longer as may pass until a request is noted: it never ends before it is told.
    """
    idle: int = settings.SESSION_IDLE_SECONDS
    left = int(request.session.get(BEGAN, 0) + settings.SESSION_LONGEST_SECONDS - _now())
    return SessionClock(left=min(idle, left), idle=idle, warning=settings.SESSION_WARNING_SECONDS)


@receiver(user_logged_in)
def begin(request: HttpRequest, **_: Any) -> None:
    """Note where and when the session began. A signal because allauth signs people in; no business hangs on it."""
    request.session[SCHEMA] = connection.schema_name
    request.session[BEGAN] = int(_now())


def end_all(user: User) -> None:
    """End every session of a person: a session is bound to the mark (User._get_session_auth_hash)."""
    user.session_mark = uuid.uuid4()
    user.save(update_fields=["session_mark"])


def end_others(request: HttpRequest, user: User) -> None:
    """End every session of the person who is signed in but this one, which gets a new key."""
    end_all(user)
    update_session_auth_hash(request, user)


def forget_ended(*, at: datetime) -> int:
    """Delete the rows of sessions whose time is over, of the side one is on; answer how many."""
    return Session.objects.filter(expire_date__lt=at).delete()[0]


def _is_sound(request: HttpRequest) -> bool:
    session = request.session
    is_here = session.get(SCHEMA) == connection.schema_name
    return is_here and _now() - session.get(BEGAN, 0) < settings.SESSION_LONGEST_SECONDS


def _note(request: HttpRequest) -> None:
    """Write down that the person is there, unless that was done a moment ago: reading a page is no writing."""
    now = _now()
    if not 0 <= now - request.session.get(SEEN, 0) < settings.SESSION_NOTED_SECONDS:
        request.session[SEEN] = int(now)


def _now() -> float:
    """Read the clock at the edge of a request, in seconds as the session keeps them."""
    return timezone.now().timestamp()
