"""Forms about what a client takes back: one consent, or the wish for the service."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.cases.correcting import WhyFields
from casework.consents.actions import ConsentDetails
from casework.consents.forms import ConsentForm, PaperField
from casework.consents.queries import consent_papers
from casework.documents.queries import offered
from casework.endings.forms import EndsForm
from casework.models import Case, Consent
from tenants.forms import DateInput, SuuntaForm, VersionField, field_of


class WithdrawalForm(EndsForm):
    """The client does not want to go on: since when, why if they tell it, and what becomes of what is open."""

    on = forms.DateField(label=_("The service ends on"), widget=DateInput)
    reason = forms.CharField(
        label=_("Why, in the client's own words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The client need not give a reason."),
    )
    version = VersionField()


class WithdrawConsentForm(SuuntaForm):
    """The day a consent was taken back."""

    on = forms.DateField(label=_("Taken back on"), widget=DateInput)
    version = VersionField()


class CorrectConsentForm(WhyFields, ConsentForm):
    """The same as for a new consent, and the day it was taken back."""

    withdrawn_on = forms.DateField(
        label=_("Taken back on"),
        required=False,
        widget=DateInput,
        help_text=_("Leave this empty if it was not taken back."),
    )
    field_order = (*ConsentForm.base_fields, "withdrawn_on")  # and last, why

    def __init__(self, *args: Any, case: Case, consent: Consent, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        field_of(self, "document", PaperField).queryset = offered(consent_papers(case), consent.document_id)
        if consent.withdrawn_on is None:
            del self.fields["withdrawn_on"]

    @property
    def typed(self) -> dict[str, Any]:
        """What the action asks, of a valid form."""
        said = dict(self.cleaned_data)
        details = ConsentDetails(**{name: said.pop(name) for name in ConsentDetails.__dataclass_fields__})
        return {"details": details, **said}
