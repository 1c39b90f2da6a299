"""Addresses of phrases."""

from django.urls import URLPattern, path

from casework.phrases import views

PHRASE = "phrases/<uuid:phrase_id>"

urlpatterns: list[URLPattern] = [
    path("phrases/", views.phrase_list, name="phrase_list"),
    path("phrases/new/", views.phrase_new, name="phrase_new"),
    path(f"{PHRASE}/", views.phrase, name="phrase"),
    path(f"{PHRASE}/edit/", views.phrase_edit, name="phrase_edit"),
    path(f"{PHRASE}/approve/", views.phrase_approve, name="phrase_approve"),
    path(f"{PHRASE}/retire/", views.phrase_retire, name="phrase_retire"),
]
