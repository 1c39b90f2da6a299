"""The minutes of one case: writing, versions, tasks, finalising, opening again, and the paper."""

import uuid
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.meetings import minutes, queries
from casework.meetings import minutes_presenters as presented
from casework.meetings import presenters as presented_meetings
from casework.meetings.form_pages import below_item
from casework.meetings.forms import AgreedTaskForm, FinaliseForm, MinutesForm
from casework.models import AgendaItem
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page
from tenants.printing import report_pdf

ON_A_PAGE = 25


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def minutes_edit(request: PortalRequest, case_number: str, agenda_item_id: uuid.UUID) -> HttpResponse:
    item = queries.item_or_404(request.user, case_number, agenda_item_id, on=timezone.localdate())
    known = {"text": item.text, "recommendation": item.recommendation, "decision": item.decision}
    form = MinutesForm(request.POST or None, initial={**known, "version": item.version})
    page = below_item(
        item,
        title=_("Write the minutes"),
        submit=_("Save the minutes"),
        autosave=True,
        template="casework/meetings/minutes_edit.html",
    )
    act = partial(minutes.save, item=item)
    return form_page(request, form, act, page=page, done=_("The minutes are saved."), then=item)


@require_safe
@requires(Permission.SEE_CASE)
def minutes_versions(request: PortalRequest, case_number: str, agenda_item_id: uuid.UUID) -> HttpResponse:
    """All versions, and one of them compared with the one before: `?version=3`, else the newest."""
    item = queries.item_or_404(request.user, case_number, agenda_item_id, on=timezone.localdate())
    page = Paginator(queries.versions_of(item), ON_A_PAGE).get_page(request.GET.get("page"))
    shown, before = queries.two_versions(item, request.GET.get("version", ""))
    changes = presented.changes(shown, before) if shown else []
    return render(
        request,
        "casework/meetings/minutes_versions.html",
        _page(item, page=page, shown=shown, before=before, changes=changes),
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def minutes_task(request: PortalRequest, case_number: str, agenda_item_id: uuid.UUID) -> HttpResponse:
    item = queries.item_or_404(request.user, case_number, agenda_item_id, on=timezone.localdate())
    form = AgreedTaskForm(request.POST or None, item=item)
    page = below_item(
        item,
        title=_("Agree on a task"),
        submit=_("Save the task"),
        intro=_("The task stands in the minutes and on the case."),
    )
    act = partial(minutes.agree_task, item=item)
    return form_page(request, form, act, page=page, done=_("The task is saved."), then=item)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def minutes_finalise(request: PortalRequest, case_number: str, agenda_item_id: uuid.UUID) -> HttpResponse:
    item = queries.item_or_404(request.user, case_number, agenda_item_id, on=timezone.localdate())
    form = FinaliseForm(request.POST or None, initial={"version": item.version})
    page = below_item(
        item,
        title=_("Finalise the minutes"),
        submit=_("Finalise"),
        intro=_("Final minutes are not changed any more. The chair can open them again until the meeting is closed."),
        template="casework/meetings/minutes_finalise.html",
    )
    act = partial(minutes.finalise, item=item)
    return form_page(request, form, act, page=page, done=_("The minutes are final."), then=item)


@require_POST
@requires(Permission.WORK_CASE)
def minutes_reopen(request: PortalRequest, case_number: str, agenda_item_id: uuid.UUID) -> HttpResponse:
    item = queries.item_or_404(request.user, case_number, agenda_item_id, on=timezone.localdate())
    minutes.reopen(item=item, by=request.user, at=timezone.now())
    messages.success(request, _("The minutes are open again."))
    return redirect(item)


@require_safe
@requires(Permission.SEE_CASE)
def minutes_pdf(request: PortalRequest, case_number: str, agenda_item_id: uuid.UUID) -> HttpResponse:
    """Hand out the paper of one case: always as a download."""
    item = queries.item_or_404(
        request.user, case_number, agenda_item_id, on=timezone.localdate(), action="minutes.fetched"
    )
    content = report_pdf(presented.paper(item, queries.participants_of(item.meeting)))
    headers = {
        "Content-Disposition": f'attachment; filename="{presented.file_name(item)}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _page(item: AgendaItem, **more: object) -> dict[str, object]:
    title = presented_meetings.meeting_title(item.meeting)
    return {"item": item, "case": item.case, "meeting": item.meeting, "title": title, **more}
