"""Forms about appointments: what was agreed, the preparation sheet, the debrief."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.cases.people_fields import PersonField
from casework.law import products
from casework.models import Appointment
from casework.models.hidden import hidden_fields
from casework.models.service_entry import LONGEST
from casework.visits.actions import AppointmentDetails, Debrief, Preparation, Work
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.display import HELSINKI
from tenants.forms import DateInput, SuuntaForm, TimeInput, VersionField, field_of

NOT_A_DAYS_WORK = _("Give the time in minutes, from 1 to 1440.")
PRODUCTS = {
    Appointment.Kind.OFFICE: "client_meeting",
    Appointment.Kind.HOME: "client_meeting",
    Appointment.Kind.NETWORK: "network_meeting",
}


def _large(rows: int = 5) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AppointmentForm(SuuntaForm):
    """A time that was agreed."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Appointment.Kind, widget=forms.RadioSelect)
    on = forms.DateField(label=_("Day"), widget=DateInput)
    begins = forms.TimeField(label=_("Begins"), widget=TimeInput)
    ends = forms.TimeField(label=_("Ends"), widget=TimeInput)
    worker = PersonField(Permission.WORK_CASE, label=_("Whose appointment"))
    is_accompanied = forms.BooleanField(
        label=_("The worker comes along to somebody else's appointment"), required=False
    )
    with_whom = forms.CharField(
        label=_("With whom"),
        required=False,
        max_length=200,
        help_text=_("For example the doctor's name and profession."),
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=200)

    @property
    def details(self) -> AppointmentDetails:
        """What was typed, of a valid form."""
        return AppointmentDetails(**{name: self.cleaned_data[name] for name in AppointmentDetails.__dataclass_fields__})


class EditAppointmentForm(AppointmentForm):
    """The same for one that was agreed. A hidden place is not on the page; an empty field leaves it."""

    version = VersionField()

    def __init__(self, *args: Any, appointment: Appointment, **kwargs: Any) -> None:
        hidden = self.base_fields.keys() & hidden_fields(Appointment) if appointment.is_protected else set()
        self.known = {name: getattr(appointment, name) for name in hidden}
        kwargs["initial"] = _typed_before(appointment, without=self.known)
        super().__init__(*args, **kwargs)
        for name in self.known:
            self.fields[name].help_text = _("Hidden by the protective order. Leave empty to keep it as it is.")
        choice = field_of(self, "worker", PersonField)
        choice.queryset |= User.objects.filter(pk=appointment.worker_id)  # who may have left

    @property
    def details(self) -> AppointmentDetails:
        typed = {name: self.cleaned_data[name] for name in AppointmentDetails.__dataclass_fields__}
        return AppointmentDetails(**typed | {name: typed[name] or known for name, known in self.known.items()})


class PreparationForm(SuuntaForm):
    """The preparation sheet, written together with the client."""

    wants_to_say = forms.CharField(
        label=_("What I want to say"),
        required=False,
        max_length=8000,
        widget=_large(),
        help_text=_("In the client's own words: what must not be forgotten."),
    )
    daily_limits = forms.CharField(
        label=_("What is hard in daily life"),
        required=False,
        max_length=8000,
        widget=_large(7),
        help_text=_("Sitting, walking, lifting, sleeping, remembering, other people: how often and how long."),
    )
    asked_for = forms.CharField(
        label=_("What we ask for"),
        required=False,
        max_length=8000,
        widget=_large(4),
        help_text=_("For example a statement B, a referral, an examination, a change of medicine."),
    )
    version = VersionField()

    @property
    def preparation(self) -> Preparation:
        """What was typed, of a valid form."""
        return Preparation(**{name: self.cleaned_data[name] for name in Preparation.__dataclass_fields__})

    @property
    def typed(self) -> dict[str, Any]:
        return {"preparation": self.preparation, "version": self.cleaned_data["version"]}


class DebriefForm(SuuntaForm):
    """What came of the appointment. Written once, it also makes the task and the service entry."""

    said = forms.CharField(label=_("What was said"), max_length=20_000, widget=_large(6))
    ordered = forms.CharField(
        label=_("What was ordered"),
        required=False,
        max_length=8000,
        widget=_large(4),
        help_text=_("Examinations, referrals, sick leave, statements, medicines."),
    )
    next_step = forms.CharField(
        label=_("Next step"), required=False, max_length=200, help_text=_("It becomes a task on its day.")
    )
    next_on = forms.DateField(label=_("Next step by"), required=False, widget=DateInput)
    version = VersionField()

    @property
    def debrief(self) -> Debrief:
        """What was typed, of a valid form."""
        return Debrief(**{name: self.cleaned_data[name] for name in Debrief.__dataclass_fields__})

    @property
    def work(self) -> Work | None:
        """Nothing more to log."""
        return None

    @property
    def typed(self) -> dict[str, Any]:
        return {"debrief": self.debrief, "work": self.work, "version": self.cleaned_data["version"]}


class DebriefAndWorkForm(DebriefForm):
    """The same with the work to be logged at one go."""

    logs_work = forms.BooleanField(label=_("Log it as a service, too"), required=False)
    product = forms.ChoiceField(label=_("Service"), choices=products.choices, required=False)
    minutes = forms.IntegerField(
        label=_("Time in minutes"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        help_text=_("All the time it took, with travel and writing."),
        error_messages={"min_value": NOT_A_DAYS_WORK, "max_value": NOT_A_DAYS_WORK},
    )
    is_billable = forms.BooleanField(label=_("It is billed"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("logs_work"):
            for name in ("product", "minutes"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return data

    @property
    def work(self) -> Work | None:
        typed = self.cleaned_data
        if not typed["logs_work"]:
            return None
        return Work(product=typed["product"], minutes=typed["minutes"], is_billable=typed["is_billable"])


def debrief_form(data: Any, *, appointment: Appointment, may_log: bool) -> DebriefForm:
    """Choose the form of a debrief: with the work when it was not logged yet and the person may log."""
    written = [*Debrief.__dataclass_fields__, "version"]
    initial = {name: getattr(appointment, name) for name in written}
    if not may_log or appointment.service_entry is not None:
        return DebriefForm(data, initial=initial)
    work = {"product": usual_product(appointment), "minutes": appointment.minutes, "is_billable": True}
    return DebriefAndWorkForm(data, initial=initial | work | {"logs_work": not appointment.is_debriefed})


def usual_product(appointment: Appointment) -> str:
    """Choose the service that an appointment of this kind usually is."""
    if appointment.kind == Appointment.Kind.DOCTOR:
        return "doctor_visit" if appointment.is_accompanied else "coordination"
    return PRODUCTS.get(Appointment.Kind(appointment.kind), "coordination")


def _typed_before(appointment: Appointment, *, without: dict[str, str]) -> dict[str, Any]:
    names = ("kind", "worker", "place", "with_whom", "is_accompanied", "version")
    starts, ends = (moment.astimezone(HELSINKI) for moment in (appointment.starts_at, appointment.ends_at))
    times: dict[str, date | time] = {"on": starts.date(), "begins": starts.time(), "ends": ends.time()}
    return times | {name: getattr(appointment, name) for name in names if name not in without}
