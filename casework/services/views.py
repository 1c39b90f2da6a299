"""The services of a case: what was done and how long it took."""

import uuid
from functools import partial

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.cases.correcting import TakeBackForm, correction_page, known, take_back_page
from casework.cases.form_pages import below_case
from casework.cases.head import head
from casework.cases.queries import case_in_view_or_404, case_or_404
from casework.services import actions as service_entries
from casework.services.forms import CorrectServiceEntryForm, ServiceEntryForm
from casework.services.queries import entries_of, entry_or_404, minutes_logged
from casework.services.rows import rows
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page

ON_A_PAGE = 50


@require_safe
@requires(Permission.SEE_CASE)
def case_services(request: PortalRequest, case_number: str) -> HttpResponse:
    seen = case_in_view_or_404(request.user, case_number, on=timezone.localdate())
    case = seen.case
    page = Paginator(entries_of(case), ON_A_PAGE).get_page(request.GET.get("page"))
    content = {
        "case": case,
        "head": head(seen, user=request.user, today=timezone.localdate()),
        "page": page,
        "rows": rows(page.object_list),
        "minutes": minutes_logged(case),
    }
    return render(request, "casework/services/case_services.html", content)


@require_http_methods(["GET", "POST"])
@requires(Permission.LOG_SERVICE)
def service_entry_add(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    form = ServiceEntryForm(request.POST or None, initial={"on": timezone.localdate(), "is_billable": True})
    return form_page(
        request,
        form,
        partial(service_entries.log, case=case),
        page=below_case(case, title=_("Log a service"), submit=_("Save")),
        done=_("The service is logged."),
        then=reverse("case_services", args=[case.number]),
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.LOG_SERVICE)
def service_entry_correct(request: PortalRequest, case_number: str, service_entry_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    entry = entry_or_404(case, service_entry_id)
    services_url = reverse("case_services", args=[case.number])
    page = correction_page(
        case,
        entry,
        title=_("Correct a service"),
        cancel=services_url,
        remove_url=reverse("service_entry_remove", args=[case.number, entry.pk]),
    )
    form = CorrectServiceEntryForm(request.POST or None, initial=known(entry))
    act = partial(service_entries.correct, entry=entry)
    done = _("The service is corrected. What was logged first stays in the history.")
    return form_page(request, form, act, page=page, done=done, then=services_url)


@require_http_methods(["GET", "POST"])
@requires(Permission.LOG_SERVICE)
def service_entry_remove(request: PortalRequest, case_number: str, service_entry_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    entry = entry_or_404(case, service_entry_id)
    services_url = reverse("case_services", args=[case.number])
    page = take_back_page(case, entry, title=_("Take back a service"), cancel=services_url)
    form = TakeBackForm(request.POST or None, initial={"version": entry.version})
    act = partial(service_entries.take_back, entry=entry)
    done = _("The service is taken back. It stays in the history.")
    return form_page(request, form, act, page=page, done=done, then=services_url)
