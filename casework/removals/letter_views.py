"""The paper of an application for removal: its prints, and its filing with the proof of sending."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.applications.finality import removal_time
from casework.documents.downloads import download
from casework.documents.word import report_docx
from casework.removals import actions as removals
from casework.removals import letter as letters
from casework.removals.form_pages import below_removal
from casework.removals.forms import FileRemovalForm
from casework.removals.queries import appeals_of, removal_or_404
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.files import Kind
from tenants.form_pages import form_page
from tenants.printing import missing_letters, report_pdf

PRINTED = "removal.printed"  # in the access log


@require_safe
@requires(Permission.SEE_CASE)
def removal_pdf(request: PortalRequest, case_number: str, removal_id: uuid.UUID) -> HttpResponse:
    """Print it as it stands; of a filed one, the paper that was kept."""
    today = timezone.localdate()
    found = removal_or_404(request.user, case_number, removal_id, on=today, action=PRINTED)
    if found.document_id and not found.is_draft:
        return redirect("document", case_number, found.document_id)
    paper = letters.paper(found, on=today)
    return download(report_pdf(paper), Kind.PDF, letters.file_name(found, "pdf", on=paper.on))


@require_safe
@requires(Permission.SEE_CASE)
def removal_docx(request: PortalRequest, case_number: str, removal_id: uuid.UUID) -> HttpResponse:
    today = timezone.localdate()
    found = removal_or_404(request.user, case_number, removal_id, on=today, action=PRINTED)
    paper = letters.paper(found, on=today)
    return download(report_docx(paper), Kind.DOCX, letters.file_name(found, "docx", on=paper.on))


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def removal_file(request: PortalRequest, case_number: str, removal_id: uuid.UUID) -> HttpResponse:
    today = timezone.localdate()
    found = removal_or_404(request.user, case_number, removal_id, on=today)
    time = removal_time(found.decision, appeals_of(found.decision), today=today)
    form = FileRemovalForm(request.POST or None, removal=found, known=time, today=today)
    page = below_removal(
        found,
        today=today,
        title=_("Record the application for removal as filed"),
        submit=_("Record as filed"),
        template="casework/removals/removal_file.html",
        values={"not_printed": missing_letters(letters.paper(found, on=today))},
    )
    act = partial(removals.file, removal=found)
    return form_page(request, form, act, page=page, done=_("The application for removal is filed."), then=found)
