"""Facts of the mapping: writing down, correcting, taking off, and how they read over time."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework.cases.queries import case_or_404
from casework.models import MappingEntry
from casework.models.mapping import Source
from casework.situation import mapping, queries
from casework.situation.forms import CorrectEntryForm, EntryForm, InterviewForm, area_asked
from casework.situation.presenters import ASKED, area_title
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission

ON_A_PAGE = 30


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def mapping_new(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    area = area_asked(request.GET.get("area", ""))
    known = {"area": area, "learned_on": timezone.localdate(), "source": Source.CLIENT}
    form = EntryForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            mapping.add(case=case, details=form.details, by=request.user, at=timezone.now())
            messages.success(request, _("The fact is saved."))
            return redirect("case_situation", case.number)
    asked = ASKED[MappingEntry.Area(area)]
    return render(request, "casework/situation/mapping_new.html", {"case": case, "form": form, "asked": asked})


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def mapping_interview(request: PortalRequest, case_number: str) -> HttpResponse:
    """The first meeting: several areas at once, in the client's words of today."""
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    form = InterviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            mapping.interview(case=case, texts=form.texts, by=request.user, at=timezone.now())
            messages.success(request, _("What the client told is saved."))
            return redirect("case_situation", case.number)
    return render(request, "casework/situation/mapping_interview.html", {"case": case, "form": form})


@require_GET
@requires(Permission.SEE_CASE)
def mapping_entry(request: PortalRequest, case_number: str, mapping_entry_id: uuid.UUID) -> HttpResponse:
    """A fact and its earlier wordings: what was written, by whom and when."""
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    chain = queries.chain_of(queries.entry_or_404(case.client, mapping_entry_id))
    newest = chain[0]
    content = {
        "case": case,
        "title": area_title(newest),
        "newest": newest,
        "chain": chain,
        "is_hidden": any(queries.is_hidden(case.client, entry.area) for entry in chain),
        "can_change": request.user.has(Permission.WORK_CASE) and case.is_open and newest.removed_at is None,
    }
    return render(request, "casework/situation/mapping_entry.html", content)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def mapping_correct(request: PortalRequest, case_number: str, mapping_entry_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    entry = queries.chain_of(queries.entry_or_404(case.client, mapping_entry_id))[0]
    form = CorrectEntryForm(request.POST or None, entry=entry, client=case.client)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            typed = {"details": form.details, "version": form.cleaned_data["version"]}
            mapping.correct(case=case, entry=entry, **typed, by=request.user, at=timezone.now())
            messages.success(request, _("The fact is corrected. The old wording stays in its history."))
            return redirect("case_situation", case.number)
    return render(request, "casework/situation/mapping_correct.html", {"case": case, "entry": entry, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def mapping_remove(request: PortalRequest, case_number: str, mapping_entry_id: uuid.UUID) -> HttpResponse:
    """Ask first, then take the fact off; what was written stays in the history."""
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    entry = queries.chain_of(queries.entry_or_404(case.client, mapping_entry_id))[0]
    if request.method == "POST":
        mapping.remove(case=case, entry=entry, by=request.user, at=timezone.now())
        messages.success(request, _("The fact was taken off. It stays in the history."))
        return redirect("case_situation", case.number)
    is_hidden = queries.is_hidden(case.client, entry.area)
    return render(
        request, "casework/situation/mapping_remove.html", {"case": case, "entry": entry, "is_hidden": is_hidden}
    )


@require_GET
@requires(Permission.SEE_CASE)
def mapping_history(request: PortalRequest, case_number: str) -> HttpResponse:
    """Everything that was corrected or taken off, newest first."""
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    page = Paginator(queries.earlier_entries(case.client), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "casework/situation/mapping_history.html", {"case": case, "page": page})
