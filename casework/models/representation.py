"""Who signs and receives for a client: a legal guardian, or somebody whom the client has authorised."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.law.representing import SCOPES, VALIDITIES, Scope, Terms, Validity
from casework.models.correction import Correctable
from casework.models.removable import removed_by_somebody
from tenants.encryption import EncryptedTextField
from tenants.records import Record


class Representation(Correctable, Record):
    """A person of the network acts for the client, by a paper that says in what and how long.

    A power of attorney given to the coordinator is something else: a document of the case, which lets the service act.
    """

    WORDS = "matter"
    CORRECTED = (
        "person",
        "kind",
        "scope",
        "matter",
        "begins_on",
        "validity",
        "valid_until",
        "ended_on",
        "document",
    )

    class Kind(models.TextChoices):
        GUARDIAN = "guardian", _("Legal guardian")
        AUTHORISED = "authorised", _("Authorised representative")

    client = models.ForeignKey("casework.Client", models.CASCADE, related_name="representations")
    person = models.ForeignKey(
        "casework.NetworkPerson", models.PROTECT, related_name="representations", verbose_name=_("who it is")
    )
    kind = models.CharField(_("acts as"), max_length=12, choices=Kind)
    scope = models.CharField(
        _("in what"),
        max_length=10,
        choices=[(scope.value, label) for scope, label in SCOPES.items()],
        default=Scope.UNKNOWN.value,
    )
    matter = EncryptedTextField(_("the named matter"), blank=True)
    begins_on = models.DateField(_("from"), null=True, blank=True)
    validity = models.CharField(
        _("how long"),
        max_length=10,
        choices=[(validity.value, label) for validity, label in VALIDITIES.items()],
        default=Validity.UNKNOWN.value,
    )
    valid_until = models.DateField(_("the last day"), null=True, blank=True)
    ended_on = models.DateField(_("holds no more since"), null=True, blank=True)
    document = models.ForeignKey(
        "casework.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the paper")
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("representative of the client")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(validity="until", valid_until__isnull=False)
                | ~models.Q(validity="until") & models.Q(valid_until=None),
                name="representation_until_has_day",
            ),
            removed_by_somebody("representation_removed_by_somebody"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def named(self) -> str:
        return f"{self.get_kind_display()}, {self.get_scope_display()}"

    @property
    def name(self) -> str:
        """Who it is, as the history of a letter says it."""
        return str(self.person.name)

    @property
    def terms(self) -> Terms:
        """What the paper says, for `casework.law.representing`."""
        return Terms(
            scope=self.scope,
            validity=self.validity,
            begins_on=self.begins_on,
            valid_until=self.valid_until,
            ended_on=self.ended_on,
        )
