"""The description of work and functional ability: its versions, editing, signing, printing, attaching."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework.cases.queries import case_or_404
from casework.descriptions import actions as descriptions
from casework.descriptions import paper as papers
from casework.descriptions import presenters as presented
from casework.descriptions import queries
from casework.descriptions.forms import (
    AttachDescriptionForm,
    BeginDescriptionForm,
    DescriptionForm,
    SignDescriptionForm,
)
from casework.documents.downloads import download
from casework.documents.word import report_docx
from casework.models import AbilityDescription
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.files import Kind
from tenants.printing import Report, report_pdf

PRINTED = "description.printed"  # in the access log


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def description_new(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    newest = next(iter(queries.versions(case)), None)
    language = newest.language if newest else case.client.language
    known = language if language in AbilityDescription.Language else AbilityDescription.Language.FINNISH
    form = BeginDescriptionForm(request.POST or None, initial={"language": known})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            begun = descriptions.begin(case=case, **form.cleaned_data, by=request.user, at=timezone.now())
            return redirect("description_edit", case.number, begun.pk)
    return render(request, "casework/descriptions/description_new.html", {"case": case, "form": form, "newest": newest})


@require_GET
@requires(Permission.SEE_CASE)
def ability_description(request: PortalRequest, case_number: str, description_id: uuid.UUID) -> HttpResponse:
    found = queries.description_or_404(request.user, case_number, description_id, on=timezone.localdate())
    texts = queries.texts_of(found)
    page = presented.page(found, texts, can_work=request.user.has(Permission.WORK_CASE))
    page |= {"versions": queries.versions(found.case), "applications": queries.applications_with(found)}
    if found.is_draft:
        known = queries.known_of(found.case)
        page["missing"] = presented.missing(found.case, texts, known, today=timezone.localdate())
        page["news"] = descriptions.news(found, known)
    return render(request, "casework/descriptions/ability_description.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def description_edit(request: PortalRequest, case_number: str, description_id: uuid.UUID) -> HttpResponse:
    found = queries.description_or_404(request.user, case_number, description_id, on=timezone.localdate())
    if found.is_signed:
        return redirect("ability_description", case_number, found.pk)
    texts = queries.texts_of(found)
    form = DescriptionForm(request.POST or None, description=found, texts=texts)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            descriptions.edit(description=found, **form.values, by=request.user, at=timezone.now())
            messages.success(request, _("The description is saved."))
            return redirect("ability_description", case_number, found.pk)
    page = presented.page(found, texts, can_work=True)
    return render(request, "casework/descriptions/description_edit.html", page | {"form": form})


@require_POST
@requires(Permission.WORK_CASE)
def description_bring_in(request: PortalRequest, case_number: str, description_id: uuid.UUID) -> HttpResponse:
    found = queries.description_or_404(request.user, case_number, description_id, on=timezone.localdate())
    number = descriptions.bring_in(description=found, by=request.user, at=timezone.now())
    said = ngettext(
        "%(number)d new fact stands at the end of its section.",
        "%(number)d new facts stand at the end of their sections.",
        number,
    )
    messages.success(request, said % {"number": number} if number else _("There is nothing new."))
    return redirect("ability_description", case_number, found.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def description_sign(request: PortalRequest, case_number: str, description_id: uuid.UUID) -> HttpResponse:
    found = queries.description_or_404(request.user, case_number, description_id, on=timezone.localdate())
    if found.is_signed:
        return redirect("ability_description", case_number, found.pk)
    texts, now = queries.texts_of(found), timezone.now()
    known = {"version": found.version, "title": _default_title(found)}
    form = SignDescriptionForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            typed = {name: form.cleaned_data[name] for name in ("title", "version")}
            descriptions.sign(description=found, **typed, by=request.user, at=now)
            messages.success(request, _("The description is signed, and its PDF is among the documents of the case."))
            return redirect("ability_description", case_number, found.pk)
    page = presented.page(found, texts, can_work=True) | {"form": form, "today": timezone.localdate()}
    page["missing"] = presented.missing(found.case, texts, queries.known_of(found.case), today=timezone.localdate())
    return render(request, "casework/descriptions/description_sign.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def description_attach(request: PortalRequest, case_number: str, description_id: uuid.UUID) -> HttpResponse:
    found = queries.description_or_404(request.user, case_number, description_id, on=timezone.localdate())
    if found.document is None:
        return redirect("ability_description", case_number, found.pk)
    applications = queries.open_applications(found)
    form = AttachDescriptionForm(request.POST or None, description=found, applications=applications)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            descriptions.attach(description=found, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The description is among the evidence of the application."))
            return redirect("application", case_number, form.cleaned_data["application"].pk)
    page = presented.page(found, {}, can_work=True) | {"form": form, "applications": applications}
    return render(request, "casework/descriptions/description_attach.html", page)


@require_GET
@requires(Permission.SEE_CASE)
def description_pdf(request: PortalRequest, case_number: str, description_id: uuid.UUID) -> HttpResponse:
    """Print a draft; of a signed version, the document that was kept."""
    found = queries.description_or_404(
        request.user, case_number, description_id, on=timezone.localdate(), action=PRINTED
    )
    if found.document_id is not None:
        return redirect("document", case_number, found.document_id)
    paper = _paper(found)
    return download(report_pdf(paper), Kind.PDF, presented.download_name(found, "pdf", on=paper.on))


@require_GET
@requires(Permission.SEE_CASE)
def description_docx(request: PortalRequest, case_number: str, description_id: uuid.UUID) -> HttpResponse:
    found = queries.description_or_404(
        request.user, case_number, description_id, on=timezone.localdate(), action=PRINTED
    )
    paper = _paper(found)
    return download(report_docx(paper), Kind.DOCX, presented.download_name(found, "docx", on=paper.on))


def _paper(description: AbilityDescription) -> Report:
    if description.is_signed:
        return papers.from_json(description.paper)
    known = queries.known_of(description.case)
    return papers.draft(description, queries.texts_of(description), known, on=timezone.localdate())


def _default_title(description: AbilityDescription) -> str:
    """In the language of the paper."""
    with translation.override(description.language):
        return _("Work-ability coordinator")
