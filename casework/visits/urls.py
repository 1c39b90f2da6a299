"""Addresses of appointments, preparation and debrief, and of the private calendars."""

from django.urls import URLPattern, path

from casework.visits import feed_views, sheet_views, views

VISITS = "cases/<str:case_number>/visits"
VISIT = f"{VISITS}/<uuid:appointment_id>"

urlpatterns: list[URLPattern] = [
    path(f"{VISITS}/", views.case_visits, name="case_visits"),
    path(f"{VISITS}/new/", views.appointment_new, name="appointment_new"),
    path(f"{VISIT}/", views.appointment, name="appointment"),
    path(f"{VISIT}/edit/", views.appointment_edit, name="appointment_edit"),
    path(f"{VISIT}/cancel/", views.appointment_cancel, name="appointment_cancel"),
    path(f"{VISIT}/missed/", views.appointment_missed, name="appointment_missed"),
    path(f"{VISIT}/reveal/", views.appointment_reveal, name="appointment_reveal"),
    path(f"{VISIT}/appointment.ics", views.appointment_ics, name="appointment_ics"),
    path(f"{VISIT}/preparation/", sheet_views.appointment_preparation, name="appointment_preparation"),
    path(f"{VISIT}/sheet/", sheet_views.appointment_sheet, name="appointment_sheet"),
    path(f"{VISIT}/sheet.pdf", sheet_views.appointment_sheet_pdf, name="appointment_sheet_pdf"),
    path(f"{VISIT}/debrief/", sheet_views.appointment_debrief, name="appointment_debrief"),
    path("appointments/", views.appointment_list, name="appointment_list"),
    path("calendar/", feed_views.calendar_feed, name="calendar_feed"),
    path("calendar/make/", feed_views.calendar_feed_make, name="calendar_feed_make"),
    path("calendar/stop/", feed_views.calendar_feed_stop, name="calendar_feed_stop"),
    path("calendar/<str:secret>.ics", feed_views.calendar_file, name="calendar_file"),
]
