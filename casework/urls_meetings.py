"""Addresses of the team's meetings and minutes."""

from django.urls import URLPattern, path

from casework.views import meetings

urlpatterns: list[URLPattern] = [
    path("cases/<str:case_number>/meetings/", meetings.case_meetings, name="case_meetings"),
    path("meetings/", meetings.meeting_list, name="meeting_list"),
]
