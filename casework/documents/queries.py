"""Documents by their own address, and the newest versions of a case's."""

import uuid
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from casework.cases.queries import case_or_404
from casework.models import Case, Document
from tenants.accounts.models import User


def document_or_404(
    user: User, number: str, document_id: uuid.UUID, *, on: date, action: str = "document.fetched"
) -> Document:
    """Fetch a document of a case the person may see, and log that it was handed out.

    Raises:
        Http404, ReasonNeeded
    """
    case = case_or_404(user, number, on=on, action=action)
    return get_object_or_404(Document.objects.select_related("case__client"), case=case, pk=document_id)


def number_of(document: Document) -> int:
    """The number of a document in its case, in the order in which they came."""
    of_case = Document.objects.filter(case=document.case_id).order_by("created_at", "pk")
    return list(of_case.values_list("pk", flat=True)).index(document.pk) + 1


def newest_versions(case: Case) -> QuerySet[Document]:
    """The documents of a case without those that a newer version has replaced; each knows the one before."""
    return case.documents.filter(replaced_by=None).select_related("uploaded_by", "replaces")


def offered(found: QuerySet[Document], *chosen: Document | uuid.UUID | None) -> QuerySet[Document]:
    """What a form offers: these, and what was chosen before a newer version replaced it, which says so.

    Else a form that somebody opens for another field would let go of it, unseen.
    """
    keys = [one.pk if isinstance(one, Document) else one for one in chosen if one]
    is_old = Exists(Document.objects.filter(replaces=OuterRef("pk")))
    either = Document.objects.filter(Q(pk__in=found.order_by().values("pk")) | Q(pk__in=keys))
    return either.annotate(is_replaced=is_old).order_by("created_at")
