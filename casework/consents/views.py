"""The consents of a case's client: adding one. Taking one back is in withdrawn_consents."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.cases.queries import case_or_404
from casework.consents import actions as consents
from casework.consents.forms import ConsentForm
from casework.models import Consent
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def consent_add(request: PortalRequest, case_number: str) -> HttpResponse:
    """Add a consent; `partner` and `purpose` of the address are what a page found missing."""
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    known = {
        "partner": request.GET.get("partner", ""),
        "purpose": request.GET.get("purpose", ""),
        "way": Consent.Way.WRITTEN,
        "given_on": timezone.localdate(),
    }
    form = ConsentForm(request.POST or None, case=case, initial=known)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            consents.add(case=case, details=form.details, by=request.user, at=timezone.now())
            messages.success(request, _("The consent is saved."))
            return redirect("case_basics", case.number)
    return render(request, "casework/consents/consent_add.html", {"case": case, "form": form})
