"""Addresses of the description of work and functional ability, and of the page of abilities."""

from django.urls import URLPattern, path

from casework.descriptions import ability_views, views

CASE = "cases/<str:case_number>"
DESCRIPTIONS = f"{CASE}/descriptions"
DESCRIPTION = f"{DESCRIPTIONS}/<uuid:description_id>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/ability/", ability_views.case_ability, name="case_ability"),
    path(f"{DESCRIPTIONS}/new/", views.description_new, name="description_new"),
    path(f"{DESCRIPTION}/", views.ability_description, name="ability_description"),
    path(f"{DESCRIPTION}/edit/", views.description_edit, name="description_edit"),
    path(f"{DESCRIPTION}/bring-in/", views.description_bring_in, name="description_bring_in"),
    path(f"{DESCRIPTION}/sign/", views.description_sign, name="description_sign"),
    path(f"{DESCRIPTION}/attach/", views.description_attach, name="description_attach"),
    path(f"{DESCRIPTION}/pdf/", views.description_pdf, name="description_pdf"),
    path(f"{DESCRIPTION}/docx/", views.description_docx, name="description_docx"),
]
