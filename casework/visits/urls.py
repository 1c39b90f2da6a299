"""Addresses of appointments, preparation and debrief, and of the private calendars."""

from django.urls import URLPattern, path

from casework.visits import feed_views as calendar_feed
from casework.visits import sheet_views as visits
from casework.visits import views as appointments

VISITS = "cases/<str:case_number>/visits"
VISIT = f"{VISITS}/<uuid:appointment_id>"

urlpatterns: list[URLPattern] = [
    path(f"{VISITS}/", appointments.case_visits, name="case_visits"),
    path(f"{VISITS}/new/", appointments.appointment_new, name="appointment_new"),
    path(f"{VISIT}/", appointments.appointment, name="appointment"),
    path(f"{VISIT}/edit/", appointments.appointment_edit, name="appointment_edit"),
    path(f"{VISIT}/cancel/", appointments.appointment_cancel, name="appointment_cancel"),
    path(f"{VISIT}/missed/", appointments.appointment_missed, name="appointment_missed"),
    path(f"{VISIT}/reveal/", appointments.appointment_reveal, name="appointment_reveal"),
    path(f"{VISIT}/appointment.ics", appointments.appointment_ics, name="appointment_ics"),
    path(f"{VISIT}/preparation/", visits.appointment_preparation, name="appointment_preparation"),
    path(f"{VISIT}/sheet/", visits.appointment_sheet, name="appointment_sheet"),
    path(f"{VISIT}/sheet.pdf", visits.appointment_sheet_pdf, name="appointment_sheet_pdf"),
    path(f"{VISIT}/debrief/", visits.appointment_debrief, name="appointment_debrief"),
    path("appointments/", appointments.appointment_list, name="appointment_list"),
    path("calendar/", calendar_feed.calendar_feed, name="calendar_feed"),
    path("calendar/make/", calendar_feed.calendar_feed_make, name="calendar_feed_make"),
    path("calendar/stop/", calendar_feed.calendar_feed_stop, name="calendar_feed_stop"),
    path("calendar/<str:secret>.ics", calendar_feed.calendar_file, name="calendar_file"),
]
