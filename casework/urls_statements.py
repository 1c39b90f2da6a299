"""Addresses of statement requests."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
