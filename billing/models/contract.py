"""A contract with a municipality that buys coordination, and the rows of its price list."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from billing.document import Party
from billing.months import last_day
from billing.pricing import Price, Unit
from billing.vat import VatCategory, VatClass
from tenants.histories import StandingManager
from tenants.models import Municipality
from tenants.records import Record
from tenants.versions import Versioned


class Contract(Versioned, Record):
    """What was agreed with one buyer, and where the invoice goes. Both days of validity are included."""

    class Language(models.TextChoices):
        FINNISH = "fi", _("Finnish")
        SWEDISH = "sv", _("Swedish")
        ENGLISH = "en", _("English")

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="contracts", verbose_name=_("municipality")
    )
    valid_from = models.DateField(_("first day"))
    valid_to = models.DateField(_("last day"), null=True, blank=True)
    buyer_name = models.CharField(_("name on the invoice"), max_length=70)
    business_id = models.CharField(_("business ID"), max_length=9)
    vat_id = models.CharField(_("VAT number"), max_length=14, blank=True)
    street = models.CharField(_("street address"), max_length=100, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("post office"), max_length=60, blank=True)
    endpoint = models.CharField(_("e-invoice address (OVT)"), max_length=17, blank=True)
    operator = models.CharField(_("operator"), max_length=35, blank=True)
    buyer_reference = models.CharField(_("buyer's reference"), max_length=70, blank=True)
    order_reference = models.CharField(_("order number"), max_length=70, blank=True)
    contract_reference = models.CharField(_("contract number"), max_length=70, blank=True)
    language = models.CharField(_("language of the invoice"), max_length=2, choices=Language, default=Language.FINNISH)
    terms_days = models.PositiveSmallIntegerField(_("term of payment in days"), default=30)
    penalty = models.CharField(_("late payment"), max_length=200, blank=True)
    usual_month = models.DecimalField(
        _("usual month without VAT"), max_digits=11, decimal_places=2, null=True, blank=True
    )

    class Meta:
        ordering = ["municipality__sort_key", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="contract_ends_after_it_begins",
            ),
            models.UniqueConstraint(fields=["municipality", "valid_from"], name="contract_one_per_first_day"),
        ]

    def __str__(self) -> str:
        return self.buyer_name

    def get_absolute_url(self) -> str:
        return reverse("contract", args=[self.pk])

    def covers(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def touches(self, month: date) -> bool:
        """Tell whether the contract is valid on a day of the month."""
        return self.valid_from <= last_day(month) and (self.valid_to is None or self.valid_to >= month)

    def party(self) -> Party:
        """Answer the buyer as an invoice prints it."""
        return Party(
            name=self.buyer_name,
            business_id=self.business_id,
            vat_id=self.vat_id,
            street=self.street,
            postal_code=self.postal_code,
            city=self.city,
            endpoint=self.endpoint,
            operator=self.operator,
        )


class PriceRow(Versioned, Record):
    """What one unit costs from its first through its last day. Only its last day ever changes.

    `product` is a code of casework's services; empty means every service by the hour without a price of its own.
    `objects` and a contract's `prices` hand out what was not removed; `everything` and foreign keys have the rest.
    """

    TYPED = (
        "unit",
        "product",
        "name",
        "amount",
        "valid_from",
        "valid_to",
        "vat_category",
        "vat_class",
        "reason_code",
        "vat_reason",
    )

    class ReasonCode(models.TextChoices):
        """Codes of the VATEX list that a municipality may need; an invented one fails BR-CL-22."""

        WELFARE = "VATEX-EU-132-1G", _("VATEX-EU-132-1G: welfare and social security")
        EDUCATION = "VATEX-EU-132-1I", _("VATEX-EU-132-1I: education")
        EXEMPT = "VATEX-EU-132", _("VATEX-EU-132: exempt in the public interest")
        OUTSIDE_SCOPE = "VATEX-EU-O", _("VATEX-EU-O: outside the scope of VAT")

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="prices")
    unit = models.CharField(_("unit"), max_length=12, choices=Unit)
    product = models.CharField(_("service"), max_length=40, blank=True)
    name = models.CharField(_("name on the invoice"), max_length=70)
    amount = models.DecimalField(_("price without VAT"), max_digits=9, decimal_places=2)
    vat_category = models.CharField(_("VAT category"), max_length=1, choices=VatCategory, default=VatCategory.STANDARD)
    vat_class = models.CharField(_("VAT rate"), max_length=8, choices=VatClass, default=VatClass.GENERAL)
    reason_code = models.CharField(_("code of the reason"), max_length=20, choices=ReasonCode, blank=True)
    vat_reason = models.CharField(_("reason for no VAT"), max_length=70, blank=True)
    valid_from = models.DateField(_("first day"))
    valid_to = models.DateField(_("last day"), null=True, blank=True)
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Any]] = StandingManager()
    everything: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="price_not_negative"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="price_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """The code under which use is looked up, and which the e-invoice carries: a service, or the unit itself."""
        return self.product or self.unit

    def price(self) -> Price:
        """Answer the row as the pure price list knows it."""
        return Price(
            product=self.key,
            name=self.name,
            unit=Unit(self.unit),
            amount=self.amount,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            category=VatCategory(self.vat_category),
            vat_class=VatClass(self.vat_class),
            reason=self.vat_reason,
            reason_code=self.reason_code,
        )
