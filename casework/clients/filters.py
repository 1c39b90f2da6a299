"""The choices that narrow the client list."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Choice:
    """A choice and its address below the list."""

    label: str
    url: str


def whose_choices(*, usual: str, phase: str) -> list[Choice]:
    """One's own cases or everybody's, in the phase that is chosen; what goes without saying is left out."""
    names = {"mine": _("Mine"), "everyone": _("Everybody's")}
    return [
        Choice(label, _address({"who": "" if code == usual else code, "phase": phase})) for code, label in names.items()
    ]


def _address(asked: dict[str, str]) -> str:
    given = {name: value for name, value in asked.items() if value}
    return f"?{urlencode(given)}" if given else "."
