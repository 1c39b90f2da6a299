"""The forms about the letter of an appeal: what goes with it, its filing, and the proof of sending."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.appeals.forms import FileAppealForm
from casework.appeals.letter import attachments_of
from casework.cases.correcting import WhyFields
from casework.cases.representing import offered as offered_signers
from casework.cases.representing import terms_told, with_role
from casework.consents.forms import PaperField
from casework.consents.queries import powers_of_attorney
from casework.documents.presenters import dated_title
from casework.documents.queries import newest_versions, offered
from casework.law.representing import Matter
from casework.models import AppealLetter, Case, Document, Representation
from tenants.forms import SuuntaForm, TimeInput, VersionField, field_of


class PapersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Documents of the case, each by its title and its day."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, document: Document) -> str:
        return dated_title(document)


class SignerField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A representative of the client who signs and receives; none when the client signs, or somebody else."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Representative of the client who signs"),
            queryset=Representation.objects.none(),
            required=False,
            empty_label=_("None: the client signs, or somebody else"),
        )

    def label_from_instance(self, representation: Representation) -> str:
        return f"{with_role(representation)} ({terms_told(representation)})"


def offer_signers(form: forms.BaseForm, case: Case, *, chosen: Representation | None, today: date) -> None:
    """Give a form the representatives who may be chosen; without any the question is not asked."""
    keys = [one.representation.pk for one in offered_signers(case, matter=Matter.BENEFIT, on=today)]
    if not keys and chosen is None:
        del form.fields["representation"]
        return
    known = Representation.objects.filter(pk__in=[*keys, *([chosen.pk] if chosen else [])])
    field_of(form, "representation", SignerField).queryset = known.select_related("person").order_by("created_at")


class EncloseForm(SuuntaForm):
    """What goes with the appeal, and who signs it."""

    attachments = PapersField(
        label=_("Attachments"),
        queryset=Document.objects.none(),
        required=False,
        help_text=_("Only what is chosen here stands in the list of attachments of the letter."),
    )
    representation = SignerField()
    signed_by = forms.CharField(
        label=_("Who signs for the one who appeals"),
        required=False,
        max_length=200,
        help_text=_("Leave empty when they sign themselves, or a representative signs who is chosen above."),
    )
    power_of_attorney = PaperField(
        label=_("Power of attorney"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("When somebody else signs, the decider may ask for it. It stands among the attachments."),
    )
    version = VersionField()

    def __init__(self, *args: Any, letter: AppealLetter, today: date, **kwargs: Any) -> None:
        attached = attachments_of(letter)
        kwargs["initial"] = {
            "attachments": attached,
            "representation": letter.representation_id,
            "signed_by": letter.signed_by,
            "power_of_attorney": letter.power_of_attorney_id,
            "version": letter.version,
        }
        super().__init__(*args, **kwargs)
        case = letter.appeal.decision.application.case
        offer_signers(self, case, chosen=letter.representation, today=today)
        field_of(self, "attachments", PapersField).queryset = offered(newest_versions(case), *attached)
        powers = offered(powers_of_attorney(case), letter.power_of_attorney_id)
        field_of(self, "power_of_attorney", PaperField).queryset = powers


class _Proof(forms.Form):
    """Which paper went, and what proves that it was sent."""

    document = PaperField(
        label=_("The paper that was filed"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("Not among the documents"),
    )
    sent_time = forms.TimeField(label=_("Time of sending"), required=False, widget=TimeInput)
    receipt = forms.CharField(
        label=_("Receipt number"),
        required=False,
        max_length=200,
        help_text=_("Of the registered letter, of the e-service or of the fax report."),
    )


class FileWithProofForm(FileAppealForm, _Proof):
    """The filing with its proof, and whether the letter is kept as it stands."""

    is_as_written = forms.BooleanField(
        label=_("The letter was filed as it stands here. Keep it among the documents."), required=False
    )

    field_order = ("filed_on", "sent_by", "sent_time", "receipt", "is_as_written", "document", "late_reason")

    def __init__(self, *args: Any, letter: AppealLetter, **kwargs: Any) -> None:
        super().__init__(*args, appeal=letter.appeal, **kwargs)
        case = letter.appeal.decision.application.case
        field = field_of(self, "document", PaperField)
        field.queryset = newest_versions(case)
        field.label = _("Another paper that was filed")


class CorrectProofForm(WhyFields, _Proof, SuuntaForm):
    """What was written down of the paper and the proof."""

    field_order = ("document", "sent_time", "receipt")

    def __init__(self, *args: Any, letter: AppealLetter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = letter.appeal.decision.application.case
        field_of(self, "document", PaperField).queryset = offered(newest_versions(case), letter.document_id)
