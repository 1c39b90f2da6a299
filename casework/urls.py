"""Addresses of casework. Around every view stand the door to somebody else's case and the end of a saved draft."""

from django.urls import URLPattern

from casework import subjects
from casework.cases.door import asking_for_reason
from casework.cases.draft_views import ending_draft
from tenants.audit import urls as audit_urls

urlpatterns: list[URLPattern] = [
    *(
        URLPattern(pattern.pattern, asking_for_reason(ending_draft(pattern.callback)), name=pattern.name)
        for module in subjects.modules("urls")
        for pattern in module.urlpatterns
    ),
    *audit_urls.urlpatterns,
]
