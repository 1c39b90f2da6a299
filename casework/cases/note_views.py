"""Notes of a case."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.cases import notes
from casework.cases.correcting import TakeBackForm, correction_page, known, take_back_page
from casework.cases.form_pages import below_case
from casework.cases.note_forms import CorrectNoteForm, NoteForm
from casework.cases.note_queries import any_note_or_404, note_or_404
from casework.cases.queries import case_or_404
from casework.models import Note
from casework.timeline import corrections
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def note_add(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    kind = request.GET.get("kind")
    initial = {"kind": kind if kind in Note.Kind else Note.Kind.NOTE, "on": timezone.localdate()}
    form = NoteForm(request.POST or None, initial=initial)
    return form_page(
        request,
        form,
        partial(notes.write, case=case),
        page=below_case(case, title=_("Write a note"), submit=_("Save the note"), autosave=True),
        done=_("The note is saved."),
        then=case,
    )


@require_safe
@requires(Permission.SEE_CASE)
def note(request: PortalRequest, case_number: str, note_id: uuid.UUID) -> HttpResponse:
    """A note by itself, with what it said before; one that was taken back shows that it was, and its history."""
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    found = any_note_or_404(case, note_id)
    content = {
        "case": case,
        "note": found,
        "earlier": corrections.of_row(found),
        "can_correct": request.user.has(Permission.WORK_CASE) and not found.is_removed,
    }
    return render(request, "casework/cases/note.html", content)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def note_correct(request: PortalRequest, case_number: str, note_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    found = note_or_404(case, note_id)
    note_url = reverse("note", args=[case.number, found.pk])
    remove_url = reverse("note_remove", args=[case.number, found.pk])
    page = correction_page(case, found, title=_("Correct a note"), cancel=note_url, remove_url=remove_url)
    form = CorrectNoteForm(request.POST or None, initial=known(found))
    done = _("The note is corrected. What was written first stays in the history.")
    return form_page(request, form, partial(notes.correct, note=found), page=page, done=done, then=note_url)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def note_remove(request: PortalRequest, case_number: str, note_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    found = note_or_404(case, note_id)
    note_url = reverse("note", args=[case.number, found.pk])
    page = take_back_page(case, found, title=_("Take back a note"), cancel=note_url)
    form = TakeBackForm(request.POST or None, initial={"version": found.version})
    done = _("The note is taken back. It stays in the history.")
    return form_page(request, form, partial(notes.take_back, note=found), page=page, done=done, then=case)
