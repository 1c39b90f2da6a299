"""Notes of a case."""

from functools import partial

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.cases import notes
from casework.cases.form_pages import below_case
from casework.cases.note_forms import NoteForm
from casework.cases.queries import case_or_404
from casework.models import Note
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
