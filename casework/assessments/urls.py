"""Addresses of assessments and results of instruments."""

from django.urls import URLPattern, path

from casework.assessments import instrument_views, views

ABILITY = "cases/<str:case_number>/ability"
ASSESSMENT = f"{ABILITY}/assessments/<uuid:assessment_id>"
RESULT = f"{ABILITY}/results/<uuid:result_id>"

urlpatterns: list[URLPattern] = [
    path(f"{ABILITY}/assessments/new/", views.assessment_new, name="assessment_new"),
    path(f"{ASSESSMENT}/", views.assessment, name="assessment"),
    path(f"{ASSESSMENT}/edit/", views.assessment_edit, name="assessment_edit"),
    path(f"{ASSESSMENT}/remove/", views.assessment_remove, name="assessment_remove"),
    path(f"{ABILITY}/results/", instrument_views.instrument_results, name="instrument_results"),
    path(f"{ABILITY}/results/new/", instrument_views.instrument_result_new, name="instrument_result_new"),
    path(f"{RESULT}/edit/", instrument_views.instrument_result_edit, name="instrument_result_edit"),
    path(f"{RESULT}/remove/", instrument_views.instrument_result_remove, name="instrument_result_remove"),
]
