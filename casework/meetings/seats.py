"""The field in which a meeting's team is chosen: of everybody of the staff whether they are invited, and as what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.meetings.actions import Invited
from casework.models import MeetingParticipant
from tenants.accounts.models import User
from tenants.accounts.permissions import names_of
from tenants.drawing import escaped
from tenants.names import one_line
from tenants.requests import NUL

LONGEST = 80  # letters of a profession


@dataclass(frozen=True)
class Seat:
    """A person of the staff in the form."""

    user: User
    is_invited: bool
    profession: str


class SeatsInput(forms.Widget):
    """A box and a line for each person, drawn in one go: a template for each would be most of the page's time."""

    use_fieldset = True
    people: Sequence[User] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Seat]:
        return [
            Seat(one, is_invited=_box(one) in data, profession=one_line(data.get(_line(one), "")))
            for one in self.people
        ]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        as_what, named = _("Profession: %(name)s"), cache(lambda *roles: ", ".join(names_of(list(roles))))
        rows = "".join(_drawn(seat, as_what, named(*seat.user.roles)) for seat in value or ())
        return SafeString(f'<ul class="seats" id="{escaped((attrs or {}).get("id", ""))}">{rows}</ul>')


class SeatsField(forms.Field):
    """Who is invited to a meeting; its value is a list of `Invited`."""

    widget = SeatsInput

    def offer(self, people: Sequence[User], team: Sequence[MeetingParticipant]) -> None:
        """Offer these people, of whom the team is invited already."""
        assert isinstance(self.widget, SeatsInput)  # noqa: S101  # the class says so
        known = {participant.user_id: participant.profession for participant in team}
        self.widget.people = people
        self.initial = [Seat(one, is_invited=one.pk in known, profession=known.get(one.pk, "")) for one in people]

    def clean(self, value: list[Seat]) -> list[Invited]:
        for seat in value:
            if len(seat.profession) > LONGEST or NUL in seat.profession:
                too_long = ngettext(
                    "The profession of %(name)s is too long: it may have %(most)d letter.",
                    "The profession of %(name)s is too long: it may have %(most)d letters.",
                    LONGEST,
                )
                raise ValidationError(too_long, params={"name": seat.user.name, "most": LONGEST})
        return [Invited(user=seat.user, profession=seat.profession) for seat in value if seat.is_invited]


def _drawn(seat: Seat, as_what: str, roles: str) -> str:
    box, line, name = _box(seat.user), _line(seat.user), seat.user.name
    return (
        "<li>"
        f'<div class="ds-field"><input type="checkbox" name="{box}" id="id_{box}" class="ds-input"'
        f"{' checked' if seat.is_invited else ''}>"
        f'<label class="ds-label" data-weight="regular" for="id_{box}">{escaped(name)}'
        f' <span class="muted small">{escaped(roles)}</span></label></div>'
        f'<div class="ds-field"><label class="ds-sr-only" for="id_{line}">{escaped(as_what % {"name": name})}</label>'
        f'<input type="text" name="{line}" id="id_{line}" class="ds-input" maxlength="{LONGEST}"'
        f' value="{escaped(seat.profession)}"></div>'
        "</li>\n"
    )


def _box(person: User) -> str:
    return f"is_invited_{person.pk.hex}"


def _line(person: User) -> str:
    return f"profession_{person.pk.hex}"
