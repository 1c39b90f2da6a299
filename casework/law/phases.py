"""In which phase a case is: derived from facts, never typed in. Pure: no database, no clock.

The stages are those of the work itself; a case goes back when its facts do.
"""

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Phase(enum.StrEnum):
    """Where a case is, as people speak of it."""

    CONTACT = "contact"
    MAPPING = "mapping"
    ASSESSING = "assessing"
    APPLYING = "applying"
    FOLLOW_UP = "follow_up"
    WAITING = "waiting"
    CHECKING = "checking"
    APPEALING = "appealing"
    CLOSED = "closed"

    @property
    def label(self) -> "StrOrPromise":
        return LABELS[self]


LABELS: "dict[Phase, StrOrPromise]" = {
    Phase.CONTACT: _("First contact"),
    Phase.MAPPING: _("Mapping the situation"),
    Phase.ASSESSING: _("Assessments"),
    Phase.APPLYING: _("Preparing an application"),
    Phase.WAITING: _("Waiting for a decision"),
    Phase.CHECKING: _("Decision to be checked"),
    Phase.APPEALING: pgettext_lazy("phase", "Appeal"),
    Phase.FOLLOW_UP: _("Follow-up"),
    Phase.CLOSED: pgettext_lazy("case", "Closed"),
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a case; casework.timeline.phase reads each fact from the database under the same name."""

    is_closed: bool = False
    has_appeal_under_way: bool = False
    has_unchecked_decision: bool = False
    has_application_waiting: bool = False
    has_direction: bool = False
    has_application_drafted: bool = False
    has_assessment: bool = False
    has_met: bool = False


# The first fact that is true decides. Without any, nobody has met the client yet.
DECIDING: tuple[tuple[str, Phase], ...] = (
    ("is_closed", Phase.CLOSED),
    ("has_unchecked_decision", Phase.CHECKING),
    ("has_appeal_under_way", Phase.APPEALING),
    ("has_application_waiting", Phase.WAITING),
    ("has_application_drafted", Phase.APPLYING),
    ("has_direction", Phase.FOLLOW_UP),
    ("has_assessment", Phase.ASSESSING),
    ("has_met", Phase.MAPPING),
)


def phase_of(facts: Facts) -> Phase:
    """Derive the phase of a case."""
    return next((phase for fact, phase in DECIDING if getattr(facts, fact)), Phase.CONTACT)
