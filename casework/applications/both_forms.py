"""The forms about an application to both pension systems: the same as of one, and whether it is done at both."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.applications.forms import (
    CorrectApplicationForm,
    CorrectEvidenceForm,
    EvidenceForm,
    NewApplicationForm,
    WithdrawForm,
)
from casework.applications.pair_acts import asked, step_back_of, withdrawal_of
from casework.cases.correcting import TakeBackForm, TakeBackStepForm
from casework.law import as_of
from casework.law.deadlines import DeciderKind
from casework.models import Application, Evidence
from tenants.forms import SuuntaForm, VersionField, field_of


class BeginApplicationForm(NewApplicationForm):
    """What is applied for, from whom, and whether the same paper goes to both pension systems."""

    is_to_both = forms.BooleanField(
        label=_("The same application goes to both pension systems"),
        required=False,
        help_text=_(
            "Only for disability pension and rehabilitation subsidy: Kela and the pension institution each decide."
        ),
    )
    insurer_code = forms.ChoiceField(
        label=_("Pension institution beside Kela"),
        required=False,
        help_text=_("Only when it goes to both and you chose Kela above."),
    )

    field_order = ("benefit_code", "decider_code", "is_to_both", "insurer_code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        insurers = [
            (row.code, row.name) for row in as_of.deciders(kwargs["today"]) if row.kind == DeciderKind.PENSION_INSURER
        ]
        field_of(self, "insurer_code", forms.ChoiceField).choices = [("", _("Choose")), *insurers]


class ForBothField(forms.BooleanField):
    """Whether the same is done at the other pension system; its form says who decides there."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, initial=True, **options)


def _name_other(form: forms.Form, name: str, label: Any, other: Application | None) -> None:
    """Say at whom in the label of a field, and leave it out where there is nobody."""
    if other is None:
        del form.fields[name]
    else:
        form.fields[name].label = label % {"decider": other.decider.name_in_sentence}


class AttachEvidenceForm(EvidenceForm):
    """A paper that goes or went to the decider, of a pair usually to both."""

    is_for_both = ForBothField()

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, application=application, **kwargs)
        other = asked("attach", application)
        _name_other(self, "is_for_both", _("It also goes to the other decider of this application: %(decider)s"), other)


class CorrectBothEvidenceForm(CorrectEvidenceForm):
    """The same for a paper that is on the list, of a pair on both lists."""

    is_for_both = ForBothField()

    def __init__(self, *args: Any, evidence: Evidence, twin: Evidence | None, **kwargs: Any) -> None:
        super().__init__(*args, evidence=evidence, **kwargs)
        other = twin.application if twin else None
        _name_other(self, "is_for_both", _("Correct the same paper at the other decider as well: %(decider)s"), other)


class TakeBackBothForm(TakeBackForm):
    """Why it is taken off one list, or both."""

    is_for_both = ForBothField()

    def __init__(self, *args: Any, twin: Evidence | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other = twin.application if twin else None
        _name_other(self, "is_for_both", _("Take it off the list of the other decider as well: %(decider)s"), other)


class WhereFields(forms.Form):
    """Of a pair, which half an act is about: that is asked, never assumed. Stands first among the bases of a form."""

    where = forms.ChoiceField(label=_("Which part"), widget=forms.RadioSelect)

    field_order = ("where",)

    def ask_where(self, act: str, application: Application) -> None:
        """Ask it where the act can be done at the other half too."""
        other = asked(act, application)
        if other is None:
            del self.fields["where"]
            return
        names = {"decider": application.decider.name_in_sentence, "other": other.decider.name_in_sentence}
        field_of(self, "where", forms.ChoiceField).choices = [
            ("both", _("The whole application, at both: %(decider)s, %(other)s") % names),
            ("one", _("Only the part of %(decider)s; the part of %(other)s stays as it is") % names),
        ]

    @property
    def typed(self) -> dict[str, Any]:
        """What the action asks, of a valid form."""
        typed = dict(self.cleaned_data)
        return typed | {"is_at_both": typed.pop("where", "one") == "both"}


class WithdrawFromForm(WhereFields, WithdrawForm):
    """When and why an application ends without a decision."""

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_where(withdrawal_of(application), application)


class TakeBackStepAtForm(WhereFields, TakeBackStepForm):
    """Why the latest step of an application is taken back."""

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_where(step_back_of(application), application)


class TakeBackAtForm(WhereFields, TakeBackForm):
    """Why an application is taken back."""

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_where("take_back", application)


class CorrectBothForm(CorrectApplicationForm):
    """What was written down about an application, and whether what the paper says is corrected at both."""

    is_at_both = ForBothField()

    field_order = (*CorrectApplicationForm.field_order[:6], "is_at_both", *CorrectApplicationForm.field_order[6:])

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, application=application, **kwargs)
        label = _(
            "What both say alike of the application and its filing is corrected at the other decider too: %(decider)s"
        )
        _name_other(self, "is_at_both", label, asked("correct", application))

    @property
    def typed(self) -> dict[str, Any]:
        return super().typed | {"is_at_both": self.cleaned_data.get("is_at_both", False)}


class TogetherForm(SuuntaForm):
    """Which other application of the case was the same paper."""

    other = forms.ChoiceField(label=_("The same application is also"), required=False, widget=forms.RadioSelect)
    version = VersionField()

    def __init__(self, *args: Any, found: list[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {str(one.pk): one for one in found}
        names = [(key, f"{one.named()} ({one.decider.name})") for key, one in self.found.items()]
        nobody = ("", _("Nowhere else: it went to one pension system only"))
        field_of(self, "other", forms.ChoiceField).choices = [*names, nobody]

    @property
    def typed(self) -> dict[str, Any]:
        return {"other": self.found.get(self.cleaned_data["other"]), "version": self.cleaned_data["version"]}
