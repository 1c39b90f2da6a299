"""Addresses of casework. Around every view stands the door that asks for the reason of opening somebody else's case."""

from django.urls import URLPattern

from casework import urls_applications, urls_cases
from casework.views.doors import asking_for_reason
from tenants.audit import urls as audit_urls

urlpatterns: list[URLPattern] = [
    *(
        URLPattern(pattern.pattern, asking_for_reason(pattern.callback), name=pattern.name)
        for pattern in (*urls_cases.urlpatterns, *urls_applications.urlpatterns)
    ),
    *audit_urls.urlpatterns,
]
