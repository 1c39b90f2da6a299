"""Reckons on from the paid days of sickness allowance that Kela has counted, and never from nothing. Pure.

Weekdays are those of SVL 1:4: every day but Sundays and the church and secular public holidays. The two eves, which are
no office days, count here; that they do is not verified. Kela's next count comes before everything reckoned.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from casework.law.benefits import TABLES, NoRule
from casework.law.calendar import holidays_on
from casework.law.origins import Origin
from casework.law.tables import Key, Row, read_rows, row_on

SICKNESS_ALLOWANCE, PARTIAL = "SPR", "OSPR"
BENEFITS = (SICKNESS_ALLOWANCE, PARTIAL)
EVES = frozenset({"Jouluaatto", "Juhannusaatto"})
SUNDAY = 6
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Mark(Row):
    """A number of paid days by which Kela looks at the need for rehabilitation."""

    benefit: str
    days: int

    @property
    def keys(self) -> tuple[Key, ...]:
        return ((self.benefit, str(self.days)),)


@dataclass(frozen=True, kw_only=True)
class Maximum(Row):
    """For how many days it is paid at most."""

    benefit: str
    days: int
    ends_month_before: bool = False

    @property
    def keys(self) -> tuple[Key, ...]:
        return ((self.benefit,),)


@dataclass(frozen=True, kw_only=True)
class Fact(Row):
    """Where something comes from that pages say beside the days."""

    code: str

    @property
    def keys(self) -> tuple[Key, ...]:
        return ((self.code,),)


@dataclass(frozen=True, kw_only=True)
class Tables:
    """Everything that is shipped about paid days."""

    marks: tuple[Mark, ...]
    maxima: tuple[Maximum, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many days Kela had paid at the end of a day, by its own count."""

    paid_days: int
    on: date


@dataclass(frozen=True, kw_only=True)
class Reached:
    """The day on which a number of paid days is reached, None while that is not known.

    `is_behind`: Kela's count says as much or more already. `origins`: what the day was reckoned with.
    """

    mark: Mark | Maximum
    on: date | None = None
    is_behind: bool = False
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """What follows from a count while the payment is known to go on. `maximum.on`: the last day that is paid."""

    counted: Counted
    paid_until: date | None
    marks: tuple[Reached, ...] = ()
    maximum: Reached | None = None
    is_contradicted: bool = False  # by this count the payment would have ended before the day of the count

    @property
    def ends_on(self) -> date | None:
        """The last day that is paid: by the maximum or by the decision, whichever comes first."""
        known = [day for day in (self.paid_until, self.maximum.on if self.maximum else None) if day]
        return min(known, default=None)

    @property
    def is_by_maximum(self) -> bool:
        return self.maximum is not None and self.maximum.on is not None and self.maximum.on == self.ends_on

    def days_by(self, day: date) -> int | None:
        """Reckon how many days are paid at the end of a day; None when it is not known whether it is paid till then."""
        if day < self.counted.on or self.ends_on is None or day > self.ends_on:
            return None
        return self.counted.paid_days + sum(1 for _day in _paid_days(self.counted.on, until=day))


@dataclass(kw_only=True)
class _Walk:
    """A walk along the paid days after a count, which remembers whether it met an eve."""

    counted: Counted
    eve_on: date | None = field(default=None)

    def reached(self, number: int) -> date:
        """The day on which a number of days above that of the count is reached, were it paid without a break."""
        left = number - self.counted.paid_days
        for day in _paid_days(self.counted.on):
            if self.eve_on is None and holidays_on(day) & EVES:
                self.eve_on = day
            left -= 1
            if left == 0:
                return day
        raise ValueError(f"{number} is not above the count.")

    def origins(self, until: date) -> tuple[Origin, ...]:
        """How well a day is known that was counted to: less well once an eve is behind."""
        rows = [fact("weekday", until)]
        if self.eve_on is not None and self.eve_on <= until:
            rows.append(fact("eve", until))
        return tuple(rows)


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Read the shipped rows, once.

    Raises:
        RuleTableInvalid: they cannot be trusted.
    """
    rows = read_rows(TABLES / "sickness_days.toml", mark=Mark, maximum=Maximum, fact=Fact)
    return Tables(marks=rows["mark"], maxima=rows["maximum"], facts=rows["fact"])


def fact(code: str, on: date) -> Fact:
    """Find where something comes from that is said beside the days.

    Raises:
        NoRule: nothing of that name on that day.
    """
    found = row_on(tables().facts, (code,), on)
    if found is None:
        raise NoRule(subject=code, day=on.isoformat())
    return found


def maximum_of(benefit: str, on: date) -> Maximum | None:
    """For how many days a benefit is paid at most; None where no maximum is known."""
    return row_on(tables().maxima, (benefit,), on)


def is_paid_day(day: date) -> bool:
    """Tell whether sickness allowance is paid for a day: one that is neither a Sunday nor a holiday.

    Raises:
        OutsideCalendar: its holidays are not known.
    """
    return day.weekday() != SUNDAY and not holidays_on(day) - EVES


def reckon(counted: Counted, *, benefit: str, paid_until: date | None) -> Reckoning:
    """Reckon on from a count, only as long as the payment is known to go on.

    Raises:
        OutsideCalendar: its holidays are not known.
    """
    walk, goes_on = _Walk(counted=counted), paid_until is not None and paid_until > counted.on
    rows = [row for row in tables().marks if row.benefit == benefit and row.is_valid_on(counted.on)]
    limit = maximum_of(benefit, counted.on)
    most = _maximum(walk, limit, paid_until if goes_on else None) if limit else None
    is_contradicted = goes_on and most is not None and most.on is not None and most.on < counted.on
    if most is not None and is_contradicted:
        most = Reached(mark=most.mark)
    found = Reckoning(counted=counted, paid_until=paid_until, maximum=most, is_contradicted=is_contradicted)
    until = found.ends_on if goes_on else None
    marks = tuple(_mark(walk, row, until) for row in sorted(rows, key=lambda row: row.days))
    return Reckoning(counted=counted, paid_until=paid_until, marks=marks, maximum=most, is_contradicted=is_contradicted)


def _mark(walk: _Walk, row: Mark, until: date | None) -> Reached:
    if walk.counted.paid_days >= row.days:
        return Reached(mark=row, is_behind=True)
    on = walk.reached(row.days) if until else None
    if on is None or until is None or on > until:
        return Reached(mark=row)
    return Reached(mark=row, on=on, origins=(row, *walk.origins(on)))


def _maximum(walk: _Walk, row: Maximum, paid_until: date | None) -> Reached:
    """Its last paid day, where the payment is known to go on until then: the month of the last day need not be paid."""
    if walk.counted.paid_days >= row.days:
        return Reached(mark=row, is_behind=True)
    if paid_until is None:
        return Reached(mark=row)
    reached = walk.reached(row.days)
    last = reached.replace(day=1) - DAY if row.ends_month_before else reached
    return (
        Reached(mark=row, on=last, origins=(row, *walk.origins(reached))) if last <= paid_until else Reached(mark=row)
    )


def _paid_days(after: date, *, until: date | None = None) -> Iterator[date]:
    day = after + DAY
    while until is None or day <= until:
        if is_paid_day(day):
            yield day
        day += DAY
