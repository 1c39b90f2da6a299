"""Asking once: what is odd but may be true is no refusal. The form asks, and the same sent again is the answer."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import QueryDict

from tenants.histories import stored

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

APART = ";"  # between the questions of a form


class AsksOnce(forms.Form):
    """Gives a form `ask_once`, to be called in its `clean` before this one's. Stands first among the bases."""

    asked = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def ask_once(self, field: str, question: "StrOrPromise") -> None:
        """Show a question at a field, unless it was asked about the value that stands there."""
        about = f"{field}={stored(self.cleaned_data.get(field))}"
        asked = self.data.get(self.add_prefix("asked"), "")
        if not question or about in asked.split(APART):
            return
        self.add_error(field, str(question))
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("asked")] = f"{asked}{APART}{about}" if asked else about
        self.data = data

    def clean(self) -> dict[str, Any]:
        """Answer what was typed; what was asked is the form's own affair."""
        super().clean()
        return {name: value for name, value in self.cleaned_data.items() if name != "asked"}
