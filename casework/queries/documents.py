"""Documents by their own address."""

import uuid

from django.shortcuts import get_object_or_404

from casework.models import Document
from casework.queries.cases import case_or_404
from tenants.accounts.models import User


def document_or_404(user: User, number: str, document_id: uuid.UUID) -> Document:
    """Fetch a document of a case the person may see, and log that it was handed out.

    Raises:
        Http404, ReasonNeeded
    """
    case = case_or_404(user, number, action="document.fetched")
    return get_object_or_404(Document.objects.select_related("case"), case=case, pk=document_id)
