"""Reading people and invitations of this side of the house."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404

from tenants.accounts.models import Invitation, User
from tenants.accounts.second_factor import FACTORS


def people() -> QuerySet[User]:
    """Everybody with an account here, those who may sign in first; each knows `has_second_factor`."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    return User.objects.annotate(has_second_factor=Exists(factors)).order_by("-is_active", "sort_key", "pk")


def person_or_404(person_id: UUID) -> User:
    """Find a person here, active or not."""
    return get_object_or_404(people(), pk=person_id)


def open_invitations() -> QuerySet[Invitation]:
    """Invitations that were neither used nor withdrawn, also those that are too old, newest first."""
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None).select_related("invited_by")


def invitation_or_404(invitation_id: UUID) -> Invitation:
    """Find an invitation here that was neither used nor withdrawn."""
    return get_object_or_404(open_invitations(), pk=invitation_id)
