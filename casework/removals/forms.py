"""The forms about an application for removal."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.appeals.appeal_grounds import language_of
from casework.appeals.letter_forms import PapersField, SignerField, offer_signers
from casework.applications.finality import RemovalTime
from casework.applications.forms import sent_by_choices
from casework.cases.correcting import WhyFields
from casework.consents.forms import PaperField
from casework.consents.queries import powers_of_attorney
from casework.documents.queries import newest_versions, offered
from casework.models import Decision, Document, Phrase, Removal, Representation
from casework.phrases.inserting import PhrasedForm
from casework.removals.actions import RemovalDetails
from casework.removals.correcting import RemovalFacts
from casework.removals.letter import attachments_of
from tenants.forms import DateInput, SuuntaForm, TimeInput, VersionField, field_of

RECEIPT = _("Of the registered letter, of the e-service or of the fax report.")
KEPT = ("error", "grounds", "receiver", "signed_by", "version")


class RemovalForm(PhrasedForm):
    """What is wrong with the decision, to whom it goes, what is attached and who signs."""

    error = forms.ChoiceField(
        label=_("What is wrong with the decision?"), choices=Removal.Error, widget=forms.RadioSelect
    )
    grounds = forms.CharField(
        label=_("Grounds"),
        required=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("What the decision has wrong, and what shows it. It can be written later."),
    )
    receiver = forms.ChoiceField(
        label=_("To whom"),
        choices=Removal.Receiver,
        widget=forms.RadioSelect,
        initial=Removal.Receiver.UNKNOWN,
        help_text=_("Who removes a decision is not verified. Ask the decider; until then the paper has a line for it."),
    )
    attachments = PapersField(
        label=_("Attachments"),
        queryset=Document.objects.none(),
        required=False,
        help_text=_("Only what is chosen here stands in the list of attachments."),
    )
    representation = SignerField()
    signed_by = forms.CharField(
        label=_("Who signs for the client"),
        required=False,
        max_length=200,
        help_text=_("Leave empty when they sign themselves, or a representative signs who is chosen above."),
    )
    power_of_attorney = PaperField(
        label=_("Power of attorney"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("When somebody else signs, they may be asked for it. It stands among the attachments."),
    )

    def __init__(
        self,
        *args: Any,
        decision: Decision,
        today: date,
        signer: Representation | None,
        removal: Removal | None = None,
        **kwargs: Any,
    ) -> None:
        """`signer`: who signs unless somebody else is chosen; `removal`: what was written before."""
        attached = attachments_of(removal) if removal else []
        power = removal.power_of_attorney_id if removal else None
        goes_with = {"attachments": attached, "power_of_attorney": power, "representation": signer}
        kwargs["initial"] = goes_with | ({name: getattr(removal, name) for name in KEPT} if removal else {})
        super().__init__(*args, **kwargs)
        application = decision.application
        offer_signers(self, application.case, chosen=signer, today=today)
        self.offer_phrases(Phrase.Kind.GROUNDS, language_of(application), at=["grounds"])
        field_of(self, "attachments", PapersField).queryset = offered(newest_versions(application.case), *attached)
        powers = offered(powers_of_attorney(application.case), power)
        field_of(self, "power_of_attorney", PaperField).queryset = powers

    @property
    def typed(self) -> dict[str, Any]:
        """What the action asks, of a valid form."""
        names = RemovalDetails.__dataclass_fields__.keys() & self.cleaned_data.keys()
        details = RemovalDetails(**{name: self.cleaned_data[name] for name in names})
        return {"details": details} | {name: self.cleaned_data[name] for name in self.cleaned_data.keys() - names}


class EditRemovalForm(RemovalForm):
    """The same for one that was begun."""

    version = VersionField()


class FileRemovalForm(SuuntaForm):
    """When it was filed and how, what proves it, and, when its time is over, why."""

    filed_on = forms.DateField(label=_("Filed on"), widget=DateInput)
    sent_by = forms.ChoiceField(label=_("How it was sent"), choices=sent_by_choices, required=False)
    sent_time = forms.TimeField(label=_("Time of sending"), required=False, widget=TimeInput)
    receipt = forms.CharField(label=_("Receipt number"), required=False, max_length=200, help_text=RECEIPT)
    is_as_written = forms.BooleanField(
        label=_("It was filed as it stands here. Keep it among the documents."), required=False
    )
    document = PaperField(
        label=_("Another paper that was filed"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("Not among the documents"),
    )
    late_reason = forms.CharField(
        label=_("Why it is late"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = VersionField()

    def __init__(self, *args: Any, removal: Removal, known: RemovalTime | None, today: date, **kwargs: Any) -> None:
        is_written = bool(removal.grounds.strip())
        kwargs["initial"] = {"filed_on": today, "is_as_written": is_written, "version": removal.version}
        super().__init__(*args, **kwargs)
        case = removal.decision.application.case
        field_of(self, "document", PaperField).queryset = newest_versions(case)
        if known is None or not known.is_late(today):
            del self.fields["late_reason"]


class AnswerRemovalForm(SuuntaForm):
    """What came of it."""

    answer = forms.ChoiceField(label=_("The answer"), choices=Removal.Answer, widget=forms.RadioSelect)
    answered_on = forms.DateField(label=_("Date of the answer"), widget=DateInput)
    answer_words = forms.CharField(
        label=_("What the answer says"), required=False, max_length=20000, widget=forms.Textarea(attrs={"rows": 6})
    )
    version = VersionField()


class WithdrawRemovalForm(SuuntaForm):
    """When it was given up, and why."""

    withdrawn_on = forms.DateField(label=pgettext_lazy("removal", "Withdrawn on"), widget=DateInput)
    withdrawn_reason = forms.CharField(
        label=_("Why it is withdrawn"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = VersionField()


class CorrectRemovalForm(WhyFields, SuuntaForm):
    """What was written down about it: what no step has written yet is not asked."""

    error = forms.ChoiceField(
        label=_("What is wrong with the decision?"), choices=Removal.Error, widget=forms.RadioSelect
    )
    filed_on = forms.DateField(label=_("Filed on"), widget=DateInput)
    sent_by = forms.ChoiceField(label=_("How it was sent"), choices=sent_by_choices, required=False)
    sent_time = forms.TimeField(label=_("Time of sending"), required=False, widget=TimeInput)
    receipt = forms.CharField(label=_("Receipt number"), required=False, max_length=200, help_text=RECEIPT)
    document = PaperField(
        label=_("The paper that was filed"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("Not among the documents"),
    )
    late_reason = forms.CharField(
        label=_("Why it is late"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    answered_on = forms.DateField(label=_("Date of the answer"), widget=DateInput)
    answer_words = forms.CharField(
        label=_("What the answer says"), required=False, max_length=20000, widget=forms.Textarea(attrs={"rows": 6})
    )
    withdrawn_on = forms.DateField(label=pgettext_lazy("removal", "Withdrawn on"), widget=DateInput)
    withdrawn_reason = forms.CharField(
        label=_("Why it is withdrawn"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    grounds = forms.CharField(
        label=_("Grounds"), required=False, max_length=20000, widget=forms.Textarea(attrs={"rows": 14})
    )

    field_order = (
        *("filed_on", "sent_by", "sent_time", "receipt", "document", "late_reason"),
        *("answered_on", "answer_words", "withdrawn_on", "withdrawn_reason", "error", "grounds"),  # and last, why
    )

    def __init__(self, *args: Any, removal: Removal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in RemovalFacts.__dataclass_fields__.keys() - set(removal.recorded):
            del self.fields[name]
        if "document" in self.fields:
            papers = newest_versions(removal.decision.application.case)
            field_of(self, "document", PaperField).queryset = offered(papers, removal.document_id)

    @property
    def typed(self) -> dict[str, Any]:
        known = {name for name in RemovalFacts.__dataclass_fields__ if name in self.cleaned_data}
        facts = RemovalFacts(**{name: self.cleaned_data[name] for name in known})
        return {"facts": facts, "reason": self.cleaned_data["reason"], "version": self.cleaned_data["version"]}
