"""Reading the counts of paid days and the registrations of a case that was handed out."""

import uuid

from django.shortcuts import get_object_or_404

from casework.models import Case, JobseekerRegistration, SicknessDayCount


def counts_of(case: Case) -> list[SicknessDayCount]:
    """The counts of a case that stand, the newest first."""
    return list(case.sickness_day_counts.select_related("document", "written_by"))


def registrations_of(case: Case) -> list[JobseekerRegistration]:
    """The registrations of a case that stand, the newest first."""
    return list(case.jobseeker_registrations.select_related("written_by"))


def count_or_404(case: Case, count_id: uuid.UUID) -> SicknessDayCount:
    """Fetch a count of a case that stands.

    Raises:
        Http404
    """
    found: SicknessDayCount = get_object_or_404(
        case.sickness_day_counts.select_related("case", "document"), pk=count_id
    )
    return found


def registration_or_404(case: Case, registration_id: uuid.UUID) -> JobseekerRegistration:
    """Fetch a registration of a case that stands.

    Raises:
        Http404
    """
    found: JobseekerRegistration = get_object_or_404(
        case.jobseeker_registrations.select_related("case"), pk=registration_id
    )
    return found
