"""The letter: what a machine read in the file of a decision. Nothing of it is a fact until a person says so."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.hidden import told_despite_order
from tenants.encryption import EncryptedTextField
from tenants.records import Record


class Letter(Record):
    """A reading of a document: that it was tried, how it ended, and what is proposed.

    `content` is JSON of `casework.letters.presenters`: what is proposed, and of what is not the client's which kind.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits to be read")
        READ = "read", _("Read by machine")
        UNREADABLE = "unreadable", _("Could not be read")
        NOT_THE_CLIENTS = "not_the_clients", _("Not read: perhaps not this client's")

    class Why(models.TextChoices):
        LOCKED = "locked", _("The file opens with a password only. Save it without one and add it again.")
        DAMAGED = "damaged", _("The file is damaged, or of a kind that the machine cannot read.")
        ONLY_PICTURES = "only_pictures", _("The file is a picture, and pictures cannot be read here.")
        UNRECOGNISED = "unrecognised", _("The file is a picture, and no text was recognised in it.")
        EMPTY = "empty", _("There is no text in the file.")
        TOO_MUCH = "too_much", _("Reading the file took too long or needed too much memory.")
        MISSING = "missing", _("The file is missing in the archive. Tell support, and add it again if you have it.")
        OTHER_KIND = "other_kind", _("Files of this kind are not read. Save it as PDF and add that.")

    document = models.OneToOneField("casework.Document", models.CASCADE, related_name="letter")
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    why = models.CharField(max_length=20, choices=Why, blank=True)
    tried_at = models.DateTimeField()
    pages = models.PositiveIntegerField(default=0)  # of the file; 0 where it knows none
    read_pages = models.PositiveIntegerField(default=0)
    unread_pages = models.PositiveIntegerField(default=0)  # pictures that nobody could read
    client_version = models.PositiveIntegerField(default=0)  # of the client's name and code that it was held against
    content = EncryptedTextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(models.Q(state="unreadable"), ~models.Q(why=""))
                | models.Q(~models.Q(state="unreadable"), models.Q(why="")),
                name="letter_unreadable_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.why}".strip()

    @property
    def is_read(self) -> bool:
        return self.state == self.State.READ


class LetterSearch(Record):
    """Where one illness, as it was called then, stands in a letter: JSON of places, empty when it was not found."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="searches")
    illness = models.ForeignKey("casework.Illness", models.CASCADE, related_name="+")
    illness_version = models.PositiveIntegerField()
    places = told_despite_order(EncryptedTextField(blank=True))  # in a letter: pages and sentences

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "illness"], name="letter_searched_once_for_illness")]

    def __str__(self) -> str:
        return str(self.id)
