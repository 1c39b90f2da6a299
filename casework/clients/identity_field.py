"""The field for a personal identity code."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants import identity_code
from tenants.errors import Refusal


class IdentityCodeField(forms.CharField):
    """An optional code, checked at once so that its error is among the others; the action knows if it is taken."""

    def __init__(self, **options: Any) -> None:
        known: dict[str, Any] = {
            "label": _("Personal identity code"),
            "required": False,
            "max_length": 20,
            "help_text": _("With its separator, for example 131052-308T."),
            "widget": forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        }
        super().__init__(**known | options)

    def clean(self, value: Any) -> str:
        """Answer the code as it is stored."""
        text: str = super().clean(value)
        if not text:
            return ""
        try:
            return identity_code.parse(text).value
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.user_message)) from None
