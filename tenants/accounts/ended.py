"""What is sent after a session has ended is not lost: the person gets their words back on a page. Nothing is stored."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from tenants.autosave import MARK
from tenants.once.sending import FIELD as ONCE

type View = Callable[..., HttpResponse]
type Words = list[tuple[str, str]]

TOKEN = "csrfmiddlewaretoken"  # noqa: S105  # the name of a field
NOT_TYPED = {TOKEN, MARK, ONCE, "version", "next", "place"}


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends who is not signed in to sign in; a script gets 401, and who sent a filled form gets a page with it."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({}, status=401)
        if _is_filled_form(request, view_func):
            return _words_back(request, status=401)
        return super().handle_no_permission(request, view_func)


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is not this browser's (any more): pages from before a new sign-in have another.

    The words are shown only when the browser itself says that the form came from a page of this host: another site
    must not choose what stands here.
    """
    if _is_from_here(request) and _is_filled_form(request, _view_of(request)):
        return _words_back(request, status=403)
    message = _("This page is out of date. Open it again and try once more.")
    return render(request, "409.html", {"reason": message}, status=403)


def _words_back(request: HttpRequest, *, status: int) -> HttpResponse:
    fields = [(name, value) for name in request.POST for value in request.POST.getlist(name) if name != TOKEN]
    typed = [value for name, value in fields if name not in NOT_TYPED and value.strip()]
    page = {
        "fields": fields,
        "words": [value for value in typed if len(value.split()) > 1] or typed,
        "has_files": (request.content_type or "").startswith("multipart/"),
        "is_signed_in": request.user.is_authenticated,
    }
    response = render(request, "accounts/words_back.html", page, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_filled_form(request: HttpRequest, view: View | None) -> bool:
    """Tell whether words were sent to a form of ours: allauth's hold passwords, public ones need no sign-in."""
    if request.method != "POST" or view is None or _is_of_allauth(view) or not getattr(view, "login_required", True):
        return False
    return any(request.POST[name].strip() for name in request.POST if name not in NOT_TYPED)


def _is_of_allauth(view: View) -> bool:
    return view.__module__.startswith("allauth.")


def _is_from_here(request: HttpRequest) -> bool:
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _view_of(request: HttpRequest) -> View | None:
    try:
        found: Any = resolve(request.path_info, getattr(request, "urlconf", None)).func
    except Resolver404:
        return None
    return found  # type: ignore[no-any-return]
