"""The letter to who referred the client: looked at as it will be, then sent and kept."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework.cases.form_pages import below_case
from casework.cases.queries import case_or_404
from casework.consents.presenters import consent_rows
from casework.consents.queries import valid_of
from casework.documents.downloads import download
from casework.documents.word import report_docx
from casework.feedback import actions as feedbacks
from casework.feedback.forms import FeedbackForm
from casework.feedback.paper import LANGUAGES, file_name, paper
from casework.feedback.queries import referral_of
from casework.models import Case
from casework.models.consent import Purpose
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.files import Kind
from tenants.form_pages import FormPage, form_page
from tenants.printing import report_pdf

FORM_ID = "feedback"
PRINTED = "feedback.printed"  # in the access log


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def feedback_new(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    form = FeedbackForm(request.POST or None, initial=_initial(case))
    page = _page(case)
    done = _("The letter is kept among the documents, and its handing over is written down.")
    return form_page(request, form, partial(feedbacks.send, case=case), page=page, done=done, then=page.cancel)


@require_POST
@requires(Permission.WORK_CASE)
def feedback_print(request: PortalRequest, case_number: str) -> HttpResponse:
    """Print the letter as it would be sent; nothing is saved. What it may not tell comes back with the form."""
    case = case_or_404(request.user, case_number, on=timezone.localdate(), action=PRINTED)
    form = FeedbackForm(request.POST, initial=_initial(case))
    if form.is_valid():
        with form.refusals():
            return _printed(case, form, is_word="word" in request.POST)
    page = _page(case)
    return render(request, page.template, {**page.values, "page": page, "form": form})


def _printed(case: Case, form: FeedbackForm, *, is_word: bool) -> HttpResponse:
    on = form.cleaned_data["on"]
    # What is printed now goes out today at the earliest, whichever day is typed.
    referral = feedbacks.check(case, form.feedback, on=max(on, timezone.localdate()))
    letter = paper(case, referral, form.feedback, on=on)
    if is_word:
        return download(report_docx(letter), Kind.DOCX, file_name(case, "docx", on=on))
    return download(report_pdf(letter), Kind.PDF, file_name(case, "pdf", on=on))


def _initial(case: Case) -> dict[str, object]:
    language = case.client.language if case.client.language in LANGUAGES else "fi"
    return {"recipient": referral_of(case).referrer, "language": language, "on": timezone.localdate()}


def _page(case: Case) -> FormPage:
    today, partner = timezone.localdate(), feedbacks.partner_of(referral_of(case))
    consents = [one for one in valid_of(case, today, purpose=Purpose.HAND_OVER) if one.partner == partner]
    values = {
        "form_id": FORM_ID,
        "partner": partner,
        "consents": consent_rows(consents, today=today),
        "hand_over": Purpose.HAND_OVER.value,
    }
    return below_case(
        case,
        title=_("Feedback to who referred the client"),
        submit=_("Save that it was sent"),
        cancel=reverse("case_disclosures", args=[case.number]),
        form_id=FORM_ID,
        template="casework/feedback/feedback_new.html",
        values=values,
    )
