"""The address of the access log."""

from django.urls import URLPattern, path

from tenants.audit import views

urlpatterns: list[URLPattern] = [path("access-log/", views.access_log, name="access_log")]
