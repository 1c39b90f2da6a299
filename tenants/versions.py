"""Optimistic locking: who saves over a change they have not seen is told, and loses nothing of what they typed."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.errors import Refusal


class EditedMeanwhile(Refusal):
    """Somebody else saved first. The form keeps what was typed and takes the new version: the next save is knowing."""

    user_message = _(
        "Somebody else changed this while you were editing. What you typed is kept here. "
        "Compare it with what they wrote (open the page in another tab), then save again."
    )

    def __init__(self, current_version: int) -> None:
        super().__init__()
        self.current_version = current_version


class Versioned(models.Model):
    """A row that people edit. Its page carries `version`; an action locks the row, checks, and saves the next one."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def locked(self, *related: str) -> Self:
        """Fetch the row anew and lock it, with what hangs on it; only the row itself is locked."""
        rows = type(self)._base_manager.select_for_update(of=("self",))
        return (rows.select_related(*related) if related else rows).get(pk=self.pk)

    def check_version(self, version: int) -> None:
        """Refuse to save over a change one has not seen; call with the row locked.

        Raises:
            EditedMeanwhile: the row has another version than the page was made from.
        """
        if self.version != version:
            raise EditedMeanwhile(self.version)

    def save_version(self, *fields: str) -> None:
        """Save the next version: these fields, or the whole row when none is named. A new row is saved as the first."""
        if not self._state.adding:
            self.version += 1
        self.save(update_fields=[*fields, "version"] if fields else None)
