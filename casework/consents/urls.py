"""Addresses of consents, handing over documents, and a client's withdrawal."""

from django.urls import URLPattern, path

from casework.consents import disclosure_views as disclosures
from casework.consents import views as consents
from casework.withdrawals import consent_views as withdrawn_consents
from casework.withdrawals import views as withdrawals

CASE = "cases/<str:case_number>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/consents/add/", consents.consent_add, name="consent_add"),
    path(f"{CASE}/consents/<uuid:consent_id>/withdraw/", withdrawn_consents.consent_withdraw, name="consent_withdraw"),
    path(f"{CASE}/disclosures/", disclosures.case_disclosures, name="case_disclosures"),
    path(f"{CASE}/documents/<uuid:document_id>/hand-over/", disclosures.disclosure_new, name="disclosure_new"),
    path(f"{CASE}/withdraw/", withdrawals.case_withdraw, name="case_withdraw"),
    path(f"{CASE}/withdraw/paper/", withdrawals.withdrawal_paper, name="withdrawal_paper"),
]
