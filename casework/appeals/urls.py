"""Addresses of appeals."""

from django.urls import URLPattern, path

from casework.appeals import brought_views, letter_views, self_correction_views, supplement_views, views

CASE = "cases/<str:case_number>"
APPEAL = f"{CASE}/appeals/<uuid:appeal_id>"
SUPPLEMENT = f"{CASE}/appeal-letters/<uuid:supplement_id>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/brought/", brought_views.brought_decision, name="brought_decision"),
    path(f"{CASE}/decisions/<uuid:decision_id>/appeal/", views.appeal_new, name="appeal_new"),
    path(f"{APPEAL}/", views.appeal, name="appeal"),
    path(f"{APPEAL}/edit/", views.appeal_edit, name="appeal_edit"),
    path(f"{APPEAL}/notice/", views.appeal_notice, name="appeal_notice"),
    path(f"{APPEAL}/file/", letter_views.appeal_file, name="appeal_file"),
    path(f"{APPEAL}/enclose/", letter_views.appeal_enclose, name="appeal_enclose"),
    path(f"{APPEAL}/proof/", letter_views.appeal_proof, name="appeal_proof"),
    path(f"{APPEAL}/pdf/", letter_views.appeal_pdf, name="appeal_pdf"),
    path(f"{APPEAL}/docx/", letter_views.appeal_docx, name="appeal_docx"),
    path(f"{APPEAL}/decider/", self_correction_views.appeal_decider, name="appeal_decider"),
    path(f"{APPEAL}/new-decision/", self_correction_views.appeal_new_decision, name="appeal_new_decision"),
    path(f"{APPEAL}/ask-comment/", self_correction_views.appeal_ask_comment, name="appeal_ask_comment"),
    path(f"{APPEAL}/comment/", self_correction_views.appeal_comment, name="appeal_comment"),
    path(f"{APPEAL}/decide/", views.appeal_decide, name="appeal_decide"),
    path(f"{APPEAL}/further/", views.appeal_further, name="appeal_further"),
    path(f"{APPEAL}/correct/", views.appeal_correct, name="appeal_correct"),
    path(f"{APPEAL}/step-back/", views.appeal_step_back, name="appeal_step_back"),
    path(f"{APPEAL}/remove/", views.appeal_remove, name="appeal_remove"),
    path(f"{APPEAL}/withdraw/", views.appeal_withdraw, name="appeal_withdraw"),
    path(f"{APPEAL}/letters/new/", supplement_views.appeal_supplement_new, name="appeal_supplement_new"),
    path(f"{SUPPLEMENT}/edit/", supplement_views.appeal_supplement_edit, name="appeal_supplement_edit"),
    path(f"{SUPPLEMENT}/pdf/", supplement_views.appeal_supplement_pdf, name="appeal_supplement_pdf"),
    path(f"{SUPPLEMENT}/docx/", supplement_views.appeal_supplement_docx, name="appeal_supplement_docx"),
    path(f"{SUPPLEMENT}/send/", supplement_views.appeal_supplement_send, name="appeal_supplement_send"),
    path(f"{SUPPLEMENT}/correct/", supplement_views.appeal_supplement_correct, name="appeal_supplement_correct"),
    path(f"{SUPPLEMENT}/remove/", supplement_views.appeal_supplement_remove, name="appeal_supplement_remove"),
]
