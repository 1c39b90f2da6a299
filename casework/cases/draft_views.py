"""Keeping what is typed: the address that the script posts to, throwing a draft away, and its end when it is saved."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casework.cases import drafts
from casework.cases.door import ReasonNeeded
from casework.cases.draft_queries import case_of_place_or_404
from tenants.accounts import sessions
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.autosave import MARK
from tenants.display import clock

type View = Callable[..., HttpResponse]


@require_POST
@requires(Permission.SEE_CASE)
def draft_save(request: PortalRequest) -> JsonResponse:
    """Keep a draft; the script shows the answer. 413: it is too long; 409: the case is somebody else's."""
    place, now = request.POST.get("place", ""), timezone.now()
    try:
        case = case_of_place_or_404(request.user, place, on=timezone.localdate())
        drafts.save(place=place, case=case, content=request.POST.get("content", ""), by=request.user, at=now)
    except drafts.TooLongToKeep:
        return JsonResponse({}, status=413)
    except ReasonNeeded:  # a script cannot follow to the page that asks
        return JsonResponse({}, status=409)
    text = _("Draft kept %(clock)s. It is not saved yet.") % {"clock": clock(now)}
    return JsonResponse({"text": text, "left": sessions.clock(request).left})


@require_POST
@requires(Permission.SEE_CASE)
def draft_throw_away(request: PortalRequest) -> HttpResponse:
    place = request.POST.get("place", "")
    case_of_place_or_404(request.user, place, on=timezone.localdate())
    drafts.throw_away(place=place, by=request.user)
    messages.success(request, _("The draft was deleted."))
    return redirect(place)


def ending_draft(view: View) -> View:
    """Set around every view: a form that was saved (its answer leads on) ends the draft of its path."""

    @wraps(view)
    def ended(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 302 and MARK in request.POST:
            drafts.throw_away(place=request.path, by=request.user)  # type: ignore[arg-type]  # a signed-in person
        return response

    return ended
