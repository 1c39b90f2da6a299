"""Addresses of the mapping, the network and target groups."""

from django.urls import URLPattern, path

from casework.situation import mapping_views, views

CASE = "cases/<str:case_number>"
ENTRY = f"{CASE}/situation/facts/<uuid:mapping_entry_id>"
PERSON = f"{CASE}/network/<uuid:network_person_id>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/situation/", views.case_situation, name="case_situation"),
    path(f"{CASE}/situation/reveal/", views.situation_reveal, name="situation_reveal"),
    path(f"{CASE}/situation/groups/", views.target_groups_edit, name="target_groups_edit"),
    path(f"{CASE}/situation/interview/", mapping_views.mapping_interview, name="mapping_interview"),
    path(f"{CASE}/situation/history/", mapping_views.mapping_history, name="mapping_history"),
    path(f"{CASE}/situation/facts/new/", mapping_views.mapping_new, name="mapping_new"),
    path(f"{ENTRY}/", mapping_views.mapping_entry, name="mapping_entry"),
    path(f"{ENTRY}/correct/", mapping_views.mapping_correct, name="mapping_correct"),
    path(f"{ENTRY}/remove/", mapping_views.mapping_remove, name="mapping_remove"),
    path(f"{CASE}/network/add/", views.network_add, name="network_add"),
    path(f"{PERSON}/", views.network_edit, name="network_edit"),
    path(f"{PERSON}/remove/", views.network_remove, name="network_remove"),
]
