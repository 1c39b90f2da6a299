"""Addresses of the description of work and functional ability, and of the client's own map."""

from django.urls import URLPattern, path

from casework.descriptions import ability_views as ability
from casework.descriptions import views as descriptions
from casework.overview import client_map_views as client_map

urlpatterns: list[URLPattern] = [
    path("cases/<str:case_number>/ability/", ability.case_ability, name="case_ability"),
    path("cases/<str:case_number>/descriptions/new/", descriptions.description_new, name="description_new"),
    path(
        "cases/<str:case_number>/descriptions/<uuid:description_id>/",
        descriptions.ability_description,
        name="ability_description",
    ),
    path(
        "cases/<str:case_number>/descriptions/<uuid:description_id>/edit/",
        descriptions.description_edit,
        name="description_edit",
    ),
    path(
        "cases/<str:case_number>/descriptions/<uuid:description_id>/bring-in/",
        descriptions.description_bring_in,
        name="description_bring_in",
    ),
    path(
        "cases/<str:case_number>/descriptions/<uuid:description_id>/sign/",
        descriptions.description_sign,
        name="description_sign",
    ),
    path(
        "cases/<str:case_number>/descriptions/<uuid:description_id>/attach/",
        descriptions.description_attach,
        name="description_attach",
    ),
    path(
        "cases/<str:case_number>/descriptions/<uuid:description_id>/pdf/",
        descriptions.description_pdf,
        name="description_pdf",
    ),
    path(
        "cases/<str:case_number>/descriptions/<uuid:description_id>/docx/",
        descriptions.description_docx,
        name="description_docx",
    ),
    path("cases/<str:case_number>/map/", client_map.case_map, name="case_map"),
    path("cases/<str:case_number>/map/pdf/", client_map.case_map_pdf, name="case_map_pdf"),
]
