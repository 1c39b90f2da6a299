"""Changing the people of one side of the house: their roles, whether they may sign in, their second factor."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tenants.accounts import acts, letters, second_factor, sessions
from tenants.accounts.models import User
from tenants.accounts.permissions import CONSOLE_ROLES, PORTAL_ROLES, Permission, Role, roles_with
from tenants.errors import Refusal
from tenants.scope import active_municipality


class RoleNotOffered(Refusal):
    user_message = _("This role does not exist here.")
    field = "roles"


class LastAdministrator(Refusal):
    user_message = _("Nobody else could look after people and roles. Give somebody else that role first.")
    field = "roles"


class OwnAccount(Refusal):
    user_message = _("This is your own account. Another administrator has to do this.")


def offered_roles() -> tuple[Role, ...]:
    """The roles people can have on this side of the house."""
    return PORTAL_ROLES if active_municipality() else CONSOLE_ROLES


@transaction.atomic
def change(*, person: User, name: str, language: str, roles: list[str], version: int, by: User) -> User:
    """Change what is known of a person and what they may do, from their next request on.

    Raises:
        EditedMeanwhile: somebody else saved first.
        RoleNotOffered: a role that does not exist on this side of the house.
        LastAdministrator: nobody would be left who manages people.
    """
    check_roles(roles)
    person = _locked(person, stays_administrator=_manages_people(roles))
    person.check_version(version)
    before = ", ".join(person.roles)
    person.name, person.language, person.roles = name, language, roles
    person.save_version("name", "language", "roles")
    acts.record("person.changed", key=person.pk, by=by, reason=f"{before} → {', '.join(roles)}")
    return person


@transaction.atomic
def disable(*, person: User, by: User) -> None:
    """Let a person in no more; their sessions end at once.

    Raises:
        OwnAccount: one cannot lock oneself out.
        LastAdministrator: nobody would be left who manages people.
    """
    _check_is_somebody_else(person, by)
    person = _locked(person, stays_administrator=False)
    person.is_active = False
    person.save(update_fields=["is_active"])
    sessions.end_all(person)
    acts.record("person.disabled", key=person.pk, by=by)


@transaction.atomic
def enable(*, person: User, by: User) -> None:
    """Let a disabled person sign in again."""
    person.is_active = True
    person.save(update_fields=["is_active"])
    acts.record("person.enabled", key=person.pk, by=by)


@transaction.atomic
def reset_second_factor(*, person: User, reason: str, by: User, at: datetime) -> None:
    """Take away the second factors of a person who lost them; they set up new ones at the next sign-in, and get a mail.

    Raises:
        OwnAccount: one changes one's own on one's own page, where it has to be confirmed.
    """
    _check_is_somebody_else(person, by)
    second_factor.remove_all(person)
    letters.second_factor_reset(to=person, at=at)
    acts.record("person.second_factor_reset", key=person.pk, by=by, reason=reason)


def check_roles(roles: list[str]) -> None:
    """Refuse roles of the other side of the house, and none at all.

    Raises:
        RoleNotOffered
    """
    if not roles or not set(roles) <= {str(role) for role in offered_roles()}:
        raise RoleNotOffered


def _locked(person: User, *, stays_administrator: bool) -> User:
    """Lock a person, after everybody who manages people: two administrators must not remove each other."""
    everybody = User.objects.select_for_update(no_key=True).order_by("pk")
    administrators = everybody.filter(is_active=True, roles__overlap=_administrator_roles())
    others = [administrator for administrator in administrators if administrator.pk != person.pk]
    person = everybody.get(pk=person.pk)
    if _manages_people(person.roles) and person.is_active and not stays_administrator and not others:
        raise LastAdministrator
    return person


def _manages_people(roles: list[str]) -> bool:
    return not set(roles).isdisjoint(_administrator_roles())


def _administrator_roles() -> list[str]:
    return [str(role) for role in roles_with(Permission.MANAGE_PEOPLE)]


def _check_is_somebody_else(person: User, by: User) -> None:
    if person.pk == by.pk:
        raise OwnAccount
