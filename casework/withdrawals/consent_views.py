"""Taking one consent back, and correcting one that was recorded wrong."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.cases.correcting import TakeBackForm, correction_page, take_back_page
from casework.cases.correcting import known as known_of
from casework.cases.form_pages import below_case
from casework.cases.queries import case_or_404
from casework.consents.presenters import title
from casework.consents.queries import consent_or_404, items_resting_on
from casework.withdrawals import consents as withdrawn_consents
from casework.withdrawals.forms import CorrectConsentForm, WithdrawConsentForm
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def consent_withdraw(request: PortalRequest, case_number: str, consent_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    consent = consent_or_404(case, consent_id)
    known = {"on": timezone.localdate(), "version": consent.version}
    form = WithdrawConsentForm(request.POST or None, initial=known)
    basics_url = reverse("case_basics", args=[case.number])
    page = below_case(
        case,
        title=_("Take the consent back"),
        submit=_("Take the consent back"),
        cancel=basics_url,
        tone="danger",
        template="casework/withdrawals/consent_withdraw.html",
        values={"consent": consent, "title": title(consent), "items": items_resting_on(consent)},
    )
    act = partial(withdrawn_consents.withdraw, case=case, consent=consent)
    return form_page(request, form, act, page=page, done=_("The consent is taken back."), then=basics_url)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def consent_correct(request: PortalRequest, case_number: str, consent_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    consent = consent_or_404(case, consent_id)
    form = CorrectConsentForm(request.POST or None, case=case, consent=consent, initial=known_of(consent))
    basics_url = reverse("case_basics", args=[case.number])
    remove_url = reverse("consent_remove", args=[case.number, consent.pk])
    page = correction_page(case, consent, title=_("Correct a consent"), cancel=basics_url, remove_url=remove_url)
    act = partial(withdrawn_consents.correct, case=case, consent=consent)
    done = _("The consent is corrected. What was written first stays in the history.")
    return form_page(request, form, act, page=page, done=done, then=basics_url)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def consent_remove(request: PortalRequest, case_number: str, consent_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    consent = consent_or_404(case, consent_id)
    basics_url = reverse("case_basics", args=[case.number])
    page = take_back_page(case, consent, title=_("Take off a consent that was never given"), cancel=basics_url)
    form = TakeBackForm(request.POST or None, initial={"version": consent.version})
    act = partial(withdrawn_consents.take_back, case=case, consent=consent)
    done = _("The consent is taken off. It stays in the history.")
    return form_page(request, form, act, page=page, done=done, then=basics_url)
