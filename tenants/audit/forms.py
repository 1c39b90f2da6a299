"""The form that narrows the access log."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tenants.audit.models import AccessEntry
from tenants.audit.queries import actors, entries
from tenants.forms import DateInput, LongSelect, SuuntaForm, field_of
from tenants.names import sort_key


class AccessLogFilterForm(SuuntaForm):
    """Whom, who, and between which days. Several case numbers of one client may be given with commas."""

    subject = forms.CharField(label=_("Case number"), required=False, max_length=400)
    actor = forms.ChoiceField(label=_("Who looked"), required=False, widget=LongSelect)
    since = forms.DateField(label=_("From the day"), required=False, widget=DateInput)
    until = forms.DateField(label=_("To the day"), required=False, widget=DateInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        people = sorted(actors(), key=lambda person: sort_key(person[1]))
        choice = field_of(self, "actor", forms.ChoiceField)
        choice.choices = [("", _("Everybody")), *((str(actor), name) for actor, name in people)]

    def entries(self) -> QuerySet[AccessEntry]:
        """The entries that were asked for, of a valid form."""
        asked = {name: self.cleaned_data[name] for name in ("actor", "since", "until")}
        subjects = [part.strip() for part in self.cleaned_data["subject"].split(",") if part.strip()]
        return entries(subjects=subjects, **asked)
