"""Addresses of the description of work and functional ability."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
