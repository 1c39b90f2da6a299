"""The forms about a description of work and functional ability."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.applications.forms import IllnessesField
from casework.applications.queries import illnesses_of
from casework.descriptions.presenters import application_name
from casework.law.sections import BY_CODE, SECTIONS
from casework.models import AbilityDescription, Application, Phrase
from casework.phrases.inserting import PhrasedForm
from tenants.forms import DateInput, SuuntaForm, VersionField, field_of

LONGEST = 20_000


class BeginDescriptionForm(SuuntaForm):
    """In which language the paper will be."""

    language = forms.ChoiceField(
        label=_("Language of the description"),
        choices=AbilityDescription.Language,
        widget=forms.RadioSelect,
        help_text=_("The language whoever decides reads. What was written down in another language stays in it."),
    )


class DescriptionForm(PhrasedForm):
    """The text of every section."""

    language = forms.ChoiceField(label=_("Language of the description"), choices=AbilityDescription.Language)
    version = VersionField()

    def __init__(self, *args: Any, description: AbilityDescription, texts: Mapping[str, str], **kwargs: Any) -> None:
        kwargs["initial"] = {"language": description.language, "version": description.version} | dict(texts)
        super().__init__(*args, **kwargs)
        for section in SECTIONS:
            rows = min(12, max(4, texts.get(section.code, "").count("\n") + 2))
            self.fields[section.code] = forms.CharField(
                label=section.title,
                help_text=section.hint,
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": rows}),
            )
        language = str(self["language"].value() or description.language)
        self.offer_phrases(Phrase.Kind.DESCRIPTION, language, at=BY_CODE)

    @property
    def typed(self) -> dict[str, Any]:
        """What the action asks, of a valid form."""
        texts = {section.code: _one_line_end(self.cleaned_data[section.code]) for section in SECTIONS}
        return {"language": self.cleaned_data["language"], "version": self.cleaned_data["version"], "texts": texts}


class SignDescriptionForm(SuuntaForm):
    """Under which title it is signed."""

    title = forms.CharField(label=_("Your title"), max_length=80)
    is_ready = forms.BooleanField(
        label=_("I have read it through, and it may go out under my name. Signed, it cannot be changed.")
    )
    version = VersionField()

    @property
    def typed(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "version")}


class ApplicationField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A choice among the applications a description can go to."""

    def label_from_instance(self, obj: Application) -> str:
        return application_name(obj)


class AttachDescriptionForm(SuuntaForm):
    """To which application a signed description goes."""

    application = ApplicationField(label=_("Application"), queryset=Application.objects.none())
    sent_on = forms.DateField(
        label=_("Sent to the decider on"),
        required=False,
        widget=DateInput,
        help_text=_("For an application that is filed already. With one in preparation it goes when that is filed."),
    )
    illnesses = IllnessesField(
        label=_("Which illnesses it speaks about"),
        help_text=_("The coverage check compares these with the decision."),
    )

    def __init__(
        self, *args: Any, description: AbilityDescription, applications: list[Application], **kwargs: Any
    ) -> None:
        illnesses = illnesses_of(description.case)
        kwargs["initial"] = {"illnesses": illnesses}
        super().__init__(*args, **kwargs)
        found = Application.objects.filter(pk__in=[one.pk for one in applications])
        field_of(self, "application", ApplicationField).queryset = found
        field_of(self, "illnesses", IllnessesField).queryset = illnesses


def _one_line_end(text: str) -> str:
    """Browsers send CR LF; what was not changed must look unchanged."""
    return text.replace("\r\n", "\n").strip()
