"""Addresses of the Varkaus console."""

from django.urls import URLPattern, URLResolver, include, path

from deploy.health import health
from tenants.accounts import urls as accounts

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    *accounts.urlpatterns,
    path("", include("tenants.urls")),
    path("", include("billing.urls")),
]
handler500 = "tenants.outages.server_error"
