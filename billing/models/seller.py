"""The seller: the city that runs the service, as its invoices name it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.document import Party
from tenants.versions import Versioned


class Seller(Versioned, models.Model):
    """The one row about the seller; issued invoices keep what it said then."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    name = models.CharField(_("name"), max_length=70)
    business_id = models.CharField(_("business ID"), max_length=9)
    vat_id = models.CharField(_("VAT number"), max_length=14, blank=True)
    street = models.CharField(_("street address"), max_length=100)
    postal_code = models.CharField(_("postal code"), max_length=10)
    city = models.CharField(_("post office"), max_length=60)
    iban = models.CharField(_("account number (IBAN)"), max_length=34)
    bic = models.CharField(_("BIC"), max_length=11)
    endpoint = models.CharField(_("e-invoice address (OVT)"), max_length=17)
    operator = models.CharField(_("operator"), max_length=35, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="seller_only_one")]

    def __str__(self) -> str:
        return self.name

    def party(self) -> Party:
        """Answer the seller as an invoice prints it."""
        return Party(
            name=self.name,
            business_id=self.business_id,
            vat_id=self.vat_id,
            street=self.street,
            postal_code=self.postal_code,
            city=self.city,
            endpoint=self.endpoint,
            operator=self.operator,
            iban=self.iban,
            bic=self.bic,
            email=self.email,
            phone=self.phone,
        )
