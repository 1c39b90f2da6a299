"""Acts on people, in the access log: who invited, changed or closed whom. One key tells one person's story."""

from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tenants.accounts.models import User
from tenants.audit import access_log
from tenants.audit.access_log import Subject

ACTIONS = {
    "person": _("Person"),
    "person.invited": _("Invited a person"),
    "person.invitation_withdrawn": _("Withdrew an invitation"),
    "person.joined": _("Opened an account"),
    "person.signed_in": _("Signed in"),
    "person.changed": _("Changed a person's roles or details"),
    "person.roles_asked": _("Asked a second person about roles"),
    "person.roles_confirmed": _("Confirmed a change of roles"),
    "person.roles_refused": _("Refused a change of roles"),
    "person.roles_withdrawn": _("Withdrew a change of roles"),
    "person.roles_unanswered": _("A change of roles took effect without an answer"),
    "person.roles_overtaken": _("A change of roles was not valid any more"),
    "person.disabled": _("Closed an account"),
    "person.enabled": _("Opened a closed account again"),
    "person.password_changed": _("Changed their password"),
    "person.second_factor_changed": _("Changed their second step"),
    "person.second_factor_reset": _("Took away somebody's second step"),
}

TERMINAL = UUID(int=0)  # nobody's account

TELLS_ROLES = {"person.invited", "person.changed", *(name for name in ACTIONS if name.startswith("person.roles_"))}


class UnknownAct(LookupError):
    """The act has no name in ACTIONS, so nobody could read the entry."""


def change_of_roles(before: list[str], after: list[str]) -> str:
    """Say a change of roles in their codes; the page of the log puts them into words."""
    return f"{', '.join(before)} → {', '.join(after)}"


def record(action: str, *, key: UUID, by: User, reason: str = "") -> None:
    """Write an act on the person with this key, who may only be invited yet.

    Raises:
        UnknownAct: ACTIONS does not name it.
    """
    if action not in ACTIONS:
        raise UnknownAct(action)
    access_log.record(by=by, action=action, subjects=[Subject("person", str(key))], reason=reason)


def record_at_terminal(action: str, *, key: UUID, reason: str = "") -> None:
    """Write an act that somebody did by a command, where nobody is signed in: the log names the place.

    Raises:
        UnknownAct: ACTIONS does not name it.
    """
    with translation.override(settings.LANGUAGE_CODE):  # as a name, it is written once for all readers
        name = _("The upkeep of Suunta, by a command")
        record(action, key=key, by=User(id=TERMINAL, name=str(name)), reason=reason)
