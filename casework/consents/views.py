"""The consents of a case's client: adding one. Taking one back is in withdrawn_consents."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.cases.form_pages import below_case
from casework.cases.queries import case_or_404
from casework.consents import actions as consents
from casework.consents.forms import ConsentForm
from casework.models import Consent
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page


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
    basics_url = reverse("case_basics", args=[case.number])
    page = below_case(
        case,
        title=_("Add a consent"),
        submit=_("Save the consent"),
        cancel=basics_url,
        intro=_(
            "One consent for each partner and purpose. "
            "The client may take it back at any time. That does not affect what was done on it before."
        ),
    )
    act = partial(consents.add, case=case)
    return form_page(request, form, act, page=page, done=_("The consent is saved."), then=basics_url)
