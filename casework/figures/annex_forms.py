"""The form that puts a municipality's own row of what goes with an application."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.figures.annexes import OwnAnnexDetails
from casework.law.annexes import Giver, Need
from casework.models import Evidence
from tenants.forms import DateInput, SuuntaForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NEEDS: "dict[Need, StrOrPromise]" = {
    Need.NEEDED: _("needed"),
    Need.WHEN: _("needed sometimes"),
    Need.HELPFUL: _("helpful"),
    Need.UNKNOWN: _("not verified"),
    Need.NOT_HERE: _("not asked for here"),
}
GIVERS: "dict[Giver, StrOrPromise]" = {
    Giver.DOCTOR: _("doctor"),
    Giver.OCCUPATIONAL_HEALTH: _("occupational health care"),
    Giver.TREATING_UNIT: _("the unit that treats the client"),
    Giver.EMPLOYER: _("employer"),
    Giver.CLIENT: _("client"),
}


class OwnAnnexForm(SuuntaForm):
    """What goes with the application here, and where that is known from."""

    name = forms.CharField(label=_("What it is"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("Something else")), *Evidence.Kind.choices],
        help_text=_("A paper of this kind then counts as it."),
    )
    need = forms.ChoiceField(label=_("Whether it is needed"), choices=list(NEEDS.items()))
    when = forms.CharField(
        label=_("When it is needed"), required=False, max_length=200, help_text=_("If it is needed sometimes.")
    )
    giver = forms.ChoiceField(label=_("From whom"), required=False, choices=[("", _("Not known")), *GIVERS.items()])
    months = forms.IntegerField(
        label=_("How many months old it may be"),
        required=False,
        min_value=1,
        max_value=120,
        help_text=_("On the day of filing."),
    )
    form = forms.CharField(label=_("Number of the form"), required=False, max_length=60)
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        help_text=_("For example a letter, a page or the experience of your own cases."),
    )
    checked_on = forms.DateField(label=_("Checked on"), widget=DateInput)
    is_withdrawn = forms.BooleanField(label=_("Use again what comes with Suunta, if anything does"), required=False)

    @property
    def typed(self) -> dict[str, Any]:
        return {"details": OwnAnnexDetails(**self.cleaned_data)}
