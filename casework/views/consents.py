"""The consents of a case's client: adding one, and taking one back."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.actions import consents
from casework.forms.consents import ConsentForm, WithdrawConsentForm
from casework.models import Consent
from casework.presenters.consents import title
from casework.queries.cases import case_or_404
from casework.queries.consents import consent_or_404, items_resting_on
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def consent_add(request: PortalRequest, case_number: str) -> HttpResponse:
    """Add a consent; `partner` and `purpose` of the address are what a page found missing."""
    case = case_or_404(request.user, case_number)
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
    return render(request, "casework/consent_add.html", {"case": case, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def consent_withdraw(request: PortalRequest, case_number: str, consent_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number)
    consent = consent_or_404(case, consent_id)
    known = {"on": timezone.localdate(), "version": consent.version}
    form = WithdrawConsentForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            consents.withdraw(case=case, consent=consent, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The consent is taken back."))
            return redirect("case_basics", case.number)
    page = {
        "case": case,
        "consent": consent,
        "title": title(consent),
        "items": items_resting_on(consent),
        "form": form,
    }
    return render(request, "casework/consent_withdraw.html", page)
