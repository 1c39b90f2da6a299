"""How a deadline is shown: the safe day large, the legal last day smaller, and every step with its source."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from casework.law.appeal_words import APPEAL, AppealWords
from casework.law.deadlines import Deadline
from casework.law.origins import UNKNOWN, Origin
from tenants.display import day, distance, urgency

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Line:
    """One step of the reckoning as a row of a table."""

    label: "StrOrPromise"
    day: date
    reason: "StrOrPromise"
    origins: tuple[Origin, ...]


@dataclass(frozen=True)
class ShownDeadline:
    """A deadline for parts/deadline.html. `differs_from` is the reckoned day when a printed one was used instead.

    `origin` is that of the least known figure; None when the day is printed in the decision. That one aims a week
    earlier is our own practice (`of_safe_day`).
    """

    safe_day: date
    last_day: date
    distance: str
    tone: str
    is_over: bool
    is_safe_day_over: bool
    lines: list[Line]
    differs_from: date | None
    origin: Origin | None
    of_safe_day: Origin = UNKNOWN
    words: AppealWords = APPEAL

    @property
    def ends_on(self) -> str:
        """When the time ends, and how far away that is."""
        return str(self.words.ends_on) % {"on": day(self.last_day), "distance": self.distance}


def shown(deadline: Deadline, *, today: date, words: AppealWords = APPEAL) -> ShownDeadline:
    """Describe a deadline as it stands on a day, in the words of what is to be sent by then."""
    computed, last_day = deadline.computed_day, deadline.last_day
    return ShownDeadline(
        safe_day=deadline.safe_day,
        last_day=last_day,
        distance=distance(last_day, today=today),
        tone=urgency(last_day, today=today) or ("warning" if deadline.safe_day < today else ""),
        is_over=last_day < today,
        is_safe_day_over=deadline.safe_day < today,
        lines=[Line(step.label, step.day, step.reason, step.origins) for step in deadline.steps],
        differs_from=computed if computed and computed != last_day else None,
        origin=deadline.origin,
        words=words,
    )
