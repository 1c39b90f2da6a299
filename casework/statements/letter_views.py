"""The letter that asks for a statement: its question and return address, and its prints."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.cases import signers
from casework.cases.form_pages import below_case
from casework.documents.downloads import download
from casework.documents.word import report_docx
from casework.law.representing import Matter
from casework.models import StatementRequest
from casework.statements import letter as letters
from casework.statements import queries
from casework.statements.letter_forms import LetterForm
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.files import Kind
from tenants.form_pages import form_page
from tenants.printing import Report, report_pdf

PRINTED = "statement.printed"  # in the access log


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def statement_letter(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> HttpResponse:
    found = queries.statement_or_404(request.user, case_number, statement_id, on=timezone.localdate())
    return_to = found.return_to or queries.last_return_address(request.user)
    known = {"purpose": found.purpose, "return_to": return_to, "version": found.version}
    form = LetterForm(request.POST or None, client=found.case.client, initial=known)
    page = below_case(
        found.case,
        title=_("Letter about the statement"),
        submit=_("Save the letter"),
        cancel=found.get_absolute_url(),
        autosave=True,
        intro=_("Whom it asks, by when and on which consent it rests are filled in by themselves."),
    )
    done = _("The letter is saved. Print it from the page of the statement.")
    return form_page(request, form, partial(letters.write, request=found), page=page, done=done, then=found)


@require_safe
@requires(Permission.SEE_CASE)
def statement_pdf(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> HttpResponse:
    found = _found(request, case_number, statement_id)
    if doubtful := signers.question(request, found.case, matter=Matter.CONSENT, on=timezone.localdate()):
        return doubtful
    paper = _paper(request, found)
    return download(report_pdf(paper), Kind.PDF, letters.file_name(found, "pdf", on=paper.on))


@require_safe
@requires(Permission.SEE_CASE)
def statement_docx(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> HttpResponse:
    found = _found(request, case_number, statement_id)
    if doubtful := signers.question(request, found.case, matter=Matter.CONSENT, on=timezone.localdate()):
        return doubtful
    paper = _paper(request, found)
    return download(report_docx(paper), Kind.DOCX, letters.file_name(found, "docx", on=paper.on))


def _found(request: PortalRequest, case_number: str, statement_id: uuid.UUID) -> StatementRequest:
    on = timezone.localdate()
    return queries.statement_or_404(request.user, case_number, statement_id, on=on, action=PRINTED)


def _paper(request: PortalRequest, found: StatementRequest) -> Report:
    today = timezone.localdate()
    language = letters.language_of(found.case.client, request.GET.get("language", ""))
    signer = signers.signer_asked(request, found.case, matter=Matter.CONSENT, on=today)
    return letters.paper(found, language=language, on=today, signer=signer)
