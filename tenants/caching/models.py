"""Values that are remembered for a while."""

from django.db import models


class CachedValue(models.Model):
    """One value as JSON. `key` is a keyed digest, since keys name addresses and people; `until` None is for ever."""

    key = models.CharField(max_length=64, primary_key=True)
    value = models.TextField()
    until = models.DateTimeField(null=True, db_index=True)  # by the database's clock

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.until}"
