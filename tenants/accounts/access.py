"""Which signed-in person may open which view."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, cast

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from tenants.accounts.models import User
from tenants.accounts.permissions import Permission

type View = Callable[..., HttpResponse]


class PortalRequest(HttpRequest):
    """A request of a signed-in person, after the middleware."""

    user: User


class _Marked(Protocol):
    """A view that says to whom it is open; read by what opens views for others, and by tests/rules."""

    permissions: tuple[Permission, ...]
    is_public: bool


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Open the view only to people who have one of the permissions; others get 403. Sign-in itself is by middleware."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(request.user.has(permission) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        cast(_Marked, guarded).permissions = permissions
        return guarded

    return decorate


def public_page(view: View) -> View:
    """Open the view to everybody, signed in or not."""
    cast(_Marked, view).is_public = True
    return login_not_required(view)


def any_role(view: View) -> View:
    """Open the view to every signed-in person."""
    cast(_Marked, view).permissions = ()
    return view
