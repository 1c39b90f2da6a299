"""Inviting people: the only way to an account. The token is in the mail only; the row keeps its hash.

The account that comes of an invitation has the invitation's key, so that the access log tells one story.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tenants.accounts import acts, role_changes
from tenants.accounts.models import Invitation, User
from tenants.accounts.permissions import Permission, Role, roles_with, watches_administrators
from tenants.errors import Refusal
from tenants.mail import outbox

VALID = timedelta(days=7)


class AlreadyAMember(Refusal):
    user_message = _("This person has an account already.")
    field = "email"


class AlreadyInvited(Refusal):
    user_message = _("This person has an open invitation already.")
    field = "email"


class InvitationNotValid(Refusal):
    user_message = _("This invitation has been used or withdrawn, or it is too old. Ask for a new one.")


class NotForTheInviter(InvitationNotValid):
    user_message = _("You sent this invitation yourself. The person you invited opens it, in their own browser.")


class OwnAddress(Refusal):
    user_message = _(
        "This is your own mailbox. Ask for roles of your own on your own page: a second person confirms them."
    )
    field = "email"


class NobodyInvites(Refusal):
    user_message = _("There are people here already: one of them has to invite the next.")


@transaction.atomic
def invite(
    *, email: str, name: str, roles: list[str], language: str = "fi", by: User | None, at: datetime
) -> Invitation:
    """Write an invitation and the mail that carries its link; an earlier open one to this address is withdrawn.

    A new person's first roles need no second person: whoever reads the list of people sees them, and so does the log.
    `by` is None when a municipality is set up, where nobody can invite yet.

    Raises:
        AlreadyAMember: somebody here has this address.
        RoleNotOffered, OfficerAndAdministrator: roles that nobody can have here, or not together.
        OwnAddress: the roles would be the inviter's own.
        NobodyInvites: there is somebody here who could invite.
    """
    role_changes.check(roles)
    email = email.lower()
    _check_inviter(by, email)
    if User.objects.filter(email=email).exists():
        raise AlreadyAMember
    invitation, token = _make(email=email, name=name, roles=roles, language=language, by=by, at=at)
    _write_mail(invitation, token, at=at)
    if by:
        acts.record("person.invited", key=invitation.pk, by=by, reason=", ".join(roles))
    return invitation


def invite_first(*, email: str, roles: list[str], at: datetime) -> Invitation:
    """Invite a new municipality's first portal administrator, who then invites the others."""
    return invite(email=email, name=email.partition("@")[0], roles=roles, by=None, at=at)


@transaction.atomic
def invite_operator(*, email: str, name: str, by_mail: bool, again: bool, at: datetime) -> tuple[Invitation, str]:
    """Invite an operator of the console from the service's own terminal; answer the token of the link, too.

    Whoever sits there has the database and its keys in hand, so nobody on the console has to be asked; the log of the
    console says that it was done there. Without `by_mail` the link is nowhere but in the answer.

    Raises:
        AlreadyAMember: somebody here has this address.
        AlreadyInvited: unless it is to be done `again`, which makes the earlier link useless.
    """
    email = email.lower()
    if User.objects.filter(email=email).exists():
        raise AlreadyAMember
    if not again and _open().filter(email=email, expires_at__gt=at).exists():
        raise AlreadyInvited
    roles = [str(Role.OPERATOR)]
    invitation, token = _make(email=email, name=name, roles=roles, language="fi", by=None, at=at)
    if by_mail:
        _write_mail(invitation, token, at=at)
    acts.record_at_terminal("person.invited", key=invitation.pk, reason=", ".join(roles))
    return invitation, token


def find(token: str, *, at: datetime, opened_by: User | None = None) -> Invitation:
    """Find the open invitation of a link, which somebody may have opened who is signed in.

    Raises:
        InvitationNotValid: there is none, it was used or withdrawn, it is too old, or who sent it may invite no more.
        NotForTheInviter
    """
    known = _open().filter(_is_backed(), token_hash=_hashed(token), expires_at__gt=at).select_related("invited_by")
    invitation = known.first()
    if invitation is None or watches_administrators(invitation.roles):
        raise InvitationNotValid
    if opened_by is not None and opened_by.pk == invitation.invited_by_id:
        raise NotForTheInviter
    return invitation


@transaction.atomic
def accept(*, token: str, name: str, password: str, at: datetime, opened_by: User | None = None) -> User:
    """Make the account; the invitation is used up.

    Raises:
        InvitationNotValid, NotForTheInviter, AlreadyAMember
    """
    invitation = _locked(find(token, at=at, opened_by=opened_by))
    if User.objects.filter(email=invitation.email).exists():
        raise AlreadyAMember
    user = User(
        id=invitation.pk, email=invitation.email, name=name, language=invitation.language, roles=invitation.roles
    )
    user.set_password(password)
    user.save(force_insert=True)
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    acts.record("person.joined", key=user.pk, by=user)
    return user


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User, at: datetime) -> None:
    """Make the link of an invitation useless.

    Raises:
        InvitationNotValid: it was used or withdrawn meanwhile.
    """
    invitation = _locked(invitation)
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    acts.record("person.invitation_withdrawn", key=invitation.pk, by=by)


def _make(
    *, email: str, name: str, roles: list[str], language: str, by: User | None, at: datetime
) -> tuple[Invitation, str]:
    """Write the row; an earlier open one to this address is withdrawn."""
    _open().filter(email=email).update(withdrawn_at=at)
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
    return invitation, token


def _open() -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None)


def _is_backed() -> Q:
    """The condition that who sent it may still invite: an invitation dies with its inviter's account or role."""
    inviters = roles_with(Permission.MANAGE_PEOPLE)
    return Q(invited_by=None) | Q(invited_by__is_active=True, invited_by__roles__overlap=inviters)


def _check_inviter(by: User | None, email: str) -> None:
    if by is None and User.objects.exists():
        raise NobodyInvites
    if by is not None and _mailbox(by.email) == _mailbox(email):
        raise OwnAddress


def _mailbox(email: str) -> str:
    """The mailbox behind an address: what stands behind a plus only sorts one's mails (RFC 5233)."""
    local, _at, domain = email.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _locked(invitation: Invitation) -> Invitation:
    found = _open().select_for_update().filter(pk=invitation.pk).first()
    if found is None:
        raise InvitationNotValid
    return found


def _write_mail(invitation: Invitation, token: str, *, at: datetime) -> None:
    outbox.write_to_address(
        "accounts/emails/invitation",
        email=invitation.email,
        language=invitation.language,
        context={
            "path": f"/invitation/{token}/",
            "expires_at": invitation.expires_at,
            "inviter": invitation.invited_by.name if invitation.invited_by else "",
        },
        key=f"invitation:{invitation.pk}",
        at=at,
    )


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
