"""Forms about meetings, agendas and minutes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.cases.people import people_with
from casework.cases.people_fields import PersonField
from casework.law.legal_grounds import Law
from casework.meetings.actions import MeetingDetails
from casework.meetings.minutes import Words
from casework.meetings.seats import SeatsField
from casework.models import AgendaItem, Case, Meeting, MeetingParticipant
from tenants.accounts.permissions import Permission
from tenants.display import HELSINKI, moment
from tenants.forms import DateInput, LongSelect, SuuntaForm, TimeInput, VersionField, field_of

LONGEST = 20_000


class MeetingForm(SuuntaForm):
    """When, where and who. Everybody of the staff has a box and a line for the profession."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Meeting.Kind, widget=forms.RadioSelect)
    on = forms.DateField(label=_("Day"), widget=DateInput)
    begins = forms.TimeField(label=_("Begins"), widget=TimeInput)
    ends = forms.TimeField(label=_("Ends"), widget=TimeInput)
    place = forms.CharField(
        label=_("Place or video link"),
        max_length=200,
        required=False,
        help_text=_("Do not write a client's home or whereabouts. The place is shown to everybody invited."),
    )
    chair = PersonField(Permission.WORK_CASE, label=_("Chair"))

    team = SeatsField(
        label=_("Who is invited, and as what"),
        template_name="casework/meetings/parts/seats.html",
        help_text=_(
            "Everybody invited sees the clients of the agenda until the minutes are closed. "
            "The chair is always invited."
        ),
    )

    def __init__(self, *args: Any, team: Iterable[MeetingParticipant] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "team", SeatsField).offer(
            list(people_with(Permission.SEE_CASE).only("name", "roles")), list(team)
        )

    @property
    def details(self) -> MeetingDetails:
        """What was typed, of a valid form."""
        typed = self.cleaned_data
        return MeetingDetails(
            kind=typed["kind"],
            starts_at=datetime.combine(typed["on"], typed["begins"], HELSINKI),
            ends_at=datetime.combine(typed["on"], typed["ends"], HELSINKI),
            place=typed["place"],
            chair=typed["chair"],
            team=tuple(typed["team"]),
        )


class EditMeetingForm(MeetingForm):
    """The same for a meeting that is planned. A hidden place is not on the page; an empty field leaves it."""

    version = VersionField()

    def __init__(self, *args: Any, meeting: Meeting, hides_place: bool, **kwargs: Any) -> None:
        self.hidden_place = meeting.place if hides_place else ""
        begins, ends = meeting.starts_at.astimezone(HELSINKI), meeting.ends_at.astimezone(HELSINKI)
        kwargs["initial"] = {
            "kind": meeting.kind,
            "on": begins.date(),
            "begins": begins.time(),
            "ends": ends.time(),
            "place": "" if hides_place else meeting.place,
            "chair": meeting.chair_id,
            "version": meeting.version,
        }
        kwargs["team"] = meeting.participants.filter(left_at=None)
        super().__init__(*args, **kwargs)
        if hides_place:
            self.fields["place"].help_text = _("Hidden by the protective order. Leave empty to keep it as it is.")

    @property
    def details(self) -> MeetingDetails:
        typed = super().details
        return replace(typed, place=typed.place or self.hidden_place)


class CaseField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A choice among cases by the client's name."""

    def label_from_instance(self, obj: Case) -> str:
        return f"{obj.client.listed_name}, {obj.number}"


class MeetingField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among meetings by their moment."""

    def label_from_instance(self, obj: Meeting) -> str:
        return f"{moment(obj.starts_at)}, {obj.get_kind_display()}"


class GroundForm(SuuntaForm):
    """On which ground a case is discussed, and what is asked of the team."""

    basis = forms.ChoiceField(
        label=_("Ground for discussing the client"), choices=AgendaItem.Basis, widget=forms.RadioSelect
    )
    law = forms.ChoiceField(label=_("Provision of law"), required=False)
    question = forms.CharField(
        label=_("What is asked of the team"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, laws: Sequence[Law], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        law = field_of(self, "law", forms.ChoiceField)
        law.choices = [("", "–"), *((law.code, law.name) for law in laws)]
        law.help_text = " ".join(f"{law.code} ({law.certainty.words}): {law.help}" for law in laws)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("basis") == AgendaItem.Basis.LAW and not typed.get("law"):
            self.add_error("law", _("Choose the provision of law."))
        return typed


class AgendaForm(GroundForm):
    """A case for the agenda of a meeting."""

    case = CaseField(queryset=Case.objects.none(), label=_("Client"), widget=LongSelect)
    field_order = ["case"]

    def __init__(self, *args: Any, cases: QuerySet[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "case", CaseField).queryset = cases


class CaseAgendaForm(GroundForm):
    """A meeting for a case."""

    meeting = MeetingField(queryset=Meeting.objects.none(), label=_("The meeting"), empty_label=None, widget=LongSelect)
    field_order = ["meeting"]

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "meeting", MeetingField).queryset = meetings


class QuestionForm(SuuntaForm):
    """What is asked of the team about a case."""

    question = forms.CharField(
        label=_("What is asked of the team"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    version = VersionField()


class TakeOffForm(SuuntaForm):
    """Why a case is taken off the agenda."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class TeamField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """A choice among the team of a meeting, by their names."""

    def label_from_instance(self, obj: MeetingParticipant) -> str:
        return obj.user.name


class PresenceForm(SuuntaForm):
    """Who was there."""

    present = TeamField(
        queryset=MeetingParticipant.objects.none(),
        label=_("Who was there"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        team = meeting.participants.filter(left_at=None).select_related("user")
        known = [participant.pk for participant in team if participant.was_present is not False]
        kwargs["initial"] = {"present": known}
        super().__init__(*args, **kwargs)
        field_of(self, "present", TeamField).queryset = team

    @property
    def typed(self) -> dict[str, Any]:
        return {"present": {participant.pk for participant in self.cleaned_data["present"]}}


class MinutesForm(SuuntaForm):
    """What the team said of a case."""

    text = forms.CharField(
        label=_("Discussion"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 10})
    )
    recommendation = forms.CharField(
        label=_("Recommendation"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
    decision = forms.CharField(
        label=_("Decision"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = VersionField()

    @property
    def words(self) -> Words:
        """What was typed, of a valid form."""
        return Words(**{name: self.cleaned_data[name] for name in Words.__dataclass_fields__})

    @property
    def typed(self) -> dict[str, Any]:
        return {"words": self.words, "version": self.cleaned_data["version"]}


class FinaliseForm(SuuntaForm):
    """The minutes as they were seen."""

    version = VersionField()


class AgreedTaskForm(SuuntaForm):
    """What a participant promises to do."""

    assignee = PersonField(Permission.SEE_CASE, label=_("Who does it"))
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = forms.DateField(label=_("Last day"), widget=DateInput)

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = field_of(self, "assignee", PersonField)
        team = item.meeting.participants.filter(left_at=None).values("user")
        people.queryset = people.queryset.filter(pk__in=team)
