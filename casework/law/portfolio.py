"""How a benefit stands on a day, by the times that are known of it: in force, waited for, appealed, ended. Pure.

A time that is not known is None and never taken for a day: what was granted without a last day is in force, and what
was granted without a first one, too, because somebody has said that it is granted.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.law.practice import Measure, length
from tenants.rough_days import RoughDay


class Track(enum.StrEnum):
    """What goes on during a time."""

    GRANTED = "granted"
    WAITING = "waiting"
    TO_APPEAL = "to_appeal"  # the client may appeal
    APPEAL = "appeal"  # an answer to an appeal is awaited


class Standing(enum.StrEnum):
    """How a benefit stands, in the order in which a page tells it."""

    IN_FORCE = "in_force"
    ENDING = "ending"
    COMING = "coming"
    WAITING = "waiting"
    APPEAL = "appeal"
    PREPARED = "prepared"
    CARE = "care"  # a referral under way: no decision comes of it, and no money
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class Span:
    """A time of one track. `known_on`: a day on which it is known to hold, whatever else is not known.

    `is_open`: of what is waited for, that it is not over, whatever day stands as its last.
    """

    track: Track
    since: RoughDay | None
    until: RoughDay | None
    known_on: date
    is_open: bool = False

    def is_over(self, today: date) -> bool:
        return self.until is not None and self.until.last < today

    def has_begun(self, today: date) -> bool:
        return self.since is None or self.since.first <= today

    def ends_soon(self, today: date) -> bool:
        return self.until is not None and today <= self.until.last <= today + length(Measure.END_IS_NEAR, today)

    def ended_lately(self, today: date) -> bool:
        return self.until is not None and today - length(Measure.END_IS_NEAR, today) <= self.until.last < today


def standing(spans: Iterable[Span], *, is_prepared: bool = False, is_won: bool = False, today: date) -> Standing:
    """Say how a benefit stands; `is_won`: a ruling changed the decision, and what follows is not known yet."""
    known = list(spans)
    granted = [span for span in known if span.track is Track.GRANTED and not span.is_over(today)]
    running = [span for span in granted if span.has_begun(today)]
    if running:
        return Standing.ENDING if all(span.ends_soon(today) for span in running) else Standing.IN_FORCE
    if granted or is_won:
        return Standing.COMING
    was_granted = any(span.track is Track.GRANTED for span in known)
    going_on = {span.track for span in known if span.is_open and not (was_granted and _is_late(span, today))}
    if Track.WAITING in going_on:
        return Standing.WAITING
    if going_on:
        return Standing.APPEAL
    return Standing.PREPARED if is_prepared else Standing.ENDED


def _is_late(span: Span, today: date) -> bool:
    """Whether the day of an appeal is over: one against a grant that has ended is history then."""
    return span.track is Track.TO_APPEAL and span.is_over(today)
