"""The outbox as an operator sees it: what waits, what failed, what is unclear. Addresses and states, never a text."""

from contextlib import AbstractContextManager
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.console import queries
from tenants.mail import delivery
from tenants.mail.models import OutgoingEmail
from tenants.scope import active_municipalities, in_console, in_municipality

CONSOLE = "console"
DECISIONS = {"sent": delivery.decide_sent, "resend": delivery.decide_resend}


@require_safe
@requires(Permission.SEE_MAIL)
def mail_list(request: PortalRequest) -> HttpResponse:
    """The mails of one place, the console's own or a municipality's: one schema a request."""
    place = request.GET.get("place", CONSOLE)
    state = request.GET.get("state", "")
    places = sorted(active_municipalities(), key=lambda one: one.sort_key)
    with _at(place):
        page = Paginator(queries.mails(state), 50).get_page(request.GET.get("page"))
        page.object_list = list(page.object_list)
        counts = queries.mails_by_state()
    values = {
        "page": page,
        "place": place,
        "places": places,
        "state": state,
        "states": [(value, label, counts.get(value, 0)) for value, label in OutgoingEmail.State.choices],
        "may_decide": request.user.has(Permission.RESOLVE_MAIL),
    }
    return render(request, "console/mail_list.html", values)


@require_POST
@requires(Permission.RESOLVE_MAIL)
def mail_decide(request: PortalRequest, place: str, mail_id: str) -> HttpResponse:
    """Say of an unclear mail that it arrived, or have it sent again."""
    decide = DECISIONS.get(request.POST.get("decision", ""))
    if decide is None:
        raise Http404
    with _at(place):
        version = request.POST.get("version", "")
        decide(mail=queries.mail_or_404(mail_id), version=version, by=request.user, at=timezone.now())
    messages.success(request, _("Your choice was saved."))
    return redirect(f"{reverse('mail_list')}?{urlencode({'place': place})}")


def _at(place: str) -> AbstractContextManager[object]:
    """Enter the console's own outbox, or that of a municipality; an unknown one is a 404."""
    if place == CONSOLE:
        return in_console()
    return in_municipality(queries.active_municipality_or_404(place))
