"""The form that is filled in from a signed paper of consents: a row a partner, as on the paper."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.consents.forms import PaperField
from casework.consents.queries import consent_papers
from casework.consents.signed_papers import SignedPaper, TickedRow
from casework.documents.forms import DocumentForm
from casework.models import Case, Document
from casework.models.consent import Partner, Purpose
from tenants.forms import DateInput, field_of


class SignedPaperForm(DocumentForm):
    """When it was signed, the paper itself, and what is ticked on it. Nothing is ticked beforehand."""

    kind = title = dated_on = valid_until = None  # type: ignore[assignment]  # follow from the paper
    template_name = "casework/consents/parts/signed_paper_fields.html"

    signed_on = forms.DateField(label=_("Signed on"), widget=DateInput)
    document = PaperField(
        label=_("Or a paper that is here already"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("Not among the documents"),
    )
    is_power = forms.BooleanField(label=_("A power of attorney is signed on it too"), required=False)
    power_until = forms.DateField(label=_("Power of attorney valid until"), required=False, widget=DateInput)

    field_order = ("signed_on", "file", "document")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False
        field_of(self, "document", PaperField).queryset = consent_papers(case)
        for partner in Partner:
            self.fields[f"{partner}_purposes"] = forms.MultipleChoiceField(
                label=partner.label, choices=Purpose, required=False, widget=forms.CheckboxSelectMultiple
            )
            self.fields[f"{partner}_partner_name"] = forms.CharField(
                label=_("Who exactly"), required=False, max_length=200
            )
            self.fields[f"{partner}_valid_until"] = forms.DateField(
                label=_("Valid until"), required=False, widget=DateInput
            )

    def clean_file(self) -> Any:
        """Check the content of a file, when one was given."""
        return super().clean_file() if self.cleaned_data["file"] else None

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("file") and self.cleaned_data.get("document"):
            self.add_error("document", _("Choose a file or a document of the case, not both."))
        if self.cleaned_data.get("is_power") and not self.cleaned_data.get("file"):
            self.add_error("is_power", _("Add the paper as a file, so that it is kept as a power of attorney."))

    @property
    def rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Purposes, name and end of each partner."""
        for partner in Partner:
            yield self[f"{partner}_purposes"], self[f"{partner}_partner_name"], self[f"{partner}_valid_until"]

    @property
    def typed(self) -> dict[str, Any]:
        """What the action asks, of a valid form."""
        known = {name: self.cleaned_data[name] for name in ("signed_on", "file", "document", "is_power", "power_until")}
        return {"paper": SignedPaper(rows=[self._row(partner) for partner in Partner], **known)}

    def _row(self, partner: Partner) -> TickedRow:
        return TickedRow(
            partner=partner.value,
            purposes=self.cleaned_data[f"{partner}_purposes"],
            partner_name=self.cleaned_data[f"{partner}_partner_name"],
            valid_until=self.cleaned_data[f"{partner}_valid_until"],
        )
