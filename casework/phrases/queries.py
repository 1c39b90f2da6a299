"""Reading phrases: the list, one with its wordings, those that are offered, and who approves."""

import uuid

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from casework.models import Phrase, PhraseWording
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission, roles_with


def phrases(*, kind: str, language: str, is_retired: bool) -> list[Phrase]:
    """The phrases of a kind and a language ("" for all), with their wordings but not their texts."""
    wordings = PhraseWording.objects.select_related("written_by", "approved_by").defer("text")
    found = Phrase.objects.filter(retired_at__isnull=not is_retired)
    found = found.filter(**{name: value for name, value in (("kind", kind), ("language", language)) if value})
    return list(found.select_related("retired_by").prefetch_related(Prefetch("wordings", wordings)))


def phrase_or_404(phrase_id: uuid.UUID) -> Phrase:
    """Fetch a phrase with all its wordings.

    Raises:
        Http404
    """
    wordings = PhraseWording.objects.select_related("written_by", "approved_by")
    whole = Phrase.objects.select_related("retired_by").prefetch_related(Prefetch("wordings", wordings))
    found: Phrase = get_object_or_404(whole, pk=phrase_id)
    return found


def offered(kind: str, language: str) -> list[PhraseWording]:
    """What is in use of a kind in a language, by title."""
    approved = PhraseWording.objects.filter(
        phrase__kind=kind, phrase__language=language, phrase__retired_at=None, approved_at__isnull=False
    )
    newest = approved.order_by("phrase_id", "-number").distinct("phrase_id")
    return sorted(newest, key=lambda wording: wording.title.casefold())


def second_persons(author: User) -> QuerySet[User]:
    """Who may approve what somebody wrote."""
    approving = User.objects.filter(is_active=True, roles__overlap=roles_with(Permission.APPROVE_PHRASES))
    return approving.exclude(pk=author.pk)
