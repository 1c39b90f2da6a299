"""The client: who it is, how to reach them, and what must be known before anything is shown of them."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.correction import KeepsHistory
from casework.models.hidden import hidden_by_order
from tenants.derived import KeepsDerived, PhoneHashesField, SearchKeyField, SortKeyField
from tenants.encryption import EncryptedTextField
from tenants.names import written
from tenants.records import Record


class Client(KeepsDerived, KeepsHistory, Record):
    """A person whose ability to work is unclear. Identity code and contact data are encrypted.

    A protective order (661/2009 36-37 §) holds from the day its source is written down until somebody takes it away:
    an order whose end has passed stays hidden, because orders are renewed.
    """

    CORRECTED = (
        "first_name",
        "last_name",
        "identity_code",
        "born_on",
        "language",
        "needs_interpreter",
        "phone",
        "email",
        "street",
        "postal_code",
        "city",
        "decision_channel",
        "protective_order_source",
        "protective_order_until",
        "is_voluntary",
        "voluntary_asked_on",
    )

    class Language(models.TextChoices):
        FINNISH = "fi", _("Finnish")
        SWEDISH = "sv", _("Swedish")
        ENGLISH = "en", _("English")
        RUSSIAN = "ru", _("Russian")
        ESTONIAN = "et", _("Estonian")
        UKRAINIAN = "uk", _("Ukrainian")
        ARABIC = "ar", _("Arabic")
        SOMALI = "so", _("Somali")
        SIGN = "sgn", _("Sign language")
        OTHER = "other", _("Another language")

    class DecisionChannel(models.TextChoices):
        UNKNOWN = "unknown", _("Not known")
        POST = "post", _("By post")
        ELECTRONIC = "electronic", _("Electronically")

    first_name = models.CharField(_("first name"), max_length=100, blank=True)  # some people have one name only
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    search_key = SearchKeyField(of=["first_name", "last_name"])
    sort_key = SortKeyField(of=["last_name", "first_name"])
    identity_code = EncryptedTextField(_("personal identity code"), blank=True)
    identity_index = models.BinaryField(null=True, unique=True, editable=False)
    born_on = models.DateField(_("date of birth"))
    language = models.CharField(_("language"), max_length=5, choices=Language, default=Language.FINNISH)
    needs_interpreter = models.BooleanField(_("needs an interpreter"), null=True)
    phone = hidden_by_order(EncryptedTextField(_("phone"), blank=True))
    phone_hashes = PhoneHashesField(of=["phone"])
    email = hidden_by_order(EncryptedTextField(_("e-mail"), blank=True))
    street = hidden_by_order(EncryptedTextField(_("street address"), blank=True))
    postal_code = hidden_by_order(EncryptedTextField(_("postal code"), blank=True))
    city = hidden_by_order(EncryptedTextField(_("city"), blank=True))
    protective_order_source = models.CharField(_("source of the protective order"), max_length=200, blank=True)
    protective_order_until = models.DateField(_("protective order until"), null=True, blank=True)
    is_voluntary = models.BooleanField(_("wants the service"), null=True)
    voluntary_asked_on = models.DateField(_("asked on"), null=True, blank=True)
    decision_channel = models.CharField(
        _("decisions reach the client"), max_length=10, choices=DecisionChannel, default=DecisionChannel.UNKNOWN
    )

    class Meta:
        verbose_name = _("client")
        ordering = ["sort_key", "created_at"]
        indexes = [
            models.Index(fields=["sort_key"], name="client_in_order"),
            models.Index(fields=["search_key"], include=["id"], name="client_by_name"),  # all that a search reads
            GinIndex(fields=["phone_hashes"], name="client_by_phone"),
            models.Index(  # the few whose places a list of meetings does not say
                fields=["id"], condition=~models.Q(protective_order_source=""), name="client_protected"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(first_name="", last_name=""), name="client_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(protective_order_until=None) | ~models.Q(protective_order_source=""),
                name="client_order_has_source",
            ),
            models.CheckConstraint(
                condition=models.Q(is_voluntary=None) | models.Q(voluntary_asked_on__isnull=False),
                name="client_voluntary_was_asked",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def named(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return written(self.first_name, self.last_name)

    @property
    def listed_name(self) -> str:
        """The last name first, as lists are in order."""
        return written(self.last_name, self.first_name)

    @property
    def is_protected(self) -> bool:
        """Address and phone are hidden until somebody gives a reason to see them."""
        return bool(self.protective_order_source)
