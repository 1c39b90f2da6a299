"""Facts of the mapping: writing down, correcting, taking off, and how they read over time."""

import uuid
from functools import partial

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.cases.correcting import TakeBackForm
from casework.cases.form_pages import below_case
from casework.cases.queries import case_or_404
from casework.models import MappingEntry
from casework.models.mapping import Source
from casework.situation import mapping, queries
from casework.situation.forms import CorrectEntryForm, EntryForm, InterviewForm, area_asked
from casework.situation.presenters import ASKED, area_title
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page

ON_A_PAGE = 30


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def mapping_new(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    area = area_asked(request.GET.get("area", ""))
    known = {"area": area, "learned_on": timezone.localdate(), "source": Source.CLIENT}
    form = EntryForm(request.POST or None, initial=known)
    page = below_case(
        case,
        title=_("Add a fact"),
        submit=_("Save the fact"),
        cancel=reverse("case_situation", args=[case.number]),
        template="casework/situation/mapping_new.html",
        values={"asked": ASKED[MappingEntry.Area(area)]},
    )
    act = partial(mapping.add, case=case)
    return form_page(request, form, act, page=page, done=_("The fact is saved."), then=page.cancel)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def mapping_interview(request: PortalRequest, case_number: str) -> HttpResponse:
    """The first meeting: several areas at once, in the client's words of today."""
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    form = InterviewForm(request.POST or None)
    page = below_case(
        case,
        title=_("First meeting"),
        submit=_("Save what was told"),
        cancel=reverse("case_situation", args=[case.number]),
        autosave=True,
        intro=_(
            "Write down what the client tells, in the order it comes. Empty fields are skipped; "
            "the source is the client, learned today. You can correct and add later."
        ),
    )
    act = partial(mapping.interview, case=case)
    return form_page(request, form, act, page=page, done=_("What the client told is saved."), then=page.cancel)


@require_safe
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
        "can_change": request.user.has(Permission.WORK_CASE) and case.is_open and not newest.is_removed,
    }
    return render(request, "casework/situation/mapping_entry.html", content)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def mapping_correct(request: PortalRequest, case_number: str, mapping_entry_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    entry = queries.chain_of(queries.entry_or_404(case.client, mapping_entry_id))[0]
    form = CorrectEntryForm(request.POST or None, entry=entry, client=case.client)
    page = below_case(
        case,
        title=_("Correct a fact"),
        submit=_("Save the correction"),
        cancel=reverse("case_situation", args=[case.number]),
        intro=_(
            "The new wording replaces the old one. "
            "The old one stays readable in the history, with who wrote it and when."
        ),
        template="casework/situation/mapping_correct.html",
        values={"entry": entry},
    )
    done = _("The fact is corrected. The old wording stays in its history.")
    act = partial(mapping.correct, case=case, entry=entry)
    return form_page(request, form, act, page=page, done=done, then=page.cancel)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def mapping_remove(request: PortalRequest, case_number: str, mapping_entry_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    entry = queries.chain_of(queries.entry_or_404(case.client, mapping_entry_id))[0]
    page = below_case(
        case,
        title=_("Take off a fact"),
        submit=_("Take off"),
        tone="danger",
        cancel=reverse("case_situation", args=[case.number]),
        template="casework/situation/mapping_remove.html",
        values={"entry": entry, "is_hidden": queries.is_hidden(case.client, entry.area)},
    )
    form = TakeBackForm(request.POST or None, initial={"version": entry.version})
    act = partial(mapping.take_back, case=case, entry=entry)
    done = _("The fact was taken off. It stays in the history.")
    return form_page(request, form, act, page=page, done=done, then=page.cancel)


@require_safe
@requires(Permission.SEE_CASE)
def mapping_history(request: PortalRequest, case_number: str) -> HttpResponse:
    """Everything that was corrected or taken off, newest first."""
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    page = Paginator(queries.earlier_entries(case.client), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "casework/situation/mapping_history.html", {"case": case, "page": page})
