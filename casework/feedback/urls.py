"""Addresses of the letter to who referred the client."""

from django.urls import URLPattern, path

from casework.feedback import views

CASE = "cases/<str:case_number>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/feedback/", views.feedback_new, name="feedback_new"),
    path(f"{CASE}/feedback/print/", views.feedback_print, name="feedback_print"),
]
