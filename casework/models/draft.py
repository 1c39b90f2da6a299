"""The draft: what a person has typed into a form and not saved yet, kept so that nothing typed is lost."""

from django.conf import settings
from django.db import models

from casework.models.hidden import told_despite_order
from tenants.encryption import EncryptedTextField
from tenants.records import Record


class Draft(Record):
    """The unsaved fields of one form of one person, as JSON. `place` is the form's path; saving the form ends it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    place = told_despite_order(models.CharField(max_length=200))
    case = models.ForeignKey("casework.Case", models.CASCADE, null=True, related_name="+")
    content = EncryptedTextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "place"], name="draft_once_per_form")]

    def __str__(self) -> str:
        return str(self.id)
