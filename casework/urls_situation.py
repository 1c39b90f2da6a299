"""Addresses of the mapping, the network and target groups."""

from django.urls import URLPattern, path

from casework.views import situations

urlpatterns: list[URLPattern] = [
    path("cases/<str:case_number>/situation/", situations.case_situation, name="case_situation"),
]
