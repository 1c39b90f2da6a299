"""Addresses of decisions and coverage checks."""

from django.urls import URLPattern, path

from casework.decisions import views

CASE = "cases/<str:case_number>"
DECISION = f"{CASE}/decisions/<uuid:decision_id>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/applications/<uuid:application_id>/decision/", views.decision_new, name="decision_new"),
    path(
        f"{CASE}/applications/<uuid:application_id>/another-decision/", views.decision_further, name="decision_further"
    ),
    path(f"{DECISION}/", views.decision, name="decision"),
    path(f"{DECISION}/notice/", views.decision_notice, name="decision_notice"),
    path(f"{DECISION}/document/", views.decision_document, name="decision_document"),
    path(f"{DECISION}/correct/", views.decision_correct, name="decision_correct"),
    path(f"{DECISION}/remove/", views.decision_remove, name="decision_remove"),
    path(f"{DECISION}/coverage/", views.coverage, name="coverage"),
    path(f"{DECISION}/coverage/reopen/", views.coverage_reopen, name="coverage_reopen"),
]
