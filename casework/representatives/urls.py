"""Addresses of the representatives of a client."""

from django.urls import URLPattern, path

from casework.representatives import views

CASE = "cases/<str:case_number>"
ONE = f"{CASE}/representatives/<uuid:representation_id>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/representatives/add/", views.representative_add, name="representative_add"),
    path(f"{ONE}/correct/", views.representative_correct, name="representative_correct"),
    path(f"{ONE}/end/", views.representative_end, name="representative_end"),
    path(f"{ONE}/remove/", views.representative_remove, name="representative_remove"),
]
