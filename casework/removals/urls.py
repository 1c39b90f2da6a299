"""Addresses of applications for removal."""

from django.urls import URLPattern, path

from casework.removals import letter_views, views

CASE = "cases/<str:case_number>"
REMOVAL = f"{CASE}/removals/<uuid:removal_id>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/decisions/<uuid:decision_id>/removal/", views.removal_new, name="removal_new"),
    path(f"{REMOVAL}/", views.removal, name="removal"),
    path(f"{REMOVAL}/edit/", views.removal_edit, name="removal_edit"),
    path(f"{REMOVAL}/file/", letter_views.removal_file, name="removal_file"),
    path(f"{REMOVAL}/pdf/", letter_views.removal_pdf, name="removal_pdf"),
    path(f"{REMOVAL}/docx/", letter_views.removal_docx, name="removal_docx"),
    path(f"{REMOVAL}/answer/", views.removal_answer, name="removal_answer"),
    path(f"{REMOVAL}/withdraw/", views.removal_withdraw, name="removal_withdraw"),
    path(f"{REMOVAL}/correct/", views.removal_correct, name="removal_correct"),
    path(f"{REMOVAL}/step-back/", views.removal_step_back, name="removal_step_back"),
    path(f"{REMOVAL}/remove/", views.removal_remove, name="removal_remove"),
]
