"""Addresses of applications."""

from django.urls import URLPattern, path

from casework.applications import annex_views, both_views, views

APPLICATIONS = "cases/<str:case_number>/applications"
APPLICATION = f"{APPLICATIONS}/<uuid:application_id>"

urlpatterns: list[URLPattern] = [
    path(f"{APPLICATIONS}/", views.case_applications, name="case_applications"),
    path(f"{APPLICATIONS}/new/", views.application_new, name="application_new"),
    path(f"{APPLICATION}/", views.application, name="application"),
    path(f"{APPLICATION}/evidence/", views.application_evidence, name="application_evidence"),
    path(
        f"{APPLICATION}/evidence/<uuid:evidence_id>/correct/",
        views.application_evidence_correct,
        name="application_evidence_correct",
    ),
    path(
        f"{APPLICATION}/evidence/<uuid:evidence_id>/remove/",
        views.application_evidence_remove,
        name="application_evidence_remove",
    ),
    path(
        f"{APPLICATION}/papers/<uuid:paper_id>/attach/",
        annex_views.application_paper_attach,
        name="application_paper_attach",
    ),
    path(
        f"{APPLICATION}/annexes/<str:annex_code>/not-needed/",
        annex_views.application_annex_not_needed,
        name="application_annex_not_needed",
    ),
    path(
        f"{APPLICATION}/annexes/<uuid:answer_id>/correct/",
        annex_views.application_annex_correct,
        name="application_annex_correct",
    ),
    path(
        f"{APPLICATION}/annexes/<uuid:answer_id>/remove/",
        annex_views.application_annex_remove,
        name="application_annex_remove",
    ),
    path(f"{APPLICATION}/correct/", views.application_correct, name="application_correct"),
    path(f"{APPLICATION}/remove/", views.application_remove, name="application_remove"),
    path(f"{APPLICATION}/step-back/", views.application_step_back, name="application_step_back"),
    path(f"{APPLICATION}/claim-day/", views.application_claim_day, name="application_claim_day"),
    path(f"{APPLICATION}/file/", views.application_file, name="application_file"),
    path(f"{APPLICATION}/ask-for-more/", views.application_ask_for_more, name="application_ask_for_more"),
    path(f"{APPLICATION}/supply/", views.application_supply, name="application_supply"),
    path(f"{APPLICATION}/re-examine/", views.application_re_examine, name="application_re_examine"),
    path(f"{APPLICATION}/together/", both_views.application_together, name="application_together"),
    path(f"{APPLICATION}/withdraw/", views.application_withdraw, name="application_withdraw"),
]
