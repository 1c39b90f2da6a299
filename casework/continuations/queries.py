"""Reading what was said about the continuation of a decision that was handed out."""

import uuid

from django.shortcuts import get_object_or_404

from casework.models import Case, NoContinuation


def no_continuation_or_404(case: Case, row_id: uuid.UUID) -> NoContinuation:
    """Fetch the word that no continuation is applied for, of a case that was handed out.

    Raises:
        Http404
    """
    of_case = NoContinuation.objects.filter(decision__application__case=case, decision__removed_at=None)
    found: NoContinuation = get_object_or_404(of_case.select_related("decision__application"), pk=row_id)
    found.decision.application.case = case
    return found
