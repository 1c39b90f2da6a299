"""The task: something somebody has promised to do by a day."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.correction import Correctable
from casework.models.removable import removed_by_somebody
from tenants.encryption import EncryptedTextField
from tenants.records import Record


class Task(Correctable, Record):
    """A thing to do, on a case or on its own. Taking it back is for what was written by mistake; else it is dropped."""

    WORDS = "title"
    CORRECTED = ("title", "due_on", "assignee")

    case = models.ForeignKey("casework.Case", models.CASCADE, null=True, related_name="tasks")
    title = EncryptedTextField(_("what is to be done"))
    due_on = models.DateField(_("last day"))
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="tasks", verbose_name=_("who does it")
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )  # null: a rule
    occasion = models.OneToOneField("casework.LedgerEntry", models.SET_NULL, null=True, related_name="task")  # a rule's
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    is_dropped = models.BooleanField(default=False)  # ended without being done: nobody needs it any more

    class Meta:
        verbose_name = _("task")
        ordering = ["due_on", "created_at"]
        indexes = [
            models.Index(fields=["assignee", "due_on"], name="task_open", condition=models.Q(done_at=None)),
            models.Index(
                fields=["due_on", "created_at"],
                name="task_due",
                condition=models.Q(done_at=None, removed_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at=None, done_by=None) | models.Q(done_at__isnull=False, done_by__isnull=False),
                name="task_done_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(is_dropped=False) | models.Q(done_at__isnull=False), name="task_dropped_is_ended"
            ),
            removed_by_somebody("task_removed_by_somebody"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return str(self.title)

    @property
    def is_done(self) -> bool:
        return self.done_at is not None
