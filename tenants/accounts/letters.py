"""The mails about accounts: allauth's own and ours, written into the outbox in the recipient's language."""

import uuid
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.accounts.models import RoleRequest, User
from tenants.audit.requests import current_request
from tenants.mail import outbox
from tenants.mail.models import OutgoingEmail

PASSWORD_RESET = "accounts/emails/password_reset"  # noqa: S105 (a template)
PASSWORD_CHANGED = "accounts/emails/password_changed"  # noqa: S105
SECOND_FACTOR_CHANGED = "accounts/emails/second_factor_changed"
ROLES_ASKED = "accounts/emails/roles_asked"


class Letter(NamedTuple):
    """Which of our templates answers to a mail of allauth, and what happened in one sentence."""

    template: str
    event: Promise | str = ""


LETTERS = {
    "account/email/password_reset_key": Letter(PASSWORD_RESET),
    "account/email/password_reset": Letter(PASSWORD_CHANGED),
    "account/email/password_changed": Letter(PASSWORD_CHANGED),
    "mfa/email/totp_activated": Letter(SECOND_FACTOR_CHANGED, _("An authenticator app was added.")),
    "mfa/email/totp_deactivated": Letter(SECOND_FACTOR_CHANGED, _("The authenticator app was removed.")),
    "mfa/email/webauthn_added": Letter(SECOND_FACTOR_CHANGED, _("A passkey or security key was added.")),
    "mfa/email/webauthn_removed": Letter(SECOND_FACTOR_CHANGED, _("A passkey or security key was removed.")),
    "mfa/email/recovery_codes_generated": Letter(SECOND_FACTOR_CHANGED, _("New recovery codes were made.")),
}
RESET_BY_ADMINISTRATOR = _(
    "The second step was taken away by an administrator. You set up a new one the next time you sign in."
)


class UnknownLetter(LookupError):
    """allauth wants to send a mail that Suunta has no words for; it must not go out in allauth's."""


def write_for_allauth(prefix: str, *, to: User, context: dict[str, Any], at: datetime) -> OutgoingEmail:
    """Write the mail that allauth asks for.

    Of allauth's context only the path of the reset link is used: its host is what the browser claimed.

    Raises:
        UnknownLetter: there is no such mail in LETTERS.
    """
    letter = LETTERS.get(prefix)
    if letter is None:
        raise UnknownLetter(prefix)
    values = {"event": letter.event, "path": urlsplit(context.get("password_reset_url", "")).path}
    return _write(letter.template, to=to, values=values, at=at)


def second_factor_reset(*, to: User, at: datetime) -> OutgoingEmail:
    """Tell a person that an administrator took their second factor away."""
    return _write(SECOND_FACTOR_CHANGED, to=to, values={"event": RESET_BY_ADMINISTRATOR, "path": ""}, at=at)


def roles_asked(role_request: RoleRequest, *, to: User, at: datetime) -> OutgoingEmail:
    """Ask a second person about a change of roles: which roles, until when, and where to answer. Not whose."""
    with translation.override(to.language):
        values: dict[str, Any] = {"given": role_request.given, "taken": role_request.taken}
    values |= {"path": role_request.get_absolute_url(), "takes_effect_at": role_request.takes_effect_at}
    return outbox.write(ROLES_ASKED, to=to, context=values, key=f"roles_asked:{role_request.pk}:{to.pk}", at=at)


def _write(template: str, *, to: User, values: dict[str, Any], at: datetime) -> OutgoingEmail:
    occasion = current_request().id or uuid.uuid4()
    return outbox.write(template, to=to, context=values, key=f"{template}:{to.pk}:{occasion}", at=at)
