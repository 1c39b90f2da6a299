"""Addresses of consents and handing over documents."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
