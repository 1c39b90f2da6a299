"""Addresses of continuations."""

from django.urls import URLPattern, path

from casework.continuations import views

CASE = "cases/<str:case_number>"
DECISION = f"{CASE}/decisions/<uuid:decision_id>"
NONE = f"{CASE}/no-continuation/<uuid:no_continuation_id>"

urlpatterns: list[URLPattern] = [
    path(f"{DECISION}/continuation/", views.continuation_begin, name="continuation_begin"),
    path(f"{DECISION}/no-continuation/", views.continuation_none, name="continuation_none"),
    path(f"{NONE}/correct/", views.continuation_none_correct, name="continuation_none_correct"),
    path(f"{NONE}/remove/", views.continuation_none_remove, name="continuation_none_remove"),
]
