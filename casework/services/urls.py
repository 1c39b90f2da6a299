"""Addresses of service entries."""

from django.urls import URLPattern, path

from casework.services import views

CASE = "cases/<str:case_number>"
ENTRY = f"{CASE}/services/<uuid:service_entry_id>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/services/", views.case_services, name="case_services"),
    path(f"{CASE}/services/add/", views.service_entry_add, name="service_entry_add"),
    path(f"{ENTRY}/correct/", views.service_entry_correct, name="service_entry_correct"),
    path(f"{ENTRY}/remove/", views.service_entry_remove, name="service_entry_remove"),
]
