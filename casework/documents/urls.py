"""Addresses of documents."""

from django.urls import URLPattern, path

from casework.documents import views

CASE = "cases/<str:case_number>"
DOCUMENT = f"{CASE}/documents/<uuid:document_id>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/documents/", views.case_documents, name="case_documents"),
    path(f"{CASE}/documents/add/", views.document_add, name="document_add"),
    path(f"{DOCUMENT}/", views.document, name="document"),
    path(f"{DOCUMENT}/replace/", views.document_replace, name="document_replace"),
]
