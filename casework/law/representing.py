"""Whether somebody acts for a client in a matter on a day, by the terms of their paper. Pure.

Nothing here is law: what a legal guardian or an authorised representative may do stands in their paper. Where the paper
does not say it, or nobody has looked, the answer is "unclear", which a person settles.
"""

import enum
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _


class Scope(enum.StrEnum):
    """What the paper is about."""

    UNKNOWN = "unknown"
    ALL = "all"
    MONEY = "money"
    NAMED = "named"


class Validity(enum.StrEnum):
    """How long the paper holds."""

    UNKNOWN = "unknown"
    UNTIL = "until"
    OPEN = "open"


SCOPES = {
    Scope.UNKNOWN: _("Not known yet"),
    Scope.ALL: _("All matters"),
    Scope.MONEY: _("Money and benefits only"),
    Scope.NAMED: _("A named matter"),
}
VALIDITIES = {
    Validity.UNKNOWN: _("Not known yet"),
    Validity.UNTIL: _("Until a day"),
    Validity.OPEN: _("Until further notice"),
}


class Matter(enum.Enum):
    """What is to be signed or received: about a benefit, or a consent to tell of the client's own matters."""

    BENEFIT = enum.auto()
    CONSENT = enum.auto()


class Standing(enum.Enum):
    """Where a representative stands in a matter on a day."""

    ACTS = enum.auto()
    UNCLEAR = enum.auto()
    OTHER_MATTERS = enum.auto()
    NOT_YET = enum.auto()
    OVER = enum.auto()


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a paper says of its scope and its days. `ended_on`: from that day on it holds no more, whatever it says."""

    scope: str
    validity: str
    begins_on: date | None = None
    valid_until: date | None = None
    ended_on: date | None = None

    def is_over(self, on: date) -> bool:
        has_ended = self.ended_on is not None and self.ended_on <= on
        return has_ended or (self.valid_until is not None and self.valid_until < on)


def standing(terms: Terms, *, matter: Matter, on: date) -> Standing:
    """Say whether the terms cover a matter on a day; what is not known is unclear, never a yes and never a no."""
    if terms.is_over(on):
        return Standing.OVER
    if terms.begins_on is not None and terms.begins_on > on:
        return Standing.NOT_YET
    if matter is Matter.CONSENT and terms.scope == Scope.MONEY:
        return Standing.OTHER_MATTERS
    is_known = terms.begins_on is not None and terms.validity != Validity.UNKNOWN
    return Standing.ACTS if is_known and terms.scope in {Scope.ALL, Scope.MONEY} else Standing.UNCLEAR
