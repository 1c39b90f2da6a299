"""What an operator types about a municipality."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.forms import SuuntaForm


class MunicipalityForm(SuuntaForm):
    """A municipality to be added. The rules are in tenants.provisioning.request."""

    name = forms.CharField(label=_("Name"), max_length=100)
    business_id = forms.CharField(label=_("Business ID"), max_length=9, help_text=_("For example 1234567-1."))
    schema_name = forms.CharField(
        label=_("Short name"),
        max_length=61,
        help_text=_("Small letters, digits and underscores. The municipality's data are kept apart under this name."),
    )
    domain = forms.CharField(
        label=_("Address of the portal"),
        max_length=253,
        help_text=_("For example kaavi.suunta.example."),
    )
    admin_email = forms.EmailField(
        label=_("First portal administrator's e-mail"), help_text=_("An invitation is sent to this address.")
    )
