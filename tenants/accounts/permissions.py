"""Who may do what: roles are tables of permissions. Pure."""

import enum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(enum.StrEnum):
    """One thing a person may be allowed to do; views ask for these, never for roles."""

    SEE_CASE = "see_case"
    WORK_CASE = "work_case"
    ASSESS = "assess"
    ACCEPT_REFERRAL = "accept_referral"
    REVEAL_PROTECTED = "reveal_protected"
    LOG_SERVICE = "log_service"
    REASSIGN_CASE = "reassign_case"
    SEE_WORKLOAD = "see_workload"
    APPROVE_USAGE = "approve_usage"
    CORRECT_FIGURES = "correct_figures"
    WRITE_PHRASES = "write_phrases"
    APPROVE_PHRASES = "approve_phrases"
    MANAGE_PEOPLE = "manage_people"
    CONFIRM_ROLES = "confirm_roles"
    READ_ACCESS_LOG = "read_access_log"
    MANAGE_MUNICIPALITIES = "manage_municipalities"
    MANAGE_CONTRACTS = "manage_contracts"
    SEE_BILLING = "see_billing"
    ISSUE_INVOICES = "issue_invoices"
    SEE_MAIL = "see_mail"
    RESOLVE_MAIL = "resolve_mail"
    SEE_JOBS = "see_jobs"


class Role(models.TextChoices):
    """What a person is here for. The last two live on the console only."""

    COORDINATOR = "coordinator", _("Work-ability coordinator")
    TEAM_MEMBER = "team_member", _("Team member")
    SUPERVISOR = "supervisor", _("Supervisor")
    PORTAL_ADMIN = "portal_admin", _("Portal administrator")
    PRIVACY_OFFICER = "privacy_officer", _("Data-protection officer")
    OPERATOR = "operator", _("Operator")
    FINANCE = "finance", _("Finance")


PORTAL_ROLES = (Role.COORDINATOR, Role.TEAM_MEMBER, Role.SUPERVISOR, Role.PORTAL_ADMIN, Role.PRIVACY_OFFICER)
CONSOLE_ROLES = (Role.OPERATOR, Role.FINANCE)

_CASEWORK = {
    Permission.SEE_CASE,
    Permission.WORK_CASE,
    Permission.ASSESS,
    Permission.ACCEPT_REFERRAL,
    Permission.REVEAL_PROTECTED,
    Permission.LOG_SERVICE,
    Permission.WRITE_PHRASES,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.COORDINATOR: frozenset(_CASEWORK),
    Role.TEAM_MEMBER: frozenset({Permission.SEE_CASE, Permission.ASSESS}),
    Role.SUPERVISOR: frozenset(
        _CASEWORK
        | {
            Permission.REASSIGN_CASE,
            Permission.SEE_WORKLOAD,
            Permission.APPROVE_USAGE,
            Permission.CORRECT_FIGURES,
            Permission.APPROVE_PHRASES,
            Permission.CONFIRM_ROLES,
        }
    ),
    Role.PORTAL_ADMIN: frozenset({Permission.MANAGE_PEOPLE, Permission.CONFIRM_ROLES, Permission.CORRECT_FIGURES}),
    Role.PRIVACY_OFFICER: frozenset({Permission.READ_ACCESS_LOG}),
    Role.OPERATOR: frozenset(
        {
            Permission.MANAGE_MUNICIPALITIES,
            Permission.MANAGE_PEOPLE,
            Permission.CONFIRM_ROLES,
            Permission.SEE_MAIL,
            Permission.RESOLVE_MAIL,
            Permission.SEE_JOBS,
        }
    ),
    Role.FINANCE: frozenset(
        {Permission.MANAGE_CONTRACTS, Permission.SEE_BILLING, Permission.ISSUE_INVOICES, Permission.SEE_JOBS}
    ),
}


GUARDED = frozenset(
    str(role)
    for role, granted in PERMISSIONS.items()
    if not granted.isdisjoint({Permission.SEE_CASE, Permission.READ_ACCESS_LOG})
)


def permissions_of(roles: list[str]) -> frozenset[Permission]:
    """Collect the permissions of all roles a person has."""
    return frozenset().union(*(PERMISSIONS[Role(role)] for role in roles))


def roles_with(permission: Permission) -> list[Role]:
    """List the roles that include a permission."""
    return [role for role, granted in PERMISSIONS.items() if permission in granted]


def manages_people(roles: list[str]) -> bool:
    """Tell whether somebody with these roles is an administrator of this side of the house."""
    return Permission.MANAGE_PEOPLE in permissions_of(roles)


def watches_administrators(roles: list[str]) -> bool:
    """Tell whether these roles put into one hand what has to be in two: the log, and the people it tells of."""
    return Role.PRIVACY_OFFICER in roles and manages_people(roles)


def needs_second_person(before: list[str], after: list[str], *, is_own: bool, has_content: bool) -> bool:
    """Tell whether one administrator alone may not change these roles: their own, another administrator's, and any
    that opens cases or the log of who opened them, once there is content to see.
    """
    if set(before) == set(after):
        return False
    if is_own or manages_people(before):
        return True
    return has_content and not GUARDED.isdisjoint(set(after) - set(before))


def names_of(roles: list[str]) -> list[str]:
    """Name roles in the language of the page."""
    return [str(Role(role).label) for role in roles]
