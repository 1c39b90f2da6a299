"""Addresses of clients and their illnesses."""

from django.urls import URLPattern, path

from casework.clients import illness_views, views

CASE = "cases/<str:case_number>"
ILLNESS = f"{CASE}/illnesses/<uuid:illness_id>"

urlpatterns: list[URLPattern] = [
    path("clients/", views.client_list, name="client_list"),
    path("clients/search/", views.client_search, name="client_search"),
    path("clients/new/", views.client_new, name="client_new"),
    path(f"{CASE}/client/edit/", views.client_edit, name="client_edit"),
    path(f"{CASE}/client/reveal/", views.client_reveal, name="client_reveal"),
    path(f"{CASE}/client/voluntariness/", views.client_voluntariness, name="client_voluntariness"),
    path(f"{CASE}/illnesses/add/", illness_views.illness_add, name="illness_add"),
    path(f"{ILLNESS}/", illness_views.illness_edit, name="illness_edit"),
    path(f"{ILLNESS}/remove/", illness_views.illness_remove, name="illness_remove"),
]
