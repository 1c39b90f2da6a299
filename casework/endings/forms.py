"""Forms about the end of a case: what becomes of everything that is open, and how the case ends."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.cases.forms import ENDINGS
from casework.cases.open_ends import End
from casework.cases.people import people_with
from casework.endings.actions import Fate, HandedToTheDead, WhyMissing, may_have
from casework.endings.presenters import title, when
from casework.models import Case, OpenEnd
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.forms import DateInput, LongSelect, SuuntaForm, VersionField

Holder = OpenEnd.Holder
LONGEST_WHY = 500
TO, WHY = "to_", "why_"


class FateFields:
    """The choices of who has an open end from now on, and what was chosen."""

    def __init__(self) -> None:
        self.colleagues = {str(user.pk): user for user in people_with(Permission.WORK_CASE)}

    def to_field(self, kind: str, *, label: Any, help_text: Any = "") -> forms.ChoiceField:
        """A choice among colleagues, those outside, and nobody."""
        outside = [(one.value, one.label) for one in Holder if one != Holder.COLLEAGUE and may_have(kind, one)]
        here = [(key, user.name) for key, user in self.colleagues.items()] if may_have(kind, Holder.COLLEAGUE) else []
        return forms.ChoiceField(
            label=label, help_text=help_text, choices=[("", "–"), *outside, *here], widget=LongSelect
        )

    def fate(self, to: str, reason: str) -> Fate:
        """Read what was chosen."""
        colleague: User | None = self.colleagues.get(to)
        return Fate(holder=Holder.COLLEAGUE if colleague else to, colleague=colleague, reason=reason)

    @staticmethod
    def chosen(fate: Fate) -> str:
        """The choice that says what a fate says."""
        return str(fate.colleague.pk) if fate.colleague else fate.holder


def why_field(label: Any) -> forms.CharField:
    """Why it ends; of what is handed on, to whom exactly."""
    return forms.CharField(label=label, required=False, max_length=LONGEST_WHY)


class EndsForm(SuuntaForm):
    """Two fields for each thing that is open: who has it from now on, and why it ends or to whom exactly it goes."""

    def __init__(self, *args: Any, ends: Iterable[End], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ends = list(ends)
        self._fate_fields = FateFields() if self.ends else None
        for number, end in enumerate(self.ends, start=1):
            self._add_fields(number, end)

    def suggest(self, fates: dict[uuid.UUID, Fate]) -> None:
        """Let the fields say these fates until somebody says otherwise."""
        for key, fate in fates.items():
            self.initial[f"{TO}{key}"] = FateFields.chosen(fate)
            self.initial[f"{WHY}{key}"] = fate.reason

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for end in self.ends:
            if cleaned.get(f"{TO}{end.about}") == Holder.NOBODY and not cleaned.get(f"{WHY}{end.about}"):
                self.add_error(f"{WHY}{end.about}", str(WhyMissing.user_message))
        return cleaned

    @property
    def typed(self) -> dict[str, Any]:
        """What the action asks, of a valid form."""
        said = {name: value for name, value in self.cleaned_data.items() if not name.startswith((TO, WHY))}
        return {**said, "fates": self.fates}

    @property
    def fates(self) -> dict[uuid.UUID, Fate]:
        """What was said of each open end."""
        if self._fate_fields is None:
            return {}
        said = self.cleaned_data
        return {
            end.about: self._fate_fields.fate(said[f"{TO}{end.about}"], said[f"{WHY}{end.about}"]) for end in self.ends
        }

    def _add_fields(self, number: int, end: End) -> None:
        assert self._fate_fields is not None  # noqa: S101  # there is an end
        to = self._fate_fields.to_field(end.kind, label=f"{number}. {title(end)}", help_text=when(end))
        self.fields[f"{TO}{end.about}"] = to
        self.fields[f"{WHY}{end.about}"] = why_field(_("%(number)d. Why it ends, or to whom") % {"number": number})


class CloseCaseForm(EndsForm):
    """How the case ends. Who does not want to go on leaves by a page of its own: it takes consents back, too."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=ENDINGS,
        widget=forms.RadioSelect,
        help_text=_("One of the four directions, or why the case ends without one."),
    )
    closed_on = forms.DateField(
        label=_("Closed on"),
        widget=DateInput,
        help_text=_("Of a client who has died, that day: nothing goes to the client from then on."),
    )
    version = VersionField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("outcome") == Case.Outcome.DIED:
            self._refuse_the_dead(cleaned)
        return cleaned

    def _refuse_the_dead(self, cleaned: dict[str, Any]) -> None:
        for end in self.ends:
            if cleaned.get(f"{TO}{end.about}") == Holder.CLIENT:
                self.add_error(f"{TO}{end.about}", str(HandedToTheDead.user_message))


class SettleForm(EndsForm):
    """What becomes of what is open in a case that is closed already."""

    version = VersionField()


class ChangeEndForm(SuuntaForm):
    """Who has one open end of a closed case from now on, or why it ends."""

    reason = why_field(_("Why it ends, or to whom"))
    version = VersionField()
    field_order: Sequence[str] = ("to", "reason")

    def __init__(self, *args: Any, end: OpenEnd, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._end = end
        self._fate_fields = FateFields()
        self.fields["to"] = self._fate_fields.to_field(end.kind, label=_("Who has it from now on"))
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """The words that stood there say to whom it went, not why it ends."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        was_held = self._end.holder != Holder.NOBODY
        if was_held and cleaned.get("to") == Holder.NOBODY and cleaned.get("reason") == self._end.reason:
            self.add_error("reason", str(WhyMissing.user_message))
        return cleaned

    @property
    def typed(self) -> dict[str, Any]:
        """What the action asks, of a valid form."""
        said = self.cleaned_data
        return {"fate": self._fate_fields.fate(said["to"], said["reason"]), "version": said["version"]}
