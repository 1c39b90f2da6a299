"""The form about a task."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.cases.correcting import WhyFields
from casework.cases.people_fields import PersonField
from tenants.accounts.permissions import Permission
from tenants.forms import DateInput, SuuntaForm


class TaskForm(SuuntaForm):
    """Something to be done by a day."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = forms.DateField(label=_("Last day"), widget=DateInput)
    assignee = PersonField(Permission.SEE_CASE, label=_("Who does it"))


class CorrectTaskForm(WhyFields, TaskForm):
    """The same for a task that was written."""
