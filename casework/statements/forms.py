"""The forms about a statement request."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.applications.presenters import payer_of, title_of
from casework.cases.correcting import WhyFields
from casework.documents.document_field import DocumentField
from casework.documents.forms import DocumentForm
from casework.law.workflow import UNDER_WAY
from casework.models import Application, Case, Phrase, StatementRequest
from casework.phrases.inserting import PhrasedForm
from casework.statements.actions import Arrival, StatementDetails
from casework.statements.correcting import StatementFacts
from casework.statements.letter import language_of
from tenants.forms import DateInput, SuuntaForm, VersionField, field_of

USUAL = _(
    "If you leave this empty, it is reckoned by the usual time, which is known from experience. "
    "When the day has gone by, you get a task to ask."
)


class ApplicationField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """One of the applications of the case that are under way."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=Application.objects.none(), required=False, empty_label=_("No application yet"), **options
        )

    def label_from_instance(self, obj: Application) -> str:
        return f"{title_of(obj)}, {payer_of(obj)}"


class AskForStatementForm(PhrasedForm):
    """Which statement is asked of whom, and what for."""

    kind = forms.ChoiceField(label=_("Which statement"), choices=[("", _("Choose")), *StatementRequest.Kind.choices])
    asked_of = forms.CharField(
        label=_("Asked of"), max_length=200, help_text=_("The doctor or other professional, and where they work.")
    )
    purpose = forms.CharField(
        label=_("What it must say"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For example every illness, what the client cannot do because of it, and since when."),
    )
    application = ApplicationField(label=_("For which application"))
    asked_on = forms.DateField(label=_("Requested on"), widget=DateInput)
    due_on = forms.DateField(label=_("Expected by"), required=False, widget=DateInput, help_text=USUAL)

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        under_way = Application.objects.filter(case=case, state__in=sorted(UNDER_WAY))
        field_of(self, "application", ApplicationField).queryset = under_way
        self.offer_phrases(Phrase.Kind.QUESTION, language_of(case.client), at=["purpose"])

    @property
    def details(self) -> StatementDetails:
        """What was typed, of a valid form."""
        return StatementDetails(**self.cleaned_data)


class RemindForm(SuuntaForm):
    """When one reminded, and by when the answer is expected now."""

    reminded_on = forms.DateField(label=_("Reminded on"), widget=DateInput)
    due_on = forms.DateField(label=_("Expected by"), required=False, widget=DateInput, help_text=USUAL)
    version = VersionField()


class SendBackForm(SuuntaForm):
    """What is missing in a statement, and by when a better one is expected."""

    returned_on = forms.DateField(label=_("Sent back on"), widget=DateInput)
    reason = forms.CharField(
        label=_("What is missing"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example an illness that is not named, or no word about daily life."),
    )
    due_on = forms.DateField(label=_("Expected by"), required=False, widget=DateInput, help_text=USUAL)
    version = VersionField()


class ReceiveForm(DocumentForm):
    """When the statement came, and the paper: added at once, one of the case's documents, or later."""

    kind = title = dated_on = valid_until = None  # type: ignore[assignment]  # follow from the request
    written_on = forms.DateField(
        label=_("Date of the statement"), widget=DateInput, help_text=_("Its age is counted from this day.")
    )
    received_on = forms.DateField(label=_("Received on"), widget=DateInput)
    document = DocumentField(label=_("Or a document that is here already"))
    version = VersionField()
    field_order = ("written_on", "received_on", "file", "document", "version")

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].required = False
        field_of(self, "document", DocumentField).queryset = case.documents.filter(replaced_by=None)

    def clean_file(self) -> Any:
        """Check the content of a file, when one was given."""
        return super().clean_file() if self.cleaned_data["file"] else None

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("file") and self.cleaned_data.get("document"):
            self.add_error("document", _("Choose a file or a document of the case, not both."))

    @property
    def arrival(self) -> Arrival:
        """What was typed, of a valid form."""
        return Arrival(**{name: self.cleaned_data[name] for name in Arrival.__dataclass_fields__})

    @property
    def typed(self) -> dict[str, Any]:
        return {"arrival": self.arrival, "version": self.cleaned_data["version"]}


class NewerStatementForm(DocumentForm):
    """A newer paper of a statement that came before."""

    kind = title = dated_on = valid_until = None  # type: ignore[assignment]  # follow from the first one
    written_on = forms.DateField(label=_("Date of the statement"), widget=DateInput)
    version = VersionField()
    field_order = ("file", "written_on", "version")


class CancelStatementForm(SuuntaForm):
    """Nothing is asked: the button is the answer."""


class CorrectStatementForm(WhyFields, SuuntaForm):
    """What was written down about a request: what no step has written yet is not asked."""

    kind = forms.ChoiceField(label=_("Which statement"), choices=StatementRequest.Kind)
    asked_of = forms.CharField(
        label=_("Asked of"), max_length=200, help_text=_("The doctor or other professional, and where they work.")
    )
    purpose = forms.CharField(
        label=_("What it must say"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    application = ApplicationField(label=_("For which application"))
    asked_on = forms.DateField(label=_("Requested on"), widget=DateInput)
    due_on = forms.DateField(label=_("Expected by"), widget=DateInput)
    reminded_on = forms.DateField(label=_("Reminded on"), widget=DateInput)
    returned_on = forms.DateField(label=_("Sent back on"), widget=DateInput)
    return_reason = forms.CharField(
        label=_("What is missing"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    written_on = forms.DateField(label=_("Date of the statement"), widget=DateInput)
    received_on = forms.DateField(label=_("Received on"), widget=DateInput)
    field_order = tuple(StatementFacts.__dataclass_fields__)  # and last, why

    def __init__(self, *args: Any, request: StatementRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in StatementFacts.__dataclass_fields__.keys() - set(request.recorded):
            del self.fields[name]
        of_case = Application.objects.filter(case=request.case)
        field_of(self, "application", ApplicationField).queryset = of_case

    @property
    def typed(self) -> dict[str, Any]:
        known = {name for name in StatementFacts.__dataclass_fields__ if name in self.cleaned_data}
        facts = StatementFacts(**{name: self.cleaned_data[name] for name in known})
        return {"facts": facts, "reason": self.cleaned_data["reason"], "version": self.cleaned_data["version"]}
