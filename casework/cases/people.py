"""Which people of this municipality can be chosen for what."""

from django.db.models import Q, QuerySet

from tenants.accounts.models import User
from tenants.accounts.permissions import PERMISSIONS, Permission


def people_with(permission: Permission) -> QuerySet[User]:
    """Everybody in use who has a role with the permission, by name."""
    wanted = Q()
    for role, permissions in PERMISSIONS.items():
        if permission in permissions:
            wanted |= Q(roles__contains=[str(role)])
    return User.objects.filter(wanted, is_active=True)
