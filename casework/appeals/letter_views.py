"""The letter of an appeal: its prints, what goes with it, and the proof of sending."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.appeals import filing
from casework.appeals import letter as letters
from casework.appeals.appeal_grounds import language_of
from casework.appeals.form_pages import below_appeal
from casework.appeals.letter_forms import CorrectProofForm, EncloseForm, FileWithProofForm
from casework.appeals.queries import letter_of
from casework.applications import queries
from casework.applications.appeal_days import words_of
from casework.cases.correcting import correction_page, known
from casework.documents.downloads import download
from casework.documents.word import report_docx
from casework.models import AppealLetter
from casework.readings.queries import open_remarks
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.files import Kind
from tenants.form_pages import form_page
from tenants.printing import missing_letters, report_pdf

PRINTED = "appeal.printed"  # in the access log


@require_safe
@requires(Permission.SEE_CASE)
def appeal_pdf(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    """Print the letter, or the client's copy of it in another language; of a filed one, the paper that was kept."""
    letter, language = _printed(request, case_number, appeal_id)
    if letter.document_id and not letter.appeal.is_draft and not language:
        return redirect("document", case_number, letter.document_id)
    paper = letters.paper(letter, on=timezone.localdate(), language=language)
    return download(report_pdf(paper), Kind.PDF, letters.file_name(letter.appeal, "pdf", on=paper.on))


@require_safe
@requires(Permission.SEE_CASE)
def appeal_docx(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    letter, language = _printed(request, case_number, appeal_id)
    paper = letters.paper(letter, on=timezone.localdate(), language=language)
    return download(report_docx(paper), Kind.DOCX, letters.file_name(letter.appeal, "docx", on=paper.on))


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_enclose(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    if not found.is_draft:
        return redirect(found)
    today = timezone.localdate()
    form = EncloseForm(request.POST or None, letter=letter_of(found, on=today), today=today)
    page = below_appeal(
        found,
        today=today,
        title=_("What goes with the appeal"),
        submit=_("Save what goes with it"),
        intro=_("New evidence goes with the appeal as an attachment. Add it to the documents of the case first."),
    )
    done = _("It is written down what goes with the appeal.")
    return form_page(request, form, partial(filing.enclose, appeal=found), page=page, done=done, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_file(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    today = timezone.localdate()
    letter, words = letter_of(found, on=today), words_of(found)
    known = {"filed_on": today, "is_as_written": bool(found.grounds.strip()), "version": found.version}
    form = FileWithProofForm(request.POST or None, letter=letter, today=today, initial=known)
    page = below_appeal(
        found,
        today=timezone.localdate(),
        title=words.file,
        submit=words.file,
        template="casework/appeals/appeal_file.html",
        values={
            "not_printed": missing_letters(letters.paper(letter, on=today)),
            "letter": letter,
            "open_remarks": open_remarks(found),
        },
    )
    act = partial(filing.file, appeal=found)
    return form_page(request, form, act, page=page, done=words.filed, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def appeal_proof(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    if found.filed_on is None:
        return redirect(found)
    letter, here = letter_of(found, on=timezone.localdate()), found.get_absolute_url()
    case = found.decision.application.case
    page = correction_page(case, letter, title=_("The paper and the proof of sending"), cancel=here)
    form = CorrectProofForm(request.POST or None, letter=letter, initial=known(letter))
    done = _("The proof of sending is corrected. What was written first stays in the history.")
    return form_page(request, form, partial(filing.correct_proof, letter=letter), page=page, done=done, then=here)


def _printed(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> tuple[AppealLetter, str]:
    """The letter, and the language of the client's copy when that was asked for."""
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate(), action=PRINTED)
    asked = request.GET.get("language", "")
    is_copy = asked in letters.LANGUAGES and asked != language_of(found.decision.application)
    return letter_of(found, on=timezone.localdate()), asked if is_copy else ""
