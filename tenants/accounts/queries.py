"""Reading people and invitations of this side of the house."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404

from tenants.accounts.models import Invitation, RoleRequest, User
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


def waiting_requests() -> QuerySet[RoleRequest]:
    """Changes of roles that wait for a second person, the one that takes effect first at the top."""
    waiting = RoleRequest.objects.filter(closed_at=None).select_related("person", "asked_by")
    return waiting.order_by("takes_effect_at", "pk")


def waiting_request_of(person: User) -> RoleRequest | None:
    """The change of a person's roles that waits for a second person, if there is one."""
    return waiting_requests().filter(person=person).first()


def role_request_or_404(role_request_id: UUID) -> RoleRequest:
    """Find a change of roles that was asked for here, open or closed."""
    return get_object_or_404(RoleRequest.objects.select_related("person", "asked_by", "closed_by"), pk=role_request_id)
