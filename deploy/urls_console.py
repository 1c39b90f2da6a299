"""Addresses of the Varkaus console."""

from django.urls import URLPattern, URLResolver, include, path

from tenants.accounts import urls as accounts

urlpatterns: list[URLPattern | URLResolver] = [
    *accounts.urlpatterns,
    path("", include("tenants.urls")),
    path("", include("billing.urls")),
]
