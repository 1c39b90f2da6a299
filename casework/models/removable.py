"""What people take back stays: an abstract record with who, when and why, and the rows that stand."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.accounts.models import User
from tenants.encryption import EncryptedTextField


class RemovableQuerySet(models.QuerySet[Any]):
    """Rows of which some were taken back."""

    def current(self) -> Self:
        """Leave out those that were taken back."""
        return self.filter(removed_at=None)


class Removable(models.Model):
    """What people take back when it was written by mistake: the row stays, with who, when and why."""

    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    removed_reason = EncryptedTextField(_("why it was taken back"), blank=True)

    class Meta:
        abstract = True

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None

    def mark_removed(self, *, by: User, at: datetime, reason: str = "") -> tuple[str, ...]:
        """Note who took it back, when and why; answer the fields to save."""
        self.removed_at, self.removed_by, self.removed_reason = at, by, reason
        return ("removed_at", "removed_by", "removed_reason")


def removed_by_somebody(name: str) -> models.CheckConstraint:
    """What was taken back was taken back by somebody."""
    return models.CheckConstraint(
        condition=models.Q(removed_at=None, removed_by=None)
        | models.Q(removed_at__isnull=False, removed_by__isnull=False),
        name=name,
    )
