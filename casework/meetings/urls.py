"""Addresses of the team's meetings, agendas and minutes. What is about one case has its number in it."""

from django.urls import URLPattern, path

from casework.meetings import agenda_views, minutes_views, views

MEETING = "meetings/<uuid:meeting_id>"
CASE = "cases/<str:case_number>"
ITEM = f"{CASE}/agenda/<uuid:agenda_item_id>"
MINUTES = f"{CASE}/minutes/<uuid:agenda_item_id>"

urlpatterns: list[URLPattern] = [
    path("meetings/", views.meeting_list, name="meeting_list"),
    path("meetings/new/", views.meeting_new, name="meeting_new"),
    path(f"{MEETING}/", views.meeting, name="meeting"),
    path(f"{MEETING}/meeting.ics", views.meeting_ics, name="meeting_ics"),
    path(f"{MEETING}/edit/", views.meeting_edit, name="meeting_edit"),
    path(f"{MEETING}/cancel/", views.meeting_cancel, name="meeting_cancel"),
    path(f"{MEETING}/presence/", views.meeting_presence, name="meeting_presence"),
    path(f"{MEETING}/close/", views.meeting_close, name="meeting_close"),
    path(f"{MEETING}/agenda/add/", agenda_views.meeting_agenda_add, name="meeting_agenda_add"),
    path(f"{MEETING}/leave/<uuid:invited_id>/", views.meeting_leave, name="meeting_leave"),
    path(f"{CASE}/meetings/", views.case_meetings, name="case_meetings"),
    path(f"{CASE}/agenda/add/", agenda_views.agenda_add, name="agenda_add"),
    path(f"{ITEM}/", agenda_views.agenda_item, name="agenda_item"),
    path(f"{ITEM}/move/", agenda_views.agenda_move, name="agenda_move"),
    path(f"{ITEM}/question/", agenda_views.agenda_question, name="agenda_question"),
    path(f"{ITEM}/take-off/", agenda_views.agenda_take_off, name="agenda_take_off"),
    path(f"{MINUTES}/", minutes_views.minutes_edit, name="minutes_edit"),
    path(f"{MINUTES}/versions/", minutes_views.minutes_versions, name="minutes_versions"),
    path(f"{MINUTES}/task/", minutes_views.minutes_task, name="minutes_task"),
    path(f"{MINUTES}/finalise/", minutes_views.minutes_finalise, name="minutes_finalise"),
    path(f"{MINUTES}/reopen/", minutes_views.minutes_reopen, name="minutes_reopen"),
    path(f"{MINUTES}/pdf/", minutes_views.minutes_pdf, name="minutes_pdf"),
]
