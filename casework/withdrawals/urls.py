"""Addresses of what a client takes back: one consent, or the wish for the service."""

from django.urls import URLPattern, path

from casework.withdrawals import consent_views, views

CASE = "cases/<str:case_number>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/consents/<uuid:consent_id>/withdraw/", consent_views.consent_withdraw, name="consent_withdraw"),
    path(f"{CASE}/consents/<uuid:consent_id>/correct/", consent_views.consent_correct, name="consent_correct"),
    path(f"{CASE}/consents/<uuid:consent_id>/remove/", consent_views.consent_remove, name="consent_remove"),
    path(f"{CASE}/withdraw/", views.case_withdraw, name="case_withdraw"),
    path(f"{CASE}/withdraw/paper/", views.withdrawal_paper, name="withdrawal_paper"),
]
