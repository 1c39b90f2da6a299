"""The forms about an appeal."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.appeals.actions import has_time_after_all
from casework.appeals.appeal_grounds import language_of
from casework.appeals.correcting import RULING, AppealFacts
from casework.applications import appeal_days
from casework.applications.forms import sent_by_choices
from casework.cases.correcting import WhyFields
from casework.decisions.forms import PRINTED, channel_choices
from casework.models import Appeal, Phrase
from casework.models.appeal import ON_THE_WAY
from casework.phrases.inserting import PhrasedForm
from tenants.forms import DateInput, SuuntaForm, VersionField, field_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class FirstAnswer(models.TextChoices):
    """What the decider does with an appeal before the board, but for a correction in full: that is a new decision."""

    FORWARDED = "forwarded", _("It corrects nothing and has passed the appeal on to the board")
    PARTLY = "partly", _("It corrects a part (an interim decision) and will pass the appeal on")


def ruling_choices(appeal: Appeal | None = None) -> list[tuple[str, "StrOrPromise"]]:
    """What is answered to an appeal, as a list offers it; without one, to a first appeal of any kind."""
    rulings = appeal_days.rulings_of(appeal) if appeal else appeal_days.FIRST_RULINGS
    return [(ruling.value, ruling.label) for ruling in rulings]


RULED = _(
    "Annulled in part is “changed in part”. “Not examined”: the matter was not looked into, as when it came late. "
    "“Lapsed”: nothing was left to rule on."
)


class AppealTextForm(PhrasedForm):
    """What is asked, and why."""

    demand = forms.CharField(
        label=_("The change that is asked for"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    grounds = forms.CharField(label=_("Grounds"), max_length=20000, widget=forms.Textarea(attrs={"rows": 14}))
    version = VersionField()

    def __init__(self, *args: Any, appeal: Appeal, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(appeal, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.offer_phrases(Phrase.Kind.GROUNDS, language_of(appeal.decision.application), at=("demand", "grounds"))


class FileAppealForm(SuuntaForm):
    """When the appeal arrived; when that is after the last day, or nobody knows that day, also why."""

    filed_on = forms.DateField(
        label=_("Arrived on"),
        widget=DateInput,
        help_text=_("The day it arrived, by the end of office hours; electronically by midnight."),
    )
    sent_by = forms.ChoiceField(label=_("How it was sent"), choices=sent_by_choices, required=False)
    late_reason = forms.CharField(
        label=_("Why it is late"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = VersionField()

    def __init__(self, *args: Any, appeal: Appeal, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not appeal.needs_reason(today):
            del self.fields["late_reason"]
            return
        self.fields["late_reason"].help_text = appeal_days.words_of(appeal).if_late
        if not appeal.is_last_day_sure:
            self.fields["late_reason"].label = _("What is known of the last day")


class AnswerForm(SuuntaForm):
    """What the board or the court answered."""

    result = forms.ChoiceField(label=_("Result"), widget=forms.RadioSelect, help_text=RULED)
    result_on = forms.DateField(label=_("Date of the ruling"), widget=DateInput)
    result_channel = forms.ChoiceField(label=_("How it arrived"), choices=channel_choices, widget=forms.RadioSelect)
    result_notice_on = forms.DateField(label=_("Posted, sent or handed over on"), widget=DateInput)
    printed_last_day = forms.DateField(
        label=_("Last day of the next appeal printed in the ruling"),
        required=False,
        widget=DateInput,
        help_text=PRINTED,
    )
    version = VersionField()

    def __init__(self, *args: Any, appeal: Appeal, **kwargs: Any) -> None:
        application = appeal.decision.application
        channel = application.case.client.decision_channel
        kwargs["initial"] = {"result_channel": channel, "version": appeal.version}
        super().__init__(*args, **kwargs)
        _offer_rulings(self, appeal)
        if appeal_days.next_level(appeal) is None:
            del self.fields["printed_last_day"]


class FirstAnswerForm(SuuntaForm):
    """What the decider did with the appeal, and when."""

    answer = forms.ChoiceField(label=_("What did the decider do?"), choices=FirstAnswer, widget=forms.RadioSelect)
    on = forms.DateField(
        label=_("When"), widget=DateInput, help_text=_("The day on which it was passed on, or of the interim decision.")
    )
    version = VersionField()


class AskCommentForm(SuuntaForm):
    """By when the client may comment."""

    due_on = forms.DateField(
        label=_("Comment by"), widget=DateInput, help_text=_("The last day that the board or the decider names.")
    )
    version = VersionField()


class CommentForm(SuuntaForm):
    """When the comment was sent."""

    on = forms.DateField(
        label=_("Commented on"),
        widget=DateInput,
        help_text=_("Also when the client said that there is nothing to comment on."),
    )
    version = VersionField()


class WithdrawAppealForm(SuuntaForm):
    """When the appeal was given up; of a draft of a first appeal, whether the client appeals at all."""

    withdrawn_on = forms.DateField(label=pgettext_lazy("appeal", "Withdrawn on"), widget=DateInput)
    is_appeal_waived = forms.TypedChoiceField(
        label=_("Does the client appeal later?"),
        widget=forms.RadioSelect,
        choices=[
            ("no", _("It is open, or will be written anew: the last day stays on Today")),
            ("yes", _("The client does not appeal this decision: nothing reminds of the last day any more")),
        ],
        coerce="yes".__eq__,
    )
    version = VersionField()

    def __init__(self, *args: Any, appeal: Appeal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_time_after_all(appeal):
            del self.fields["is_appeal_waived"]


class CorrectAppealForm(WhyFields, SuuntaForm):
    """What was written down about an appeal: what no step has written yet is not asked."""

    filed_on = forms.DateField(
        label=_("Arrived on"),
        widget=DateInput,
        help_text=_("The day it arrived, by the end of office hours; electronically by midnight."),
    )
    sent_by = forms.ChoiceField(label=_("How it was sent"), choices=sent_by_choices, required=False)
    late_reason = forms.CharField(
        label=_("Why it is late"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only when it arrived after the last day."),
    )
    partly_corrected_on = forms.DateField(label=_("Corrected in part by the decider on"), widget=DateInput)
    forwarded_on = forms.DateField(label=_("Passed on to the board on"), widget=DateInput)
    comment_due_on = forms.DateField(label=_("Comment by"), widget=DateInput)
    commented_on = forms.DateField(label=_("Commented on"), widget=DateInput)
    result = forms.ChoiceField(label=_("Result"), widget=forms.RadioSelect, help_text=RULED)
    result_on = forms.DateField(label=_("Date of the ruling"), widget=DateInput)
    result_channel = forms.ChoiceField(label=_("How it arrived"), choices=channel_choices, widget=forms.RadioSelect)
    result_notice_on = forms.DateField(label=_("Posted, sent or handed over on"), widget=DateInput)
    withdrawn_on = forms.DateField(label=pgettext_lazy("appeal", "Withdrawn on"), widget=DateInput)
    demand = forms.CharField(
        label=_("The change that is asked for"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    grounds = forms.CharField(label=_("Grounds"), max_length=20000, widget=forms.Textarea(attrs={"rows": 14}))

    field_order = (
        *("filed_on", "sent_by", "late_reason", *ON_THE_WAY, *RULING, "withdrawn_on"),
        *("demand", "grounds"),  # and last, why
    )

    def __init__(self, *args: Any, appeal: Appeal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_rulings(self, appeal)
        for name in AppealFacts.__dataclass_fields__.keys() - set(appeal.recorded):
            del self.fields[name]
        for name in ("demand", "grounds"):  # what the client wrote may be known to nobody here
            self.fields[name].required = bool(getattr(appeal, name))

    @property
    def typed(self) -> dict[str, Any]:
        known = {name for name in AppealFacts.__dataclass_fields__ if name in self.cleaned_data}
        facts = AppealFacts(**{name: self.cleaned_data[name] for name in known})
        return {"facts": facts, "reason": self.cleaned_data["reason"], "version": self.cleaned_data["version"]}


def _offer_rulings(form: SuuntaForm, appeal: Appeal) -> None:
    field_of(form, "result", forms.ChoiceField).choices = ruling_choices(appeal)
