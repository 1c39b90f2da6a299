"""When a client has been left without contact for too long, by the rows of `data/contact.toml`. Pure."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from casework.law.benefits import TABLES
from casework.law.tables import Key, Row, read_rows


class Occasion(enum.StrEnum):
    """Why somebody should be in contact."""

    USUAL = "usual"
    REJECTION = "rejection"
    REHABILITATION_GRANTED = "rehabilitation_granted"
    REHABILITATION_ENDED = "rehabilitation_ended"


@dataclass(frozen=True, kw_only=True)
class SilenceRow(Row):
    """For how many days there may be no contact."""

    occasion: Occasion
    days: int
    benefits: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[Key, ...]:
        return ((self.occasion,),)


@dataclass(frozen=True, kw_only=True)
class AgreedRow(Row):
    """Within how many days an agreed appointment counts as company."""

    days: int

    @property
    def keys(self) -> tuple[Key, ...]:
        return (("appointment",),)


@dataclass(frozen=True, kw_only=True)
class ContactRow(Row):
    """Which services are contact with the client."""

    services: tuple[str, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        return (("contact",),)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The rows of one day."""

    silences: dict[Occasion, SilenceRow]
    agreed: AgreedRow

    @property
    def agreed_days(self) -> int:
        return self.agreed.days

    @property
    def rehabilitations(self) -> frozenset[str]:
        """The benefits whose decisions are about rehabilitation."""
        return frozenset(self.silences[Occasion.REHABILITATION_GRANTED].benefits)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of the contacts of one open case, and of what a contact should follow."""

    opened_on: date
    contact_on: date | None = None
    agreed_on: date | None = None
    rejected_on: date | None = None
    rehabilitation_granted_on: date | None = None
    rehabilitation_ended_on: date | None = None

    @property
    def since(self) -> date:
        """The day from which there has been silence."""
        return self.contact_on or self.opened_on


@dataclass(frozen=True, kw_only=True)
class Silence:
    """Silence that is too long: since when, after what, and the day of that."""

    since: date
    occasion: Occasion
    occasion_on: date


def limits(on: date) -> Limits:
    """Answer the rows that hold on a day."""
    tables = _tables()
    return Limits(
        silences={row.occasion: row for row in tables.silences if row.is_valid_on(on)},
        agreed=next(row for row in tables.agreed if row.is_valid_on(on)),
    )


def rows() -> tuple[SilenceRow | AgreedRow, ...]:
    """Answer every row that has days, of any day."""
    return (*_tables().silences, *_tables().agreed)


def services_of_contact() -> tuple[ContactRow, ...]:
    """Answer which services are contact, each row for the services that were done while it holds."""
    return _tables().contacts


def too_long(facts: Facts, *, on: date, limits: Limits) -> Silence | None:
    """Judge one case: None when somebody was in contact lately, or will be soon.

    An occasion counts until the first contact on its day or after it; the nearest one is the reason that is told.
    """
    if facts.agreed_on is not None and facts.agreed_on <= on + timedelta(days=limits.agreed_days):
        return None
    passed = [
        (day, occasion)
        for occasion, day in _occasions(facts)
        if facts.since <= day and on >= day + timedelta(days=limits.silences[occasion].days)
    ]
    if not passed:
        return None
    occasion_on, occasion = max(passed, key=lambda found: (found[0], found[1] != Occasion.USUAL))
    return Silence(since=facts.since, occasion=occasion, occasion_on=occasion_on)


def _occasions(facts: Facts) -> Iterable[tuple[Occasion, date]]:
    days = {
        Occasion.USUAL: facts.since,
        Occasion.REJECTION: _without_contact(facts, facts.rejected_on),
        Occasion.REHABILITATION_GRANTED: _without_contact(facts, facts.rehabilitation_granted_on),
        Occasion.REHABILITATION_ENDED: _without_contact(facts, facts.rehabilitation_ended_on),
    }
    return [(occasion, day) for occasion, day in days.items() if day is not None]


def _without_contact(facts: Facts, day: date | None) -> date | None:
    """The day of an occasion, unless there was contact on it or since."""
    is_answered = day is not None and facts.contact_on is not None and facts.contact_on >= day
    return None if is_answered else day


@dataclass(frozen=True, kw_only=True)
class _Tables:
    silences: tuple[SilenceRow, ...]
    agreed: tuple[AgreedRow, ...]
    contacts: tuple[ContactRow, ...]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    rows = read_rows(TABLES / "contact.toml", silence=SilenceRow, agreed=AgreedRow, contact=ContactRow)
    return _Tables(silences=rows["silence"], agreed=rows["agreed"], contacts=rows["contact"])
