"""Addresses of the team's meetings, agendas and minutes, and of drafts. What is about one case has its number in it."""

from django.urls import URLPattern, path

from casework.cases import draft_views as drafts
from casework.meetings import agenda_views as agenda
from casework.meetings import minutes_views as minutes
from casework.meetings import views as meetings

_MEETINGS = [
    path("meetings/", meetings.meeting_list, name="meeting_list"),
    path("meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path("meetings/<uuid:meeting_id>/cancel/", meetings.meeting_cancel, name="meeting_cancel"),
    path("meetings/<uuid:meeting_id>/presence/", meetings.meeting_presence, name="meeting_presence"),
    path("meetings/<uuid:meeting_id>/close/", meetings.meeting_close, name="meeting_close"),
    path("meetings/<uuid:meeting_id>/agenda/add/", agenda.meeting_agenda_add, name="meeting_agenda_add"),
    path("meetings/<uuid:meeting_id>/leave/<uuid:invited_id>/", meetings.meeting_leave, name="meeting_leave"),
]
_OF_A_CASE = [
    path("cases/<str:case_number>/meetings/", meetings.case_meetings, name="case_meetings"),
    path("cases/<str:case_number>/agenda/add/", agenda.agenda_add, name="agenda_add"),
    path("cases/<str:case_number>/agenda/<uuid:agenda_item_id>/", agenda.agenda_item, name="agenda_item"),
    path("cases/<str:case_number>/agenda/<uuid:agenda_item_id>/move/", agenda.agenda_move, name="agenda_move"),
    path(
        "cases/<str:case_number>/agenda/<uuid:agenda_item_id>/question/",
        agenda.agenda_question,
        name="agenda_question",
    ),
    path(
        "cases/<str:case_number>/agenda/<uuid:agenda_item_id>/take-off/",
        agenda.agenda_take_off,
        name="agenda_take_off",
    ),
]
_MINUTES = [
    path("cases/<str:case_number>/minutes/<uuid:agenda_item_id>/", minutes.minutes_edit, name="minutes_edit"),
    path(
        "cases/<str:case_number>/minutes/<uuid:agenda_item_id>/versions/",
        minutes.minutes_versions,
        name="minutes_versions",
    ),
    path("cases/<str:case_number>/minutes/<uuid:agenda_item_id>/task/", minutes.minutes_task, name="minutes_task"),
    path(
        "cases/<str:case_number>/minutes/<uuid:agenda_item_id>/finalise/",
        minutes.minutes_finalise,
        name="minutes_finalise",
    ),
    path(
        "cases/<str:case_number>/minutes/<uuid:agenda_item_id>/reopen/", minutes.minutes_reopen, name="minutes_reopen"
    ),
    path("cases/<str:case_number>/minutes/<uuid:agenda_item_id>/pdf/", minutes.minutes_pdf, name="minutes_pdf"),
]
_DRAFTS = [
    path("drafts/save/", drafts.draft_save, name="draft_save"),
    path("drafts/throw-away/", drafts.draft_throw_away, name="draft_throw_away"),
]
urlpatterns: list[URLPattern] = [*_MEETINGS, *_OF_A_CASE, *_MINUTES, *_DRAFTS]
