"""Addresses of service entries."""

from django.urls import URLPattern, path

from casework.services import views

CASE = "cases/<str:case_number>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/services/", views.case_services, name="case_services"),
    path(f"{CASE}/services/add/", views.service_entry_add, name="service_entry_add"),
]
