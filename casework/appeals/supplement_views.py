"""Letters that follow an appeal: written, printed, sent with their proof, corrected, taken back."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.appeals import supplement_letter as letters
from casework.appeals import supplements
from casework.appeals.form_pages import below_appeal
from casework.appeals.queries import supplement_or_404, usual_signer
from casework.appeals.supplement_forms import (
    CorrectSupplementForm,
    EditSupplementForm,
    SendSupplementForm,
    SupplementForm,
)
from casework.applications import queries
from casework.cases.correcting import TakeBackForm, correction_page, known, take_back_page
from casework.documents.downloads import download
from casework.documents.word import report_docx
from casework.law.placeholders import reminders
from casework.models import AppealSupplement
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.files import Kind
from tenants.form_pages import form_page
from tenants.printing import missing_letters, report_pdf

PRINTED = "supplement.printed"  # in the access log


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_supplement_new(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    if found.filed_on is None:
        return redirect(found)
    today = timezone.localdate()
    form = SupplementForm(request.POST or None, appeal=found, today=today, signer=usual_signer(found, on=today))
    page = below_appeal(
        found,
        today=timezone.localdate(),
        title=_("Write a letter"),
        submit=_("Save the letter"),
        autosave=True,
    )
    act = partial(supplements.write, appeal=found)
    return form_page(
        request, form, act, page=page, done=_("The letter is saved. Print it, and write down that it went."), then=found
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_supplement_edit(request: PortalRequest, case_number: str, supplement_id: uuid.UUID) -> HttpResponse:
    found = _supplement(request, case_number, supplement_id)
    if found.is_sent:
        return redirect(found.appeal)
    initial = known(found) | {"attachments": letters.attachments_of(found)}
    today, signer = timezone.localdate(), found.representation
    form = EditSupplementForm(request.POST or None, appeal=found.appeal, today=today, signer=signer, initial=initial)
    page = below_appeal(
        found.appeal, today=timezone.localdate(), title=_("Edit the letter"), submit=_("Save the letter"), autosave=True
    )
    act = partial(supplements.edit, supplement=found)
    return form_page(request, form, act, page=page, done=_("The letter is saved."), then=found.appeal)


@require_safe
@requires(Permission.SEE_CASE)
def appeal_supplement_pdf(request: PortalRequest, case_number: str, supplement_id: uuid.UUID) -> HttpResponse:
    """Print a draft; of a letter that went, the document that was kept."""
    found = _supplement(request, case_number, supplement_id, action=PRINTED)
    if found.document_id:
        return redirect("document", case_number, found.document_id)
    paper = letters.paper(found, on=timezone.localdate())
    return download(report_pdf(paper), Kind.PDF, letters.file_name(found, "pdf", on=paper.on))


@require_safe
@requires(Permission.SEE_CASE)
def appeal_supplement_docx(request: PortalRequest, case_number: str, supplement_id: uuid.UUID) -> HttpResponse:
    found = _supplement(request, case_number, supplement_id, action=PRINTED)
    paper = letters.paper(found, on=found.sent_on or timezone.localdate())
    return download(report_docx(paper), Kind.DOCX, letters.file_name(found, "docx", on=paper.on))


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_supplement_send(request: PortalRequest, case_number: str, supplement_id: uuid.UUID) -> HttpResponse:
    found = _supplement(request, case_number, supplement_id)
    if found.is_sent:
        return redirect(found.appeal)
    today = timezone.localdate()
    form = SendSupplementForm(request.POST or None, initial={"sent_on": today, "version": found.version})
    page = below_appeal(
        found.appeal,
        today=timezone.localdate(),
        title=_("The letter went"),
        submit=_("Save that it went"),
        intro=_("The letter is kept among the documents as it stands, and no longer changes."),
        template="casework/appeals/appeal_supplement_send.html",
        values={"not_printed": missing_letters(letters.paper(found, on=today)), "reminders": reminders(found.text)},
    )
    act = partial(supplements.send, supplement=found)
    return form_page(
        request, form, act, page=page, done=_("It is written down that the letter went."), then=found.appeal
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_supplement_correct(request: PortalRequest, case_number: str, supplement_id: uuid.UUID) -> HttpResponse:
    found = _supplement(request, case_number, supplement_id)
    if not found.is_sent:
        return redirect(found.appeal)
    here, case = found.appeal.get_absolute_url(), found.appeal.decision.application.case
    page = correction_page(case, found, title=_("Correct when and how the letter went"), cancel=here)
    form = CorrectSupplementForm(request.POST or None, initial=known(found))
    done = _("The proof of sending is corrected. What was written first stays in the history.")
    return form_page(request, form, partial(supplements.correct, supplement=found), page=page, done=done, then=here)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_supplement_remove(request: PortalRequest, case_number: str, supplement_id: uuid.UUID) -> HttpResponse:
    found = _supplement(request, case_number, supplement_id)
    here, case = found.appeal.get_absolute_url(), found.appeal.decision.application.case
    page = take_back_page(case, found, title=_("Take back the letter"), cancel=here)
    form = TakeBackForm(request.POST or None, initial={"version": found.version})
    done = _("The letter is taken back. It stays in the history.")
    return form_page(request, form, partial(supplements.take_back, supplement=found), page=page, done=done, then=here)


def _supplement(request: PortalRequest, case_number: str, supplement_id: uuid.UUID, **action: str) -> AppealSupplement:
    on = timezone.localdate()
    return supplement_or_404(request.user, case_number, supplement_id, on=on, **action)
