"""Addresses of statement requests."""

from django.urls import URLPattern, path

from casework.statements import letter_views, views

STATEMENTS = "cases/<str:case_number>/statements"
STATEMENT = f"{STATEMENTS}/<uuid:statement_id>"

urlpatterns: list[URLPattern] = [
    path(f"{STATEMENTS}/new/", views.statement_new, name="statement_new"),
    path(f"{STATEMENT}/", views.statement, name="statement"),
    path(f"{STATEMENT}/letter/", letter_views.statement_letter, name="statement_letter"),
    path(f"{STATEMENT}/pdf/", letter_views.statement_pdf, name="statement_pdf"),
    path(f"{STATEMENT}/docx/", letter_views.statement_docx, name="statement_docx"),
    path(f"{STATEMENT}/remind/", views.statement_remind, name="statement_remind"),
    path(f"{STATEMENT}/send-back/", views.statement_send_back, name="statement_send_back"),
    path(f"{STATEMENT}/receive/", views.statement_receive, name="statement_receive"),
    path(f"{STATEMENT}/newer/", views.statement_newer, name="statement_newer"),
    path(f"{STATEMENT}/correct/", views.statement_correct, name="statement_correct"),
    path(f"{STATEMENT}/step-back/", views.statement_step_back, name="statement_step_back"),
    path(f"{STATEMENT}/remove/", views.statement_remove, name="statement_remove"),
    path(f"{STATEMENT}/cancel/", views.statement_cancel, name="statement_cancel"),
]
