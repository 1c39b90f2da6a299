"""Forms about what a client takes back: one consent, or the wish for the service."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.cases.correcting import WhyFields
from casework.consents.actions import ConsentDetails
from casework.consents.forms import ConsentForm
from casework.models import Case, Consent, Task
from tenants.display import day
from tenants.forms import DateInput, SuuntaForm, VersionField, field_of


class WithdrawalForm(SuuntaForm):
    """The client does not want to go on: since when, why if they tell it, and which open tasks are still needed."""

    on = forms.DateField(label=_("The service ends on"), widget=DateInput)
    reason = forms.CharField(
        label=_("Why, in the client's own words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The client need not give a reason."),
    )
    kept_tasks = forms.MultipleChoiceField(
        label=_("Tasks that are still needed"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Keep what concerns a legal last day, such as telling it to the client. All others end."),
    )
    version = VersionField()

    def __init__(self, *args: Any, tasks: Iterable[Task], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open_tasks = {str(task.pk): task for task in tasks}
        choices = [
            (key, f"{task.title} ({day(task.due_on)}, {task.assignee.name})") for key, task in self.open_tasks.items()
        ]
        if choices:
            field_of(self, "kept_tasks", forms.MultipleChoiceField).choices = choices
        else:
            del self.fields["kept_tasks"]

    @property
    def typed(self) -> dict[str, Any]:
        """What the action asks, of a valid form."""
        kept = {self.open_tasks[key].pk for key in self.cleaned_data.get("kept_tasks", [])}
        return {**self.cleaned_data, "kept_tasks": kept}


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
        if consent.withdrawn_on is None:
            del self.fields["withdrawn_on"]

    @property
    def typed(self) -> dict[str, Any]:
        """What the action asks, of a valid form."""
        said = dict(self.cleaned_data)
        details = ConsentDetails(**{name: said.pop(name) for name in ConsentDetails.__dataclass_fields__})
        return {"details": details, **said}
