"""The services of a case: what was done and how long it took."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework.cases.head import head
from casework.cases.queries import case_or_404
from casework.services import actions as service_entries
from casework.services.forms import ServiceEntryForm
from casework.services.queries import entries_of, minutes_logged
from casework.services.rows import rows
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission

ON_A_PAGE = 50


@require_GET
@requires(Permission.SEE_CASE)
def case_services(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    page = Paginator(entries_of(case), ON_A_PAGE).get_page(request.GET.get("page"))
    content = {
        "case": case,
        "head": head(case, user=request.user, today=timezone.localdate()),
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
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            service_entries.log(case=case, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The service is logged."))
            return redirect("case_services", case.number)
    return render(request, "casework/services/service_entry_add.html", {"case": case, "form": form})
