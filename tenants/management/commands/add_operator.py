"""Invite an operator of the console from the terminal: the first one, whom nobody there can invite, or another."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.core.validators import validate_email
from django.db import DatabaseError
from django.utils import timezone

from tenants import starting
from tenants.accounts import invitations
from tenants.accounts.models import Invitation
from tenants.errors import Refusal
from tenants.hosts import address_of
from tenants.keys.sealing import EncryptionError
from tenants.mail.conversation import Conversation, Unreachable
from tenants.scope import in_console


class Command(BaseCommand):
    help = "Invites an operator of the console by mail, or prints the link when no mail can be sent."
    requires_system_checks = [starting.ENVIRONMENT]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="default: what stands before the @")
        parser.add_argument("--link", action="store_true", help="print the link here, and send no mail")
        parser.add_argument("--again", action="store_true", help="make the link of an earlier invitation useless")

    @no_translations
    def handle(self, *, email: str, name: str, link: bool, again: bool, **options: Any) -> None:
        _check(email)
        by_mail = not link and self._mail_works()
        named = name or email.partition("@")[0]
        try:
            with in_console():
                invitation, token = invitations.invite_operator(
                    email=email, name=named, by_mail=by_mail, again=again, at=timezone.now()
                )
        except invitations.AlreadyInvited as refusal:
            raise CommandError(f"{refusal.user_message} For a new link, which ends that one, add --again.") from None
        except Refusal as refusal:
            raise CommandError(str(refusal.user_message)) from None
        except (ImproperlyConfigured, DatabaseError, EncryptionError) as error:
            raise CommandError(f"Nobody was invited: {' '.join(str(error).split())}") from None
        self._say(invitation, token, by_mail=by_mail)

    def _mail_works(self) -> bool:
        try:
            with Conversation() as conversation:
                conversation.open()
        except Unreachable as error:
            self.stdout.write(f"The mail server cannot be reached ({error}), so the link stands here.")
            return False
        return True

    def _say(self, invitation: Invitation, token: str, *, by_mail: bool) -> None:
        until = f"{timezone.localtime(invitation.expires_at):%d.%m.%Y %H:%M}"
        if by_mail:
            self.stdout.write(f"An invitation to {invitation.email} goes out with the next mails, good until {until}.")
            return
        self.stdout.write(f"Whoever opens this first, until {until}, becomes the operator {invitation.email}:")
        self.stdout.write(address_of(None, f"/invitation/{token}/"))


def _check(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError(f"{email} is not an e-mail address.") from None
