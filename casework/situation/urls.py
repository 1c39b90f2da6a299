"""Addresses of the mapping, the network and target groups."""

from django.urls import URLPattern, path

from casework.situation import mapping_views as mappings
from casework.situation import views as situations

CASE = "cases/<str:case_number>"
ENTRY = f"{CASE}/situation/facts/<uuid:mapping_entry_id>"
PERSON = f"{CASE}/network/<uuid:network_person_id>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/situation/", situations.case_situation, name="case_situation"),
    path(f"{CASE}/situation/reveal/", situations.situation_reveal, name="situation_reveal"),
    path(f"{CASE}/situation/groups/", situations.target_groups_edit, name="target_groups_edit"),
    path(f"{CASE}/situation/interview/", mappings.mapping_interview, name="mapping_interview"),
    path(f"{CASE}/situation/history/", mappings.mapping_history, name="mapping_history"),
    path(f"{CASE}/situation/facts/new/", mappings.mapping_new, name="mapping_new"),
    path(f"{ENTRY}/", mappings.mapping_entry, name="mapping_entry"),
    path(f"{ENTRY}/correct/", mappings.mapping_correct, name="mapping_correct"),
    path(f"{ENTRY}/remove/", mappings.mapping_remove, name="mapping_remove"),
    path(f"{CASE}/network/add/", situations.network_add, name="network_add"),
    path(f"{PERSON}/", situations.network_edit, name="network_edit"),
    path(f"{PERSON}/remove/", situations.network_remove, name="network_remove"),
]
