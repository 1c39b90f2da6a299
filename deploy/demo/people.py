"""The staff of the demo: invited one after the other, each joining by the link in their letter."""

import re
from datetime import datetime

from deploy.demo import accounts
from deploy.demo.accounts import Account
from tenants.accounts import invitations
from tenants.accounts.models import User
from tenants.mail.models import OutgoingEmail

LINK = re.compile(r"/invitation/([\w-]+)/")


def bring_in(host: str, *, at: datetime) -> dict[str, User]:
    """Give everybody of a host an account, administrators first; answer all by the name in their address."""
    theirs = [account for account in accounts.ACCOUNTS if account.host == host]
    theirs.sort(key=lambda account: "portal_admin" not in account.roles)
    inviter = None
    for account in theirs:
        person = User.objects.filter(email=account.email).first() or _join(account, by=inviter, at=at)
        inviter = inviter or person
    return {person.email.partition("@")[0]: person for person in User.objects.all()}


def _join(account: Account, *, by: User | None, at: datetime) -> User:
    """Accept an invitation; that of the day on which the municipality was set up has one role only, and is replaced."""
    roles = list(account.roles)
    invitation = invitations.invite(email=account.email, name=account.name, roles=roles, by=by, at=at)
    letter = OutgoingEmail.objects.get(key=f"invitation:{invitation.pk}")
    link = LINK.search(letter.text)
    if link is None:
        raise LookupError(f"There is no link in the letter to {account.email}")
    return invitations.accept(token=link[1], name=account.name, password=accounts.PASSWORD, at=at)
