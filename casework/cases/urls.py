"""Addresses of a case as a whole, its team, notes and drafts. A case goes by its number, never by a name."""

from django.urls import URLPattern, path

from casework.cases import draft_views, note_views, team_views, views

CASE = "cases/<str:case_number>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/reason/", views.case_reason, name="case_reason"),
    path(f"{CASE}/reassign/", views.case_reassign, name="case_reassign"),
    path(f"{CASE}/direction/", views.case_direction, name="case_direction"),
    path(f"{CASE}/correct/", views.case_correct, name="case_correct"),
    path(f"{CASE}/reopen/", views.case_reopen, name="case_reopen"),
    path(f"{CASE}/team/", team_views.case_team, name="case_team"),
    path(f"{CASE}/team/<uuid:participant_id>/correct/", team_views.participant_correct, name="participant_correct"),
    path(f"{CASE}/team/<uuid:participant_id>/remove/", team_views.participant_remove, name="participant_remove"),
    path(f"{CASE}/notes/add/", note_views.note_add, name="note_add"),
    path(f"{CASE}/notes/<uuid:note_id>/", note_views.note, name="note"),
    path(f"{CASE}/notes/<uuid:note_id>/correct/", note_views.note_correct, name="note_correct"),
    path(f"{CASE}/notes/<uuid:note_id>/remove/", note_views.note_remove, name="note_remove"),
    path("drafts/save/", draft_views.draft_save, name="draft_save"),
    path("drafts/throw-away/", draft_views.draft_throw_away, name="draft_throw_away"),
]
