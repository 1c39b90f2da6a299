"""The form about an illness."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.clients.illnesses import IllnessDetails
from casework.models import Illness
from tenants.forms import SuuntaForm, VersionField
from tenants.rough_columns import RoughDayInput


class IllnessForm(SuuntaForm):
    """An illness or injury as it weakens the ability to work."""

    name = forms.CharField(label=_("Illness or injury"), max_length=200)
    icd10 = forms.CharField(
        label=_("ICD-10 code"),
        required=False,
        max_length=20,
        help_text=_("For example M54.5. From the doctor's statement."),
    )
    since = RoughDayInput(label=_("Began on"))
    effect = forms.CharField(
        label=_("Effect on the ability to work"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @property
    def details(self) -> IllnessDetails:
        """What was typed, of a valid form."""
        return IllnessDetails(**{name: self.cleaned_data[name] for name in IllnessDetails.__dataclass_fields__})


class EditIllnessForm(IllnessForm):
    """The same for an illness that is on the list."""

    version = VersionField()

    def __init__(self, *args: Any, illness: Illness, **kwargs: Any) -> None:
        names = [*IllnessDetails.__dataclass_fields__, "version"]
        kwargs["initial"] = {name: getattr(illness, name) for name in names}
        super().__init__(*args, **kwargs)
