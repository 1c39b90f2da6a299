"""The forms about a referral to a clinic. Days on which others did something may stay empty: not known."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.care_referrals.actions import ReferralDetails
from casework.cases.correcting import WhyFields
from casework.documents.document_field import DocumentField
from casework.models import CareReferral, Case
from tenants.forms import DateInput, SuuntaForm, VersionField, field_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

UNKNOWN = _("Leave it empty if nobody knows the day.")
NOT_SAID = _("Leave it empty if the clinic has not said a day.")


def _day(label: "StrOrPromise", *, required: bool = False, help_text: "StrOrPromise" = UNKNOWN) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=DateInput, help_text="" if required else help_text)


def _words(label: "StrOrPromise", *, required: bool = False, help_text: "StrOrPromise" = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, required=required, max_length=4000, widget=widget, help_text=help_text)


def _line(label: "StrOrPromise", *, required: bool = False, help_text: "StrOrPromise" = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=200, help_text=help_text)


class BeginCareReferralForm(SuuntaForm):
    """To which clinic, who writes it, and what the clinic is asked; of one that has gone already, when."""

    unit = _line(_("Clinic"), required=True, help_text=_("The clinic and whose it is, as a letter names it."))
    asked_of = _line(_("Who writes the referral"), help_text=_("The doctor or the place that is asked to write it."))
    asked_on = _day(
        pgettext_lazy("care referral", "Asked for on"),
        help_text=_("When the doctor was asked. Leave it empty if nobody is asked yet, or nobody knows the day."),
    )
    question = _words(
        _("What the clinic is asked"),
        help_text=_("For example: what is left of the ability to work, and which rehabilitation is of use?"),
    )
    was_sent = forms.BooleanField(label=_("The referral has been sent already"), required=False)
    sent_on = _day(_("Sent on"), help_text=_("Only if it has been sent already and the day is known."))
    sent_by = _line(_("Sent by"), help_text=_("Only if it has been sent already."))

    @property
    def typed(self) -> dict[str, Any]:
        return {"details": ReferralDetails(**self.cleaned_data)}


class SendForm(SuuntaForm):
    """When the referral was sent, and by whom."""

    sent_on = _day(_("Sent on"))
    sent_by = _line(_("Sent by"), help_text=_("The doctor or the place that sent it, if it is known."))
    version = VersionField()


class AskForMoreForm(SuuntaForm):
    """What the clinic wants to know."""

    more_asked = _words(_("What is asked for"), required=True)
    more_asked_on = _day(_("More information asked for on"))
    more_due_on = _day(_("To be answered by"), help_text=NOT_SAID)
    version = VersionField()


class SupplyForm(SuuntaForm):
    """When the clinic got it."""

    supplied_on = _day(_("Answered on"), required=True)
    version = VersionField()


class AcceptForm(SuuntaForm):
    """When the clinic invited the client, and for when."""

    accepted_on = _day(_("Accepted on"))
    first_visit_on = _day(_("First visit"), help_text=NOT_SAID)
    version = VersionField()


class RefuseForm(SuuntaForm):
    """When the clinic refused, and why."""

    refused_on = _day(_("Refused on"))
    refusal_reason = _words(_("Why it was refused"), help_text=_("In the clinic's words, if it gave a reason."))
    version = VersionField()


class ComplainForm(SuuntaForm):
    """A complaint to the unit."""

    complained_on = _day(_("Complaint sent on"), required=True)
    complaint = _words(_("What the complaint says"))
    version = VersionField()


class AnswerComplaintForm(SuuntaForm):
    """What the unit answered."""

    answered_on = _day(_("Complaint answered on"))
    answer = _words(_("What the unit answered"))
    version = VersionField()


class ExamineForm(SuuntaForm):
    """When the client was examined."""

    examined_on = _day(_("Examined on"), help_text=_("Of several days the last one. Leave it empty if nobody knows."))
    version = VersionField()


class ReportForm(SuuntaForm):
    """When the report came, and its paper."""

    reported_on = _day(_("Report came on"))
    report = DocumentField(
        label=_("Report"), help_text=_("One of the documents of the case. It can be chosen later, by a correction.")
    )
    version = VersionField()

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        field_of(self, "report", DocumentField).queryset = case.documents.filter(replaced_by=None)


class WithdrawForm(SuuntaForm):
    """Why it ends."""

    withdrawn_on = _day(_("Referral withdrawn on"), required=True)
    withdrawn_reason = _words(_("Why it was withdrawn"), required=True)
    version = VersionField()


class CorrectCareReferralForm(WhyFields, SuuntaForm):
    """What was written down about a referral: what no step has written yet is not asked."""

    unit = _line(_("Clinic"), required=True)
    asked_of = _line(_("Who writes the referral"))
    question = _words(_("What the clinic is asked"))
    asked_on = _day(pgettext_lazy("care referral", "Asked for on"))
    sent_on = _day(_("Sent on"))
    sent_by = _line(_("Sent by"))
    more_asked_on = _day(_("More information asked for on"))
    more_asked = _words(_("What is asked for"), required=True)
    more_due_on = _day(_("To be answered by"), help_text=NOT_SAID)
    supplied_on = _day(_("Answered on"))
    accepted_on = _day(_("Accepted on"))
    first_visit_on = _day(_("First visit"), help_text=NOT_SAID)
    refused_on = _day(_("Refused on"))
    refusal_reason = _words(_("Why it was refused"))
    complained_on = _day(_("Complaint sent on"))
    complaint = _words(_("What the complaint says"))
    answered_on = _day(_("Complaint answered on"))
    answer = _words(_("What the unit answered"))
    examined_on = _day(_("Examined on"))
    reported_on = _day(_("Report came on"))
    report = DocumentField(label=_("Report"))
    withdrawn_on = _day(_("Referral withdrawn on"))
    withdrawn_reason = _words(_("Why it was withdrawn"))
    due_on = _day(_("Expected by"), required=True)

    def __init__(self, *args: Any, referral: CareReferral, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.fields.keys() - {*referral.recorded, "reason", "version"}:
            del self.fields[name]
        if "report" in self.fields:
            field_of(self, "report", DocumentField).queryset = referral.case.documents.filter(replaced_by=None)
        self.order_fields([*referral.recorded, "reason", "version"])

    @property
    def typed(self) -> dict[str, Any]:
        facts = dict(self.cleaned_data)
        why = {name: facts.pop(name) for name in ("reason", "version")}
        return {"facts": facts, **why}
