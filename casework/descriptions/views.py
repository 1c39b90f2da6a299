"""The description of work and functional ability: its versions, editing, signing, printing, attaching."""

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.cases.form_pages import below_case
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
from casework.readings import presenters as readings
from casework.readings.queries import open_remarks, readings_about
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.files import Kind
from tenants.form_pages import FormPage, form_page
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
    page = below_case(
        case,
        title=_("Begin the description"),
        submit=_("Begin"),
        cancel=reverse("case_ability", args=[case.number]),
        intro=presented.how_it_begins(newest),
    )
    return form_page(
        request,
        form,
        partial(descriptions.begin, case=case),
        page=page,
        then=lambda begun: reverse("description_edit", args=[case.number, begun.pk]),
    )


@require_safe
@requires(Permission.SEE_CASE)
def ability_description(request: PortalRequest, case_number: str, description_id: uuid.UUID) -> HttpResponse:
    found = queries.description_or_404(request.user, case_number, description_id, on=timezone.localdate())
    texts = queries.texts_of(found)
    page = presented.page(found, texts, can_work=request.user.has(Permission.WORK_CASE))
    page |= {"versions": queries.versions(found.case), "applications": queries.applications_with(found)}
    page |= readings.panel(found, readings_about(found), today=timezone.localdate())
    if found.is_draft:
        known = queries.known_of(found.case)
        page["missing"] = presented.missing(found.case, texts, known, today=timezone.localdate())
        page["news"] = descriptions.news(found, known)
        page |= presented.of_the_text(found, texts)
    return render(request, "casework/descriptions/ability_description.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def description_edit(request: PortalRequest, case_number: str, description_id: uuid.UUID) -> HttpResponse:
    found = queries.description_or_404(request.user, case_number, description_id, on=timezone.localdate())
    if found.is_signed:
        return redirect("ability_description", case_number, found.pk)
    texts = queries.texts_of(found)
    form = DescriptionForm(request.POST or None, description=found, texts=texts)
    page = _below(
        found,
        texts,
        title=_("Edit the description"),
        submit=_("Save the text"),
        autosave=True,
        intro=_(
            "Plain words about daily life and work help whoever decides more than diagnoses. "
            "Empty sections are left out of the paper."
        ),
    )
    act = partial(descriptions.edit, description=found)
    return form_page(request, form, act, page=page, done=_("The description is saved."), then=page.cancel)


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
    messages.success(request, said % {"number": number} if number else _("Nothing new is recorded in the case."))
    return redirect("ability_description", case_number, found.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def description_sign(request: PortalRequest, case_number: str, description_id: uuid.UUID) -> HttpResponse:
    found = queries.description_or_404(request.user, case_number, description_id, on=timezone.localdate())
    if found.is_signed:
        return redirect("ability_description", case_number, found.pk)
    texts = queries.texts_of(found)
    known = {"version": found.version, "title": _default_title(found)}
    form = SignDescriptionForm(request.POST or None, initial=known)
    today = timezone.localdate()
    ability = queries.known_of(found.case)
    values = {"today": today, "missing": presented.missing(found.case, texts, ability, today=today)}
    values |= presented.before_signing(found, texts, papers.draft(found, texts, ability, on=today))
    values["open_remarks"] = open_remarks(found)
    page = _below(
        found,
        texts,
        title=_("Sign the description"),
        submit=_("Sign"),
        template="casework/descriptions/description_sign.html",
        values=values,
    )
    done = _("The description is signed, and its PDF is among the documents of the case.")
    return form_page(
        request, form, partial(descriptions.sign, description=found), page=page, done=done, then=page.cancel
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def description_attach(request: PortalRequest, case_number: str, description_id: uuid.UUID) -> HttpResponse:
    found = queries.description_or_404(request.user, case_number, description_id, on=timezone.localdate())
    if found.document is None:
        return redirect("ability_description", case_number, found.pk)
    applications = queries.open_applications(found)
    form = AttachDescriptionForm(request.POST or None, description=found, applications=applications)
    page = _below(
        found,
        {},
        title=_("Attach to an application"),
        submit=_("Attach"),
        template="casework/descriptions/description_attach.html",
        values={"applications": applications},
    )
    return form_page(
        request,
        form,
        partial(descriptions.attach, description=found),
        page=page,
        done=_("The description is among the evidence of the application."),
        then=lambda _attached: form.cleaned_data["application"],
    )


@require_safe
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


@require_safe
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


def _below(
    found: AbilityDescription, texts: Mapping[str, str], *, values: dict[str, Any] | None = None, **page: Any
) -> FormPage:
    """The page of a form right below a version of the description."""
    return FormPage(
        head="casework/descriptions/parts/description_crumbs.html",
        about=found.case.number,
        cancel=reverse("ability_description", args=[found.case.number, found.pk]),
        values=presented.page(found, texts, can_work=True) | (values or {}),
        **page,
    )
