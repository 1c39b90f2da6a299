"""Taking one consent back."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.cases.queries import case_or_404
from casework.consents.presenters import title
from casework.consents.queries import consent_or_404, items_resting_on
from casework.withdrawals import consents as withdrawn_consents
from casework.withdrawals.forms import WithdrawConsentForm
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def consent_withdraw(request: PortalRequest, case_number: str, consent_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    consent = consent_or_404(case, consent_id)
    known = {"on": timezone.localdate(), "version": consent.version}
    form = WithdrawConsentForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            typed = form.cleaned_data
            withdrawn_consents.withdraw(case=case, consent=consent, **typed, by=request.user, at=timezone.now())
            messages.success(request, _("The consent is taken back."))
            return redirect("case_basics", case.number)
    page = {
        "case": case,
        "consent": consent,
        "title": title(consent),
        "items": items_resting_on(consent),
        "form": form,
    }
    return render(request, "casework/withdrawals/consent_withdraw.html", page)
