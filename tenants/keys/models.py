"""The wrapped keys of one schema. Both sides have the table, so each role can read its own keys only."""

import uuid

from django.db import models


class DataKey(models.Model):
    """A key, readable only together with the master key that wrapped it and never stored in the open."""

    class Purpose(models.TextChoices):
        DATA = "data"  # fields, files and second-factor secrets
        INDEX = "index"  # keyed hashes of identity codes; never rotated, or no hash would be found again
        SEARCH = (
            "search"  # keyed hashes of parts: phones' last digits, words of names; never rotated, for the same reason
        )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=6, choices=Purpose)
    master_key_id = models.CharField(max_length=40)
    wrapped = models.BinaryField()
    is_current = models.BooleanField(default=True)  # what is written now is written with this one
    created_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)  # no field or file needs it; kept for backups

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose"], condition=models.Q(is_current=True), name="keys_one_current_key_per_purpose"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
