"""Notes of a case."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.cases import notes
from casework.cases.note_forms import NoteForm
from casework.cases.queries import case_or_404
from casework.models import Note
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def note_add(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    kind = request.GET.get("kind")
    initial = {"kind": kind if kind in Note.Kind else Note.Kind.NOTE, "on": timezone.localdate()}
    form = NoteForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            notes.write(case=case, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The note is saved."))
            return redirect(case)
    return render(request, "casework/cases/note_add.html", {"case": case, "form": form})
