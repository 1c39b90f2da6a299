"""The access log: who looked at whom, did what and why. Append-only; written by one database function."""

from django.db import models


class AccessEntry(models.Model):
    """One look or act, about one client or case. Never holds content (tiedonhallintalaki 906/2019 § 17).

    Rows are chained: `digest` is the SHA-256 of the previous row's digest and this row's values, per municipality.
    """

    at = models.DateTimeField()
    actor = models.UUIDField()
    actor_name = models.CharField(max_length=120)
    roles = models.CharField(max_length=120)
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=64)
    reason = models.CharField(max_length=500)
    route = models.CharField(max_length=100)
    request_id = models.CharField(max_length=36)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject", "-id"]),
            models.Index(fields=["actor", "-id"]),
            # The door asks for the reasons somebody has given: few among everything a person ever looked at.
            models.Index(fields=["actor", "at"], name="access_reasons", condition=~models.Q(reason="")),
        ]
