"""Team meetings: the list, planning, the page of one, presence, leaving, closing; and the meetings of a case."""

import uuid
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.cases.head import head
from casework.cases.queries import case_in_view_or_404
from casework.documents.downloads import HEADERS
from casework.law.calendar_files import CONTENT_TYPE, calendar_file
from casework.meetings import actions as meetings
from casework.meetings import presenters as presented
from casework.meetings import queries
from casework.meetings.form_pages import below_meeting
from casework.meetings.forms import EditMeetingForm, MeetingForm, PresenceForm
from casework.models import Meeting
from casework.timeline import corrections
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import FormPage, form_page
from tenants.paging import KeysFirst

ON_A_PAGE = 25
MOST_AHEAD = 50


@require_safe
@requires(Permission.SEE_CASE)
def case_meetings(request: PortalRequest, case_number: str) -> HttpResponse:
    seen = case_in_view_or_404(request.user, case_number, on=timezone.localdate())
    case = seen.case
    now = timezone.now()
    page = Paginator(queries.of_case(request.user, case), ON_A_PAGE).get_page(request.GET.get("page"))
    content = {
        "case": case,
        "head": head(seen, user=request.user, today=timezone.localdate()),
        "page": page,
        "rows": presented.case_rows(page, at=now),
        "next": presented.next_meeting(case, queries.next_of_case(case, at=now)),
    }
    return render(request, "casework/meetings/case_meetings.html", content)


@require_safe
@requires(Permission.SEE_CASE)
def meeting_list(request: PortalRequest) -> HttpResponse:
    now = timezone.now()
    page = KeysFirst(queries.past(request.user), ON_A_PAGE, read=queries.listed).get_page(request.GET.get("page"))
    content = {
        "coming": presented.meeting_rows(queries.to_come(request.user, now, most=MOST_AHEAD), at=now),
        "unfinished": presented.meeting_rows(queries.with_open_minutes(request.user, now, most=MOST_AHEAD), at=now),
        "past": presented.meeting_rows(page, at=now),
        "page": page,
        "can_work": request.user.has(Permission.WORK_CASE),
    }
    return render(request, "casework/meetings/meeting_list.html", content)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def meeting_new(request: PortalRequest) -> HttpResponse:
    known = {"kind": Meeting.Kind.TEAM, "chair": request.user}
    form = MeetingForm(request.POST or None, team=queries.last_team(), initial=known)
    list_url = reverse("meeting_list")
    page = FormPage(
        title=_("New meeting"),
        above=[(_("Team meetings"), list_url)],
        submit=_("Save and invite"),
        cancel=list_url,
        intro=_(
            "Those invited get a mail with the day, the time and a link. "
            "The team of the last meeting is chosen already."
        ),
    )
    done = _("The meeting is planned. Now put the cases on its agenda.")
    return form_page(request, form, meetings.plan, page=page, done=done)


@require_safe
@requires(Permission.SEE_CASE)
def meeting(request: PortalRequest, meeting_id: uuid.UUID) -> HttpResponse:
    found = queries.meeting_or_404(request.user, meeting_id)
    gathering = queries.gathering(request.user, found, on=timezone.localdate())
    hides_place = queries.hides_place(found)
    page = {
        "meeting": found,
        "gathering": gathering,
        "title": presented.meeting_title(found),
        "page": presented.page(gathering, user=request.user, hides_place=hides_place, at=timezone.now()),
        "earlier": corrections.of_row(found, is_hidden=hides_place and not queries.comes(request.user, found)),
    }
    return render(request, "casework/meetings/meeting.html", page)


@require_safe
@requires(Permission.SEE_CASE)
def meeting_ics(request: PortalRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Hand out a meeting for a calendar: its kind and time; no place, no case, nobody's name."""
    found = queries.meeting_or_404(request.user, meeting_id)
    event = found.calendar_event(title=found.get_kind_display())
    content = calendar_file([event], name=event.title, is_cancelling=event.is_cancelled)
    name = f"{found.held_on.isoformat()}.ics"
    return HttpResponse(
        content, content_type=CONTENT_TYPE, headers=HEADERS | {"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def meeting_edit(request: PortalRequest, meeting_id: uuid.UUID) -> HttpResponse:
    found = queries.meeting_or_404(request.user, meeting_id)
    hides_place = queries.hides_place(found) and not queries.comes(request.user, found)
    form = EditMeetingForm(request.POST or None, meeting=found, hides_place=hides_place)
    page = below_meeting(
        found,
        title=_("Edit the meeting"),
        submit=_("Save the meeting"),
        intro=_("New people get an invitation. When the time or the place changes, everybody gets a mail."),
    )
    act = partial(meetings.change, meeting=found)
    return form_page(request, form, act, page=page, done=_("The meeting is saved."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def meeting_cancel(request: PortalRequest, meeting_id: uuid.UUID) -> HttpResponse:
    found = queries.meeting_or_404(request.user, meeting_id)
    if request.method == "POST":
        meetings.cancel(meeting=found, by=request.user, at=timezone.now())
        messages.success(request, _("The meeting is cancelled."))
        return redirect("meeting_list")
    page = {"meeting": found, "title": presented.meeting_title(found), "when": presented.when(found)}
    return render(request, "casework/meetings/meeting_cancel.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def meeting_presence(request: PortalRequest, meeting_id: uuid.UUID) -> HttpResponse:
    found = queries.meeting_or_404(request.user, meeting_id)
    form = PresenceForm(request.POST or None, meeting=found)
    page = below_meeting(found, title=_("Who was there"), submit=_("Save"))
    act = partial(meetings.note_presence, meeting=found)
    return form_page(request, form, act, page=page, done=_("Saved who was there."), then=found)


@require_POST
@requires(Permission.SEE_CASE)
def meeting_leave(request: PortalRequest, meeting_id: uuid.UUID, invited_id: uuid.UUID) -> HttpResponse:
    """Let somebody go, or go oneself; who cannot work with cases may only go themselves."""
    found = queries.meeting_or_404(request.user, meeting_id)
    participant = queries.participant_or_404(found, invited_id)
    if participant.user_id != request.user.pk and not request.user.has(Permission.WORK_CASE):
        raise PermissionDenied
    meetings.leave(participant=participant, by=request.user, at=timezone.now())
    messages.success(request, _("%(name)s no longer takes part.") % {"name": participant.user.name})
    return redirect(found if request.user.has(Permission.WORK_CASE) else "meeting_list")


@require_POST
@requires(Permission.WORK_CASE)
def meeting_close(request: PortalRequest, meeting_id: uuid.UUID) -> HttpResponse:
    found = queries.meeting_or_404(request.user, meeting_id)
    meetings.close(meeting=found, by=request.user, at=timezone.now())
    messages.success(request, _("The minutes of the meeting are closed."))
    return redirect(found)
