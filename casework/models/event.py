"""The event: one line of a case's timeline, written by casework.timeline.writing in the action's transaction."""

from django.conf import settings
from django.db import models

from tenants.records import Record


class Event(Record):
    """Something that happened to a case. `facts` hold codes, numbers and ISO dates; words stay in their own object."""

    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="events")
    kind = models.CharField(max_length=50)
    group = models.CharField(max_length=20)
    on = models.DateField()  # the day it happened
    at = models.DateTimeField()  # the moment it was written down
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    about_kind = models.CharField(max_length=30, blank=True)
    about_id = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-on", "-at", "-id"]
        indexes = [models.Index(fields=["case", "-on", "-at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.on.isoformat()}"
