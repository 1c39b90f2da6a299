"""The forms of billing: the shape of what is typed. Rules are in the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.models import Contract, PriceRow, Seller
from billing.models.change import REASON_MAX
from billing.pricing import Unit
from casework.services import usage
from tenants.forms import DateInput, MoneyField, PhoneField, SuuntaForm, SuuntaModelForm, VersionField, field_of
from tenants.models import Municipality

LONGEST_TERM = 90


class DetailsForm(SuuntaModelForm):
    """A model's fields as a form; the action, not the form, says whether they fit together."""

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data  # without super(): the database's constraints have no sentences for people

    @property
    def typed(self) -> dict[str, Any]:
        """The fields of the model as `details`, and beside them what is not one of them."""
        beside = {name: self.cleaned_data[name] for name in ("municipality", "version") if name in self.cleaned_data}
        return {"details": {name: value for name, value in self.cleaned_data.items() if name not in beside}} | beside


class SellerForm(DetailsForm):
    """Who sells; `version` 0 while nobody is written down."""

    version = VersionField(min_value=0)
    phone = PhoneField(label=_("Telephone"))

    class Meta:
        model = Seller
        fields = [
            "name",
            "business_id",
            "vat_id",
            "street",
            "postal_code",
            "city",
            "endpoint",
            "operator",
            "iban",
            "bic",
            "email",
            "phone",
        ]
        help_texts = {
            "vat_id": _("FI and the digits of the business ID. Needed when any price is taxable or exempt."),
            "endpoint": _("0037 and the digits of the business ID, for example 003702075065."),
            "operator": _("The identifier of the seller's e-invoice operator, for example 003723609900."),
        }


class ContractForm(DetailsForm):
    """What was agreed, and where the invoice goes."""

    class Meta:
        model = Contract
        fields = [
            "valid_from",
            "valid_to",
            "buyer_name",
            "business_id",
            "vat_id",
            "street",
            "postal_code",
            "city",
            "endpoint",
            "operator",
            "buyer_reference",
            "order_reference",
            "contract_reference",
            "language",
            "terms_days",
            "penalty",
            "usual_month",
        ]
        widgets = {"valid_from": DateInput, "valid_to": DateInput}
        help_texts = {
            "endpoint": _("Look it up in the address register; it is not always made from the business ID."),
            "operator": _("The identifier of the buyer's e-invoice operator, for example 003723609900."),
            "buyer_reference": _("The buyer's e-invoice system needs this or the order number."),
            "penalty": _("Printed on the invoice, for example: interest on late payment by the Interest Act."),
            "usual_month": _("In euros. A month that differs very much is not closed before somebody confirms it."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["terms_days"] = forms.IntegerField(
            label=self.fields["terms_days"].label, min_value=1, max_value=LONGEST_TERM, initial=30
        )
        usual = self.fields["usual_month"]
        self.fields["usual_month"] = MoneyField(
            label=usual.label, help_text=usual.help_text, required=False, max_digits=11
        )


class ContractAddForm(ContractForm):
    """A new contract is with one of the municipalities in use."""

    municipality = forms.ModelChoiceField(Municipality.objects.none(), label=_("Municipality"))
    field_order = ["municipality"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        active = Municipality.objects.filter(state=Municipality.State.ACTIVE)
        field_of(self, "municipality", forms.ModelChoiceField).queryset = active


class ContractEditForm(ContractForm):
    """A contract that is there already."""

    version = VersionField()


def product_choices() -> list[tuple[str, Any]]:
    """All services, the empty choice first."""
    return [("", _("No single service")), *((product.code, product.name) for product in usage.products())]


class PriceForm(DetailsForm):
    """A row of a price list."""

    unit = forms.ChoiceField(label=_("Unit"), choices=Unit.choices)
    product = forms.ChoiceField(
        label=_("Service"),
        choices=product_choices,
        required=False,
        help_text=_("A price per piece needs it. A price per hour without it is for all services that have no price."),
    )

    class Meta:
        model = PriceRow
        fields = PriceRow.TYPED
        widgets = {"valid_from": DateInput, "valid_to": DateInput, "vat_category": forms.RadioSelect}
        help_texts = {
            "name": _("In the language of the buyer's invoice."),
            "vat_class": _("For a taxable row. The percentage follows the day of the service."),
            "reason_code": _("For a row that is exempt or outside the scope of VAT."),
            "vat_reason": _("Printed on the invoice, for example AVL 37 §."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["amount"] = MoneyField(label=self.fields["amount"].label, help_text=_("In euros, for one unit."))
        self.order_fields(self.Meta.fields)


class PriceEndForm(SuuntaForm):
    """The last day of a price."""

    valid_to = forms.DateField(
        label=_("Last day"),
        widget=DateInput,
        required=False,
        help_text=_("Leave it empty if the price is in force until further notice."),
    )
    version = VersionField()


class PriceRemoveForm(SuuntaForm):
    """Why a price is removed."""

    reason = forms.CharField(
        label=_("Why is it removed?"), max_length=REASON_MAX, help_text=_("For example: a slip of the pen.")
    )
    version = VersionField()


class MonthCloseForm(SuuntaForm):
    """Asks nothing; when the totals are far from the usual ones, asks whether they are right."""

    is_confirmed = forms.BooleanField(label=_("The totals were checked and are right"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.is_bound:
            self.fields["is_confirmed"].widget = forms.HiddenInput()


class ConfirmForm(SuuntaForm):
    """Asks nothing but to be sent."""
