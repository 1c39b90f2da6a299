"""Addresses of the end of a case and of what was open in it."""

from django.urls import URLPattern, path

from casework.endings import views

CASE = "cases/<str:case_number>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/close/", views.case_close, name="case_close"),
    path(f"{CASE}/ends/", views.closing_ends, name="closing_ends"),
    path(f"{CASE}/ends/<uuid:end_id>/", views.end_change, name="end_change"),
]
