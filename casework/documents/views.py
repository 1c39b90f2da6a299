"""Documents of a case: the list, adding one, and handing one out."""

import uuid
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.cases.form_pages import below_case
from casework.cases.head import head
from casework.cases.queries import case_in_view_or_404, case_or_404
from casework.documents import actions as documents
from casework.documents.forms import DocumentForm, NewerVersionForm
from casework.documents.presenters import document_title, download_name
from casework.documents.queries import document_or_404, newest_versions, number_of
from casework.models import Document
from tenants import files
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page
from tenants.requests import path_here

ON_A_PAGE = 50


@require_safe
@requires(Permission.SEE_CASE)
def case_documents(request: PortalRequest, case_number: str) -> HttpResponse:
    seen = case_in_view_or_404(request.user, case_number, on=timezone.localdate())
    case = seen.case
    found = newest_versions(case)
    can_edit = request.user.has(Permission.WORK_CASE) and case.is_open
    page = {
        "case": case,
        "head": head(seen, user=request.user, today=timezone.localdate()),
        "actions": "" if can_edit else None,
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "casework/documents/case_documents.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def document_add(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    form = DocumentForm(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind", "")})
    asking = _asking(request)
    return form_page(
        request,
        form,
        partial(documents.add, case=case),
        page=below_case(
            case, title=_("Add a document"), submit=_("Save the document"), cancel=asking or case.get_absolute_url()
        ),
        done=_("The document is saved."),
        then=partial(_choosing, asking) if asking else reverse("case_documents", args=[case.number]),
    )


def _asking(request: PortalRequest) -> str:
    """The page that waits for the document, a path of this host; empty when it was added for itself."""
    return urlsplit(path_here(request.GET.get("next", ""))).path


def _choosing(asking: str, added: Document) -> str:
    """The page that waits for a document, with this one chosen."""
    return f"{asking}?document={added.pk}"


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def document_replace(request: PortalRequest, case_number: str, document_id: uuid.UUID) -> HttpResponse:
    older = document_or_404(request.user, case_number, document_id, on=timezone.localdate(), action="document.seen")
    form = NewerVersionForm(request.POST or None, request.FILES or None, document=older)
    takes = _("It takes the place of “%(title)s”. The older version stays readable behind it.")
    page = below_case(
        older.case,
        title=_("Newer version"),
        submit=_("Save the newer version"),
        cancel=reverse("case_documents", args=[older.case.number]),
        intro=takes % {"title": document_title(older)},
    )
    done = _("The newer version is saved. The older one stays behind it.")
    return form_page(request, form, partial(_replace, older), page=page, done=done, then=page.cancel)


@require_safe
@requires(Permission.SEE_CASE)
def document(request: PortalRequest, case_number: str, document_id: uuid.UUID) -> HttpResponse:
    """Hand out a file: always as a download, never shown as a page of this site."""
    found = document_or_404(request.user, case_number, document_id, on=timezone.localdate())
    documents.check_served(found)
    content = files.read(found.file_id)
    headers = {
        "Content-Disposition": f'attachment; filename="{download_name(found, number=number_of(found))}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=found.content_type, headers=headers)


def _replace(older: Document, **typed: Any) -> Document:
    """What has no field of its own stays as it was."""
    return documents.replace(document=older, **{"valid_until": older.valid_until} | typed)
