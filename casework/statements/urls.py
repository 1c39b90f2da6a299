"""Addresses of statement requests."""

from django.urls import URLPattern, path

from casework.statements import views as statements

CASE = "cases/<str:case_number>"
STATEMENT = f"{CASE}/statements/<uuid:statement_id>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/statements/new/", statements.statement_new, name="statement_new"),
    path(f"{STATEMENT}/", statements.statement, name="statement"),
    path(f"{STATEMENT}/remind/", statements.statement_remind, name="statement_remind"),
    path(f"{STATEMENT}/send-back/", statements.statement_send_back, name="statement_send_back"),
    path(f"{STATEMENT}/receive/", statements.statement_receive, name="statement_receive"),
    path(f"{STATEMENT}/newer/", statements.statement_newer, name="statement_newer"),
    path(f"{STATEMENT}/cancel/", statements.statement_cancel, name="statement_cancel"),
]
