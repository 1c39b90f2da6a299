"""Pages for everybody, signed in or not: the language switch, the accessibility statement, privacy, help."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tenants.accounts import languages, sessions
from tenants.accounts.access import PortalRequest, any_role, public_page
from tenants.requests import path_here

STATEMENT_MADE_ON = date(2026, 11, 22)


@public_page
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language of this browser, and of the person when signed in; then back to the page one was on."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        languages.choose(request.user, chosen)
    response = redirect(path_here(request.POST.get("next", "")) or "/")
    languages.remember(response, chosen)
    return response


@any_role
@require_safe
def session(request: PortalRequest) -> JsonResponse:
    """Keep the session alive and tell a page how long it lasts now, whose it is, and the token that its forms need."""
    left = sessions.clock(request).left
    return JsonResponse({"left": left, "who": str(request.user.pk), "token": get_token(request)})


@public_page
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that act 306/2019 § 9 asks for."""
    return _page(request, "accounts/accessibility.html")


@public_page
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, "accounts/privacy.html")


@public_page
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return _page(request, "accounts/help.html")


def _page(request: HttpRequest, template: str) -> HttpResponse:
    context = {"support_email": settings.SUPPORT_EMAIL, "made_on": STATEMENT_MADE_ON, "longest_idle": _minutes_idle()}
    return render(request, template, context)


def _minutes_idle() -> int:
    return int(settings.SESSION_IDLE_SECONDS // 60)
