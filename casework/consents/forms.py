"""Forms about consents and handing over a document."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.cases.correcting import WhyFields
from casework.consents.actions import ConsentDetails
from casework.consents.queries import consent_papers
from casework.documents.presenters import dated_title
from casework.law import legal_grounds
from casework.models import Case, Consent, Disclosure, Document
from casework.models.consent import Partner, Purpose
from tenants.forms import DateInput, SuuntaForm, field_of

CHOOSE = ("", _("Choose"))


class PaperField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """The signed paper of a consent, among the documents of the case."""

    def label_from_instance(self, document: Document) -> str:
        return dated_title(document)


class ConsentForm(SuuntaForm):
    """What the client allows, to whom and until when."""

    partner = forms.ChoiceField(label=_("With whom"), choices=[CHOOSE, *Partner.choices])
    partner_name = forms.CharField(
        label=_("Who exactly"),
        required=False,
        max_length=200,
        help_text=_("Needed for a service producer, an employer, a close person and another partner."),
    )
    purpose = forms.ChoiceField(label=_("For what"), choices=Purpose, widget=forms.RadioSelect)
    way = forms.ChoiceField(
        label=_("How it was given"),
        choices=Consent.Way,
        widget=forms.RadioSelect,
        help_text=_("By word of mouth does not do for a service producer or an employer."),
    )
    given_on = forms.DateField(label=_("Given on"), widget=DateInput)
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=DateInput,
        help_text=_(
            "The last day. If you leave this empty, it holds until the client takes it back. "
            "You get a task 30 days before."
        ),
    )
    document = PaperField(
        label=_("Signed paper"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("Not among the documents"),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "document", PaperField).queryset = consent_papers(case)

    @property
    def details(self) -> ConsentDetails:
        """What was typed, of a valid form."""
        return ConsentDetails(**self.cleaned_data)


def ground_choices() -> list[tuple[str, str]]:
    """On which grounds something is handed over, as a list offers them."""
    laws = [(law.code, f"{law.name}. {law.help} ({law.certainty.words})") for law in legal_grounds.tables().laws]
    return [(Disclosure.Basis.CONSENT.value, str(Disclosure.Basis.CONSENT.label)), *dict(laws).items()]


class DisclosureForm(SuuntaForm):
    """To whom a document is handed over, and on which ground."""

    partner = forms.ChoiceField(label=_("To whom"), choices=[CHOOSE, *Partner.choices])
    recipient = forms.CharField(
        label=_("Who exactly"), max_length=200, help_text=_("The unit, the company or the person who gets it.")
    )
    on = forms.DateField(label=_("Handed over on"), widget=DateInput)
    ground = forms.ChoiceField(label=_("On which ground"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "ground", forms.ChoiceField).choices = ground_choices()


class CorrectDisclosureForm(WhyFields, DisclosureForm):
    """The same for what was written down wrong."""
