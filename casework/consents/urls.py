"""Addresses of consents and handing over documents."""

from django.urls import URLPattern, path

from casework.consents import disclosure_views, views

CASE = "cases/<str:case_number>"
DISCLOSURE = f"{CASE}/disclosures/<uuid:disclosure_id>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/consents/add/", views.consent_add, name="consent_add"),
    path(f"{CASE}/consents/paper/", views.consent_paper, name="consent_paper"),
    path(f"{CASE}/consents/signed/", views.consent_record, name="consent_record"),
    path(f"{CASE}/disclosures/", disclosure_views.case_disclosures, name="case_disclosures"),
    path(f"{DISCLOSURE}/correct/", disclosure_views.disclosure_correct, name="disclosure_correct"),
    path(f"{DISCLOSURE}/remove/", disclosure_views.disclosure_remove, name="disclosure_remove"),
    path(f"{CASE}/documents/<uuid:document_id>/hand-over/", disclosure_views.disclosure_new, name="disclosure_new"),
]
