"""The consents of a case's client: adding one, the paper for several, and what was ticked on it.

Taking one back is in withdrawn_consents.
"""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from casework.cases import signers
from casework.cases.form_pages import below_case
from casework.cases.queries import case_or_404, check_lives
from casework.consents import actions as consents
from casework.consents import paper as papers
from casework.consents import signed_papers
from casework.consents.forms import ConsentForm
from casework.consents.signed_forms import SignedPaperForm
from casework.documents.downloads import download
from casework.law.representing import Matter
from casework.models import Consent
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.files import Kind
from tenants.form_pages import form_page
from tenants.printing import report_pdf

PRINTED = "consent.printed"  # in the access log


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


@require_safe
@requires(Permission.WORK_CASE)
def consent_paper(request: PortalRequest, case_number: str) -> HttpResponse:
    """Print the paper on which the client ticks and signs, in the client's language or the one that is asked for."""
    case = case_or_404(request.user, case_number, on=timezone.localdate(), action=PRINTED)
    check_lives(case)
    on = timezone.localdate()
    if doubtful := signers.question(request, case, matter=Matter.CONSENT, on=on):
        return doubtful
    language = papers.language_of(case, request.GET.get("language", ""))
    signer = signers.signer_asked(request, case, matter=Matter.CONSENT, on=on)
    paper = papers.paper(case, language=language, on=on, signer=signer)
    return download(report_pdf(paper), Kind.PDF, papers.file_name(case, on=paper.on))


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def consent_record(request: PortalRequest, case_number: str) -> HttpResponse:
    """Write down everything that was ticked on a signed paper at once."""
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    initial = {"signed_on": timezone.localdate()}
    form = SignedPaperForm(request.POST or None, request.FILES or None, case=case, initial=initial)
    basics_url = reverse("case_basics", args=[case.number])
    page = below_case(
        case,
        title=_("Write down a signed paper"),
        submit=_("Save what was ticked"),
        cancel=basics_url,
        intro=_("Tick here what the client ticked. Each becomes a consent of its own, which can be taken back alone."),
    )
    act = partial(signed_papers.record, case=case)
    return form_page(request, form, act, page=page, done=_recorded, then=basics_url)


def _recorded(written: list[Consent]) -> str:
    if not written:
        return _("The power of attorney is saved.")
    text = ngettext("%(number)d consent is saved.", "%(number)d consents are saved.", len(written))
    return text % {"number": len(written)}
