"""What people corrected and took back: nothing is overwritten for ever, nothing is deleted.

A table registers for its history by its base class, `KeepsHistory` or `Correctable`;
`casework.timeline.corrections` writes the history.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.models.removable import Removable
from tenants.encryption import EncryptedTextField
from tenants.histories import StandingManager
from tenants.records import Record
from tenants.versions import Versioned

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


HIDDEN = _("Hidden: the client has a protective order.")


class KeepsHistory(Versioned):
    """What a person writes and changes, with its history: nothing of it is ever taken back, at most it ends."""

    CORRECTED: ClassVar[tuple[str, ...]]  # the fields that a correction may change, in the order of the page
    BESIDE: "ClassVar[Mapping[str, StrOrPromise]]" = {}  # what it changes in other tables as well, with its label
    NAMED_BY: ClassVar[tuple[str, ...]] = ()  # the rows of which its name or its client is read

    class Meta:
        abstract = True

    def named(self) -> str:
        """Name the row among others of its kind, in the reader's language; never with what an order hides."""
        raise NotImplementedError

    def hidden_because(self) -> "StrOrPromise":
        """Say why its history does not tell what an order hides; empty when it does. Who does not know hides it."""
        return HIDDEN if getattr(self, "is_protected", True) else ""

    def read_beside(self, name: str) -> Any:
        """What stands beside the row under one of the names of `BESIDE`, as JSON can hold it."""
        raise NotImplementedError

    def write_beside(self, name: str, value: Any) -> None:
        """Write over what stands beside the row."""
        raise NotImplementedError

    def says(self, name: str) -> bool:
        """Tell whether a field, or what stands beside the row, says more than that nobody has answered yet."""
        if name in self.BESIDE:
            return bool(self.read_beside(name))
        field: Any = self._meta.get_field(name)
        return bool(getattr(self, name) != field.get_default())

    def worded(self, name: str, value: Any) -> str | None:
        """Put a value of a field into words, None when the field's own words will do; of what is beside, always."""
        return None


class Correctable(KeepsHistory, Removable):
    """What a person writes, corrects and takes back, with its history.

    `objects` and every relation hand out what stands; `everything` has what was taken back as well, and so has a
    foreign key that points to the row.
    """

    objects: ClassVar[models.Manager[Any]] = StandingManager()
    everything: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        abstract = True


class Correction(Record):
    """What a row said before it was corrected or taken back: who did it, when and why. Never changed afterwards."""

    class Act(models.TextChoices):
        CORRECTED = "corrected", _("Corrected")
        CHANGED = "changed", pgettext_lazy("correction", "Changed")  # in the course of work, which asks no reason
        REMOVED = "removed", pgettext_lazy("correction", "Taken back")

    case = models.ForeignKey("casework.Case", models.CASCADE, null=True, related_name="corrections")
    about_kind = models.CharField(max_length=30)
    about_id = models.UUIDField()
    replaced_version = models.PositiveIntegerField()
    act = models.CharField(max_length=10, choices=Act)
    before = EncryptedTextField()  # JSON: what the fields that changed said; all of them when it was taken back
    reason = EncryptedTextField(_("reason"))
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-created_at"]
        indexes = [models.Index(fields=["case", "-at"], name="correction_of_case")]
        constraints = [
            models.UniqueConstraint(fields=["about_id", "replaced_version"], name="correction_once_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.about_kind} {self.about_id} {self.replaced_version}"
