"""Handing over documents of a case, and the list of what was handed over."""

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
from casework.consents import disclosures
from casework.consents import presenters as presented
from casework.consents.forms import CorrectDisclosureForm, DisclosureForm
from casework.consents.queries import disclosure_or_404, disclosures_of, valid_of
from casework.documents.presenters import document_title
from casework.documents.queries import document_or_404
from casework.models import Disclosure
from casework.models.consent import Purpose
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page

ON_A_PAGE = 50


@require_safe
@requires(Permission.SEE_CASE)
def case_disclosures(request: PortalRequest, case_number: str) -> HttpResponse:
    seen = case_in_view_or_404(request.user, case_number, on=timezone.localdate())
    case = seen.case
    page = Paginator(disclosures_of(case), ON_A_PAGE).get_page(request.GET.get("page"))
    content = {
        "case": case,
        "head": head(seen, user=request.user, today=timezone.localdate()),
        "page": page,
        "rows": presented.disclosure_rows(page),
    }
    return render(request, "casework/consents/case_disclosures.html", content)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def disclosure_new(request: PortalRequest, case_number: str, document_id: uuid.UUID) -> HttpResponse:
    document = document_or_404(request.user, case_number, document_id, on=timezone.localdate(), action="case.seen")
    today = timezone.localdate()
    form = DisclosureForm(request.POST or None, initial={"on": today, "ground": Disclosure.Basis.CONSENT})
    valid = valid_of(document.case, today, purpose=Purpose.HAND_OVER)
    page = below_case(
        document.case,
        title=_("Hand over a document"),
        submit=_("Write down that it was handed over"),
        cancel=reverse("case_documents", args=[case_number]),
        template="casework/consents/disclosure_new.html",
        values={
            "document": document,
            "title": document_title(document),
            "consents": presented.consent_rows(valid, today=today),
            "hand_over": Purpose.HAND_OVER.value,
        },
    )
    done = _("Written down: the document was handed over.")
    then = reverse("case_disclosures", args=[case_number])
    return form_page(request, form, partial(disclosures.hand_over, document=document), page=page, done=done, then=then)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def disclosure_correct(request: PortalRequest, case_number: str, disclosure_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    found = disclosure_or_404(case, disclosure_id)
    here = reverse("case_disclosures", args=[case_number])
    remove_url = reverse("disclosure_remove", args=[case_number, found.pk])
    page = correction_page(case, found, title=_("Correct what was handed over"), cancel=here, remove_url=remove_url)
    form = CorrectDisclosureForm(request.POST or None, initial=known(found) | {"ground": found.ground})
    act = partial(disclosures.correct, disclosure=found)
    done = _("What was handed over is corrected. What was written first stays in the history.")
    return form_page(request, form, act, page=page, done=done, then=here)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def disclosure_remove(request: PortalRequest, case_number: str, disclosure_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    found = disclosure_or_404(case, disclosure_id)
    here = reverse("case_disclosures", args=[case_number])
    page = take_back_page(case, found, title=_("The document was not handed over"), cancel=here)
    form = TakeBackForm(request.POST or None, initial={"version": found.version})
    act = partial(disclosures.take_back, disclosure=found)
    done = _("What was handed over is taken off. It stays in the history.")
    return form_page(request, form, act, page=page, done=done, then=here)
