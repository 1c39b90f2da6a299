"""Addresses of appointments, preparation and debrief."""

from django.urls import URLPattern, path

from casework.views import appointments

urlpatterns: list[URLPattern] = [
    path("cases/<str:case_number>/visits/", appointments.case_visits, name="case_visits"),
    path("appointments/", appointments.appointment_list, name="appointment_list"),
]
