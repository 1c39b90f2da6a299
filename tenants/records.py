"""The abstract base of every row that belongs to the business: a UUID made before the insert, and when it was made."""

import uuid

from django.db import models


class Record(models.Model):
    """A row whose key is known before it is written, so that encrypted fields can be bound to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
