"""Addresses of Today, applications, decisions, coverage checks and appeals."""

from django.urls import URLPattern, path

from casework.appeals import views as appeals
from casework.applications import views as applications
from casework.decisions import views as decisions
from casework.overview import today_views as today

CASE = "cases/<str:case_number>"
APPLICATION = f"{CASE}/applications/<uuid:application_id>"
DECISION = f"{CASE}/decisions/<uuid:decision_id>"
APPEAL = f"{CASE}/appeals/<uuid:appeal_id>"

urlpatterns: list[URLPattern] = [
    path("", today.today, name="today"),
    path(f"{CASE}/applications/", applications.case_applications, name="case_applications"),
    path(f"{CASE}/applications/new/", applications.application_new, name="application_new"),
    path(f"{APPLICATION}/", applications.application, name="application"),
    path(f"{APPLICATION}/evidence/", applications.application_evidence, name="application_evidence"),
    path(
        f"{APPLICATION}/evidence/<uuid:evidence_id>/remove/",
        applications.application_evidence_remove,
        name="application_evidence_remove",
    ),
    path(f"{APPLICATION}/file/", applications.application_file, name="application_file"),
    path(f"{APPLICATION}/ask-for-more/", applications.application_ask_for_more, name="application_ask_for_more"),
    path(f"{APPLICATION}/supply/", applications.application_supply, name="application_supply"),
    path(f"{APPLICATION}/re-examine/", applications.application_re_examine, name="application_re_examine"),
    path(f"{APPLICATION}/withdraw/", applications.application_withdraw, name="application_withdraw"),
    path(f"{APPLICATION}/decision/", decisions.decision_new, name="decision_new"),
    path(f"{DECISION}/", decisions.decision, name="decision"),
    path(f"{DECISION}/notice/", decisions.decision_notice, name="decision_notice"),
    path(f"{DECISION}/document/", decisions.decision_document, name="decision_document"),
    path(f"{DECISION}/coverage/", decisions.coverage, name="coverage"),
    path(f"{DECISION}/coverage/reopen/", decisions.coverage_reopen, name="coverage_reopen"),
    path(f"{DECISION}/appeal/", appeals.appeal_new, name="appeal_new"),
    path(f"{APPEAL}/", appeals.appeal, name="appeal"),
    path(f"{APPEAL}/edit/", appeals.appeal_edit, name="appeal_edit"),
    path(f"{APPEAL}/notice/", appeals.appeal_notice, name="appeal_notice"),
    path(f"{APPEAL}/file/", appeals.appeal_file, name="appeal_file"),
    path(f"{APPEAL}/decide/", appeals.appeal_decide, name="appeal_decide"),
    path(f"{APPEAL}/further/", appeals.appeal_further, name="appeal_further"),
    path(f"{APPEAL}/withdraw/", appeals.appeal_withdraw, name="appeal_withdraw"),
]
