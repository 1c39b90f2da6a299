"""The question "is this person already here?", the same on every road to a new client."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.clients.matches import match_label
from casework.clients.queries import Match
from casework.models import Client

NEW_CLIENT = "new"


class SamePersonField(forms.ChoiceField):
    """Which client who is here it is, or none of them; none is no answer when the identity code is the same."""

    def __init__(self, matches: list[Match], **options: Any) -> None:
        known: dict[str, Any] = {"label": _("Is this person here already?"), "widget": forms.RadioSelect}
        super().__init__(**known | options)
        self.clients = {str(match.client.pk): match.client for match in matches}
        self.is_certain = any(match.is_certain for match in matches)
        self.choices = [(str(match.client.pk), match_label(match)) for match in matches]
        if not self.is_certain:
            self.choices = [*self.choices, (NEW_CLIENT, _("No, a new client"))]

    def client_of(self, answer: str) -> Client | None:
        """The client who was chosen, None for a new one."""
        return self.clients.get(answer)
