"""A worker's private calendar address: the page about it, and what calendar programs read there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casework.law.calendar_files import CONTENT_TYPE
from casework.law.calendar_files import calendar_file as written
from casework.visits import feed_queries as calendar_feeds
from casework.visits import feeds as actions
from casework.visits.presenters import events_of
from tenants.accounts.access import PortalRequest, public_page, requires
from tenants.accounts.permissions import Permission
from tenants.hosts import address_of
from tenants.scope import active_municipality


@require_safe
@requires(Permission.SEE_CASE)
def calendar_feed(request: PortalRequest) -> HttpResponse:
    feed = calendar_feeds.feed_of(request.user)
    return render(request, "casework/visits/calendar_feed.html", {"feed": feed})


@require_POST
@requires(Permission.SEE_CASE)
def calendar_feed_make(request: PortalRequest) -> HttpResponse:
    """Answer with the new address, the one time it is shown."""
    secret = actions.make(user=request.user, at=timezone.now())
    address = address_of(active_municipality(), reverse("calendar_file", args=[secret]))
    page = {"feed": calendar_feeds.feed_of(request.user), "address": address}
    return render(request, "casework/visits/calendar_feed.html", page)


@require_POST
@requires(Permission.SEE_CASE)
def calendar_feed_stop(request: PortalRequest) -> HttpResponse:
    actions.stop(user=request.user)
    messages.success(request, _("The calendar address no longer answers."))
    return redirect("calendar_feed")


@public_page
@require_safe
def calendar_file(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer a calendar program that knows the address. Anything else is 404, whatever the cause."""
    feed = calendar_feeds.read(secret, today=timezone.localdate())
    with translation.override(feed.user.language):
        content = written(events_of(feed), name="Suunta")
    headers = {
        "Cache-Control": "no-store, private",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
        "Content-Disposition": 'attachment; filename="suunta.ics"',
    }
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)
