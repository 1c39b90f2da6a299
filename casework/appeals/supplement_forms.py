"""The forms about a letter that follows an appeal."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.appeals.appeal_grounds import language_of
from casework.appeals.letter_forms import PapersField, SignerField, offer_signers
from casework.appeals.supplements import SupplementDetails
from casework.applications.forms import sent_by_choices
from casework.cases.correcting import WhyFields
from casework.documents.queries import newest_versions, offered
from casework.models import Appeal, AppealSupplement, Document, Phrase, Representation
from casework.phrases.inserting import PhrasedForm
from tenants.forms import DateInput, SuuntaForm, TimeInput, VersionField, field_of


class SupplementForm(PhrasedForm):
    """What the letter is, to whom it goes, what it says and what is attached."""

    kind = forms.ChoiceField(label=_("Kind of letter"), choices=AppealSupplement.Kind, widget=forms.RadioSelect)
    receiver = forms.ChoiceField(
        label=_("To whom"),
        choices=AppealSupplement.Receiver,
        widget=forms.RadioSelect,
        help_text=_("To whom has the appeal now: the decider until it was passed on, then the appeal body."),
    )
    text = forms.CharField(label=_("Text"), max_length=20000, widget=forms.Textarea(attrs={"rows": 10}))
    attachments = PapersField(label=_("Attachments"), queryset=Document.objects.none(), required=False)
    representation = SignerField()

    def __init__(
        self, *args: Any, appeal: Appeal, today: date, signer: Representation | None = None, **kwargs: Any
    ) -> None:
        """`signer`: who signs unless somebody else is chosen."""
        kwargs["initial"] = kwargs.get("initial", {}) | {"representation": signer}
        super().__init__(*args, **kwargs)
        application = appeal.decision.application
        offer_signers(self, application.case, chosen=signer, today=today)
        self.offer_phrases(Phrase.Kind.SUPPLEMENT, language_of(application), at=["text"])
        attached = self.initial.get("attachments", ())
        field_of(self, "attachments", PapersField).queryset = offered(newest_versions(application.case), *attached)

    @property
    def typed(self) -> dict[str, Any]:
        """What the action asks, of a valid form."""
        names = SupplementDetails.__dataclass_fields__.keys() & self.cleaned_data.keys()
        details = SupplementDetails(**{name: self.cleaned_data[name] for name in names})
        return {"details": details} | {name: self.cleaned_data[name] for name in self.cleaned_data.keys() - names}


class EditSupplementForm(SupplementForm):
    """The same for a letter that was begun."""

    version = VersionField()


class SendSupplementForm(SuuntaForm):
    """When and how it went, and what proves it."""

    sent_on = forms.DateField(label=_("Sent on"), widget=DateInput)
    sent_by = forms.ChoiceField(label=_("How it was sent"), choices=sent_by_choices, required=False)
    sent_time = forms.TimeField(label=_("Time of sending"), required=False, widget=TimeInput)
    receipt = forms.CharField(
        label=_("Receipt number"),
        required=False,
        max_length=200,
        help_text=_("Of the registered letter, of the e-service or of the fax report."),
    )
    version = VersionField()


class CorrectSupplementForm(WhyFields, SendSupplementForm):
    """The same for what was written down wrong."""
