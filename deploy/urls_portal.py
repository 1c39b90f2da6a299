"""Addresses of a municipality's staff portal."""

from django.urls import URLPattern, URLResolver, include, path

from tenants.accounts import urls as accounts

urlpatterns: list[URLPattern | URLResolver] = [
    *accounts.urlpatterns,
    path("", include("casework.urls")),
]
handler500 = "tenants.outages.server_error"
