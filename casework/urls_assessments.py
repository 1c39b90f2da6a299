"""Addresses of assessments and results of instruments."""

from django.urls import URLPattern, path

from casework.views import assessments

urlpatterns: list[URLPattern] = [
    path("cases/<str:case_number>/ability/", assessments.case_ability, name="case_ability"),
]
