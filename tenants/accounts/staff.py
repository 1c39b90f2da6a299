"""Changing the people of one side of the house: what is known of them, whether they may sign in, their second factor.

Their roles are given in `role_changes`.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tenants.accounts import acts, letters, role_changes, second_factor, sessions
from tenants.accounts.models import RoleRequest, User
from tenants.accounts.permissions import Permission, manages_people
from tenants.errors import Refusal


class OwnAccount(Refusal):
    user_message = _("This is your own account. Another administrator has to do this.")


@transaction.atomic
def change(
    *, person: User, name: str, language: str, roles: list[str], version: int, by: User, at: datetime
) -> RoleRequest | None:
    """Change what is known of a person, and their roles from their next request on; answer what waits instead.

    Raises:
        EditedMeanwhile: somebody else saved first.
        RoleNotOffered, OfficerAndAdministrator: roles that nobody can have here, or not together.
        LastAdministrator: nobody would be left who manages people.
    """
    if set(roles) != set(person.roles):  # two roles together may be from a time when nobody refused that
        role_changes.check(roles)
    person = role_changes.locked(person, stays_administrator=manages_people(roles))
    person.check_version(version)
    before, is_renamed = person.roles, (person.name, person.language) != (name, language)
    waiting = role_changes.give(person=person, roles=roles, by=by, at=at)
    person.name, person.language = name, language
    person.save_version("name", "language", "roles")
    if waiting is None or is_renamed:
        acts.record("person.changed", key=person.pk, by=by, reason=acts.change_of_roles(before, person.roles))
    return waiting


@transaction.atomic
def disable(*, person: User, by: User, at: datetime) -> None:
    """Let a person in no more; their sessions end at once, and what they had begun as an administrator ends, too.

    Raises:
        OwnAccount: one cannot lock oneself out.
        LastAdministrator: nobody would be left who manages people.
    """
    _check_is_somebody_else(person, by)
    person = role_changes.locked(person, stays_administrator=False)
    was_administrator = person.has(Permission.MANAGE_PEOPLE)
    person.is_active = False
    person.save(update_fields=["is_active"])
    sessions.end_all(person)
    acts.record("person.disabled", key=person.pk, by=by)
    role_changes.forget_waiting(person, by=by, at=at)
    if was_administrator:
        role_changes.end_what_they_began(person, by=by, at=at)


@transaction.atomic
def enable(*, person: User, by: User, at: datetime) -> RoleRequest | None:
    """Let a disabled person sign in again, with the roles they had; answer what waits instead for a second person."""
    person = role_changes.locked(person, stays_administrator=True)
    if person.is_active:
        return None
    waiting = role_changes.open_again(person=person, by=by, at=at)
    if waiting is None:
        person.save(update_fields=["is_active"])
        acts.record("person.enabled", key=person.pk, by=by)
    return waiting


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


def _check_is_somebody_else(person: User, by: User) -> None:
    if person.pk == by.pk:
        raise OwnAccount
