"""The invoice: a draft until it gets its number, then never changed. The database refuses, see migration 0002."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from billing.document import InvoiceDocument
from billing.models.contract import PriceRow
from billing.models.usage import ContractMonth
from billing.pricing import Line, Unit
from billing.vat import Vat, VatCategory
from tenants.records import Record


class Invoice(Record):
    """What one contract is billed for one month. `document` is the whole of it as issued, as JSON."""

    closed = models.ForeignKey(ContractMonth, models.PROTECT, related_name="invoices")
    period_from = models.DateField()
    period_to = models.DateField()
    net = models.DecimalField(max_digits=11, decimal_places=2)
    vat = models.DecimalField(max_digits=11, decimal_places=2)
    gross = models.DecimalField(max_digits=11, decimal_places=2)
    number = models.CharField(_("number"), max_length=20, unique=True, null=True)  # noqa: DJ001 (a draft has none)
    issued_on = models.DateField(null=True)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )  # None: a command
    due_on = models.DateField(null=True)
    reference_number = models.CharField(max_length=25, blank=True)
    document = models.TextField(blank=True)

    class Meta:
        ordering = ["-closed__month", models.F("number").desc(nulls_first=True), "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    number=None, issued_on=None, issued_at=None, due_on=None, reference_number="", document=""
                )
                | models.Q(number__isnull=False, issued_on__isnull=False, issued_at__isnull=False, due_on__isnull=False)
                & ~models.Q(reference_number="")
                & ~models.Q(document=""),
                name="invoice_draft_or_issued_whole",
            )
        ]

    def __str__(self) -> str:
        return self.number or str(_("Draft"))

    def get_absolute_url(self) -> str:
        return reverse("invoice", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.number is None

    def issued_document(self) -> InvoiceDocument:
        """Read the invoice back as it was issued."""
        return InvoiceDocument.from_json(self.document)


class InvoiceLine(Record):
    """A priced row, with the price and the tax as they were when the draft was made."""

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="lines")
    place = models.PositiveSmallIntegerField()
    price_row = models.ForeignKey(PriceRow, models.PROTECT, related_name="+")
    product = models.CharField(max_length=40)
    name = models.CharField(max_length=70)
    note = models.CharField(max_length=70, blank=True)
    unit = models.CharField(max_length=12, choices=Unit)
    quantity = models.DecimalField(max_digits=9, decimal_places=2)
    unit_price = models.DecimalField(max_digits=9, decimal_places=2)
    vat_category = models.CharField(max_length=1, choices=VatCategory)
    vat_rate = models.DecimalField(max_digits=4, decimal_places=2)
    vat_reason = models.CharField(max_length=70, blank=True)
    reason_code = models.CharField(max_length=20, blank=True)
    first_on = models.DateField()
    last_on = models.DateField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["invoice", "place"], name="invoice_line_place_once")]

    def __str__(self) -> str:
        return self.name

    def line(self) -> Line:
        """Answer the row as the pure document knows it."""
        return Line(
            product=self.product,
            name=self.name,
            note=self.note,
            unit=Unit(self.unit),
            quantity=self.quantity,
            unit_price=self.unit_price,
            vat=Vat(
                category=VatCategory(self.vat_category),
                rate=self.vat_rate,
                reason=self.vat_reason,
                reason_code=self.reason_code,
            ),
            first_on=self.first_on,
            last_on=self.last_on,
        )


class InvoiceFile(Record):
    """A file of an issued invoice, byte for byte as it was made then."""

    class Format(models.TextChoices):
        PDF = "pdf", _("PDF")
        UBL = "ubl", _("E-invoice (UBL)")

    CONTENT_TYPES = {"pdf": "application/pdf", "ubl": "application/xml"}
    ENDINGS = {"pdf": "pdf", "ubl": "xml"}

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="files")
    format = models.CharField(max_length=3, choices=Format)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["format"]
        constraints = [models.UniqueConstraint(fields=["invoice", "format"], name="invoice_file_once")]

    def __str__(self) -> str:
        return f"{self.invoice_id} {self.format}"

    @property
    def name(self) -> str:
        """The name of the file for people: the number of the invoice, nothing else."""
        return f"{self.invoice.number}.{self.ENDINGS[self.format]}"

    @property
    def content_type(self) -> str:
        return self.CONTENT_TYPES[self.format]


class InvoiceCounter(models.Model):
    """The last number given out in a series and year; taken with a lock, as the last step of issuing."""

    series = models.CharField(max_length=4, blank=True)  # empty: invoices
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="invoice_counter_once")]

    def __str__(self) -> str:
        return f"{self.series}{self.year} {self.last}"
