"""Addresses of a client's benefits."""

from django.urls import URLPattern, path

from casework.portfolio import views

BENEFITS = "cases/<str:case_number>/benefits"
BENEFIT = f"{BENEFITS}/<uuid:other_benefit_id>"

urlpatterns: list[URLPattern] = [
    path(f"{BENEFITS}/", views.case_benefits, name="case_benefits"),
    path(f"{BENEFITS}/add/", views.benefit_add, name="benefit_add"),
    path(f"{BENEFIT}/", views.benefit_edit, name="benefit_edit"),
    path(f"{BENEFIT}/remove/", views.benefit_remove, name="benefit_remove"),
]
