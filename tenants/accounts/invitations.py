"""Inviting people: the only way to an account. The token is in the mail only; the row keeps its hash."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.accounts.models import Invitation, User
from tenants.errors import Refusal
from tenants.mail import outbox

VALID = timedelta(days=7)


class AlreadyAMember(Refusal):
    user_message = _("This person has an account already.")
    field = "email"


class InvitationNotValid(Refusal):
    user_message = _("This invitation has been used or is too old. Ask for a new one.")


@transaction.atomic
def invite(
    *, email: str, name: str, roles: list[str], language: str = "fi", by: User | None, at: datetime
) -> Invitation:
    """Write an invitation and the mail that carries its link.

    Raises:
        AlreadyAMember: somebody here has this address.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise AlreadyAMember
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        roles=roles,
        language=language,
        token_hash=_hashed(token),
        invited_by=by,
        expires_at=at + VALID,
    )
    outbox.write_to_address(
        "accounts/emails/invitation",
        email=email,
        language=language,
        context={"path": f"/invitation/{token}/", "expires_at": invitation.expires_at},
        key=f"invitation:{invitation.pk}",
    )
    return invitation


def invite_first(*, email: str, roles: list[str]) -> Invitation:
    """Invite a new municipality's first portal administrator, who then invites the others."""
    return invite(email=email, name=email.partition("@")[0], roles=roles, by=None, at=timezone.now())


def find(token: str, *, at: datetime) -> Invitation:
    """Find the open invitation of a link.

    Raises:
        InvitationNotValid: there is none, it was used, or it is too old.
    """
    invitation = Invitation.objects.filter(token_hash=_hashed(token), accepted_at=None, expires_at__gt=at).first()
    if invitation is None:
        raise InvitationNotValid
    return invitation


@transaction.atomic
def accept(*, token: str, name: str, password: str, at: datetime) -> User:
    """Make the account; the invitation is used up.

    Raises:
        InvitationNotValid, AlreadyAMember
    """
    invitation = Invitation.objects.select_for_update().get(pk=find(token, at=at).pk)
    if invitation.accepted_at:
        raise InvitationNotValid
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise AlreadyAMember
    user = User(email=invitation.email, name=name, language=invitation.language, roles=invitation.roles)
    user.set_password(password)
    user.save()
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    return user


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
