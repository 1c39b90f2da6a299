"""Reading one representative of the client of a case."""

import uuid

from django.shortcuts import get_object_or_404

from casework.models import Case, Representation


def representation_or_404(case: Case, representation_id: uuid.UUID) -> Representation:
    """Fetch a representative of the client of a case that was handed out.

    Raises:
        Http404
    """
    found = Representation.objects.filter(client=case.client_id).select_related("person")
    representation: Representation = get_object_or_404(found, pk=representation_id)
    return representation
