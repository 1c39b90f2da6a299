"""Addresses of casework. Around every view stand the door to somebody else's case and the end of a saved draft."""

from django.urls import URLPattern

from casework.applications import urls as urls_applications
from casework.assessments import urls as urls_assessments
from casework.cases import urls as urls_cases
from casework.cases.door import asking_for_reason
from casework.cases.draft_views import ending_draft
from casework.consents import urls as urls_consents
from casework.descriptions import urls as urls_descriptions
from casework.meetings import urls as urls_meetings
from casework.situation import urls as urls_situation
from casework.statements import urls as urls_statements
from casework.visits import urls as urls_appointments
from tenants.audit import urls as audit_urls

_ROOMS = (
    urls_cases,
    urls_situation,
    urls_consents,
    urls_assessments,
    urls_descriptions,
    urls_appointments,
    urls_statements,
    urls_meetings,
    urls_applications,
)
urlpatterns: list[URLPattern] = [
    *(
        URLPattern(pattern.pattern, asking_for_reason(ending_draft(pattern.callback)), name=pattern.name)
        for room in _ROOMS
        for pattern in room.urlpatterns
    ),
    *audit_urls.urlpatterns,
]
