"""The forms that did something of late: enough to know the same sending again, and nothing of what was typed."""

from django.db import models


class SentForm(models.Model):
    """One sending. `form` is a digest of whose form it was, its path and its key.

    `content` is one of what was typed, with the schema's key: who reads the table cannot try what it may have been.
    """

    form = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    address = models.TextField(blank=True)  # to which the first answer led
    said = models.JSONField(default=list)  # its messages: level and text of each
    sent_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "content"], name="once_each_sending_once")]

    def __str__(self) -> str:
        return f"{self.form[:8]} {self.sent_at}"
