"""The end of a case: closing it with a word about everything that is open, and what becomes of that later."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.cases.form_pages import below_case
from casework.cases.open_ends import open_ends, unsaid_ends
from casework.cases.queries import case_or_404
from casework.endings import actions as endings
from casework.endings.forms import ChangeEndForm, CloseCaseForm, SettleForm
from casework.endings.presenters import holder, title
from casework.endings.queries import settled_or_404
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def case_close(request: PortalRequest, case_number: str) -> HttpResponse:
    found = case_or_404(request.user, case_number, on=timezone.localdate())
    if not found.is_open:
        return redirect("case_basics", found.number)
    today = timezone.localdate()
    ends = open_ends(found, on=today)
    shown = {"outcome": found.direction, "closed_on": today, "version": found.version}
    form = CloseCaseForm(request.POST or None, ends=ends, initial=shown)
    page = below_case(
        found,
        title=_("Close the case"),
        submit=_("Close the case"),
        template="casework/endings/case_close.html",
        values={"ends": ends},
    )
    act = partial(endings.close, case=found)
    then = reverse("case_basics", args=[found.number]) if ends else found
    return form_page(request, form, act, page=page, done=_("The case is closed."), then=then)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def closing_ends(request: PortalRequest, case_number: str) -> HttpResponse:
    """Say of a closed case what becomes of what is open in it and was not said of when it was closed."""
    found = case_or_404(request.user, case_number, on=timezone.localdate())
    if found.is_open:
        return redirect("case_close", found.number)
    ends = unsaid_ends(found, on=timezone.localdate())
    form = SettleForm(request.POST or None, ends=ends, initial={"version": found.version})
    page = below_case(
        found,
        title=_("What is still open"),
        submit=_("Save"),
        cancel=reverse("case_basics", args=[found.number]),
        template="casework/endings/closing_ends.html",
        values={"ends": ends},
    )
    then = reverse("case_basics", args=[found.number])
    act = partial(endings.settle_later, case=found)
    return form_page(request, form, act, page=page, done=_("It is written down."), then=then)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def end_change(request: PortalRequest, case_number: str, end_id: uuid.UUID) -> HttpResponse:
    """Hand one open end of a closed case on, take it up again, or end it."""
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    found = settled_or_404(case, end_id)
    end = found.end
    if not end.is_current:
        return redirect("case_basics", case.number)
    shown = {"to": end.keeper_id if end.holder == end.Holder.COLLEAGUE else end.holder, "reason": end.reason}
    form = ChangeEndForm(request.POST or None, end=end, initial={**shown, "version": end.version})
    basics_url = reverse("case_basics", args=[case.number])
    page = below_case(
        case,
        title=_("Who has it from now on?"),
        submit=_("Save"),
        cancel=basics_url,
        intro=[title(found.about), _("Now: %(holder)s") % {"holder": holder(end)}],
    )
    act = partial(endings.change, end=end)
    return form_page(request, form, act, page=page, done=_("It is written down."), then=basics_url)
