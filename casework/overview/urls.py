"""Addresses of the pages over all subjects: Today, a case, its timeline, the client's own map."""

from django.urls import URLPattern, path

from casework.overview import case_views, client_map_views, today_views

CASE = "cases/<str:case_number>"

urlpatterns: list[URLPattern] = [
    path("", today_views.today, name="today"),
    path(f"{CASE}/", case_views.case, name="case"),
    path(f"{CASE}/timeline/", case_views.case_timeline, name="case_timeline"),
    path(f"{CASE}/corrections/", case_views.case_corrections, name="case_corrections"),
    path(f"{CASE}/basics/", case_views.case_basics, name="case_basics"),
    path(f"{CASE}/map/", client_map_views.case_map, name="case_map"),
    path(f"{CASE}/map/pdf/", client_map_views.case_map_pdf, name="case_map_pdf"),
]
