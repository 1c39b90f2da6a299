"""Which figures a municipality may put its own in place of, and which one is in use on a day. Pure.

Correctable is a figure of practice, and one that nobody has verified. What law gives and was read is not; nor are the
days of an appeal, of which only the day printed in the decision knows better (deploy/decisions/0033).
"""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.law import retention, silence, statements, usual_times
from casework.law.annexes import forms_of
from casework.law.benefits import Benefit, benefits_on
from casework.law.claim_windows import ClaimWindow, WindowStart
from casework.law.origins import UNKNOWN, Confidence, Origin, weakest
from casework.law.retention import Retention
from casework.law.silence import AgreedRow, SilenceRow
from casework.law.statements import AnswerTime
from casework.law.tables import Row
from casework.law.usual_times import ApplicationTime


class Unit(enum.StrEnum):
    """What a figure is counted in."""

    DAYS = "days"
    YEARS = "years"
    TEXT = "text"


class Group(enum.StrEnum):
    """What figures are about; the first part of their keys."""

    USUAL = "usual"
    ANSWER = "answer"
    SILENCE = "silence"
    AGREED = "agreed"
    RETENTION = "retention"
    FORMS = "forms"
    WINDOW = "window"


@dataclass(frozen=True, kw_only=True)
class Own:
    """What a municipality has put in place of a shipped figure."""

    value: str
    source: str
    checked_on: date

    @property
    def origin(self) -> Origin:
        return Origin(source=self.source, confidence=Confidence.OWN, checked_on=self.checked_on)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure as it is in use. `about`: the codes of its key, from which pages make its name; "" is not known."""

    group: Group
    about: tuple[str, ...]
    unit: Unit
    value: str
    origin: Origin
    is_correctable: bool

    @property
    def key(self) -> str:
        return ".".join((self.group, *self.about))


# The number of a row that may be replaced, and whether it is practice, which may be replaced even where it was read.
ROWS: dict[type[Row], tuple[Group, str, Unit, bool]] = {
    ApplicationTime: (Group.USUAL, "usual_days", Unit.DAYS, True),
    AnswerTime: (Group.ANSWER, "days", Unit.DAYS, True),
    SilenceRow: (Group.SILENCE, "days", Unit.DAYS, True),
    AgreedRow: (Group.AGREED, "days", Unit.DAYS, True),
    Retention: (Group.RETENTION, "years", Unit.YEARS, False),
}
type Owns = Mapping[str, Own]


def in_use[R: Row](row: R, own: Owns) -> R:
    """Answer a row as it is in use: with the municipality's own figure, where it may have one and has one."""
    found = own.get(_of_row(row).key) if _of_row(row).is_correctable else None
    if found is None:
        return row
    number: dict[str, Any] = {ROWS[type(row)][1]: int(found.value)}
    return replace(row, source=found.source, confidence=Confidence.OWN, checked_on=found.checked_on, **number)


def of_benefit(benefit: Benefit, own: Owns) -> list[Figure]:
    """Answer the forms and the claim windows of a benefit as they are in use."""
    windows, forms = benefit.claim_windows, forms_of(benefit.code, benefit.valid_from)
    shipped = (
        (Group.FORMS, ", ".join(map(str, forms)), weakest(forms) or UNKNOWN),
        (Group.WINDOW, "; ".join(map(_window, windows)), weakest(windows) or UNKNOWN),
    )
    return [_text(group, benefit.code, value, origin, own) for group, value, origin in shipped]


def windows_in_use(benefit: Benefit, own: Owns) -> tuple[ClaimWindow, ...]:
    """Answer the claim windows by which a day is reckoned: none where the municipality's own words replace them."""
    figure = next(figure for figure in of_benefit(benefit, own) if figure.group is Group.WINDOW)
    return () if figure.origin.confidence is Confidence.OWN else benefit.claim_windows


def correctable_on(on: date, own: Owns) -> list[Figure]:
    """List the figures of a day that a municipality may correct, as they are in use."""
    numbers = [_shown(row, own) for row in _rows() if row.is_valid_on(on)]
    texts = [figure for benefit in benefits_on(on) for figure in of_benefit(benefit, own)]
    return [figure for figure in (*numbers, *texts) if figure.is_correctable]


def _rows() -> Iterator[Row]:
    yield from usual_times.tables().applications
    yield from statements.tables().answers
    yield from silence.rows()
    yield from retention.table()


def _shown(row: Row, own: Owns) -> Figure:
    shipped, used = _of_row(row), in_use(row, own)
    return replace(shipped, value=_of_row(used).value, origin=used)


def _of_row(row: Row) -> Figure:
    group, field, unit, is_practice = ROWS[type(row)]
    return Figure(
        group=group,
        about=tuple(map(str, row.keys[0])),
        unit=unit,
        value=str(getattr(row, field)),
        origin=row,
        is_correctable=is_practice or not row.is_read,
    )


def _text(group: Group, code: str, value: str, origin: Origin, own: Owns) -> Figure:
    is_correctable = not (value and origin.is_read)
    found = Figure(
        group=group,
        about=(code,),
        unit=Unit.TEXT,
        value=value,
        origin=origin if value else UNKNOWN,
        is_correctable=is_correctable,
    )
    replacing = own.get(found.key) if is_correctable else None
    return replace(found, value=replacing.value, origin=replacing.origin) if replacing else found


def _window(window: ClaimWindow) -> str:
    starts = {
        WindowStart.INCAPACITY_STARTS: _("from the start of incapacity for work"),
        WindowStart.PAID_PERIOD_ENDS: _("from the end of the paid period"),
        WindowStart.DAY_WANTED: _("from the day it is wanted for"),
    }
    months = ngettext("within %(months)d month", "within %(months)d months", window.months) % {"months": window.months}
    return f"{months} {starts[window.counted_from]}"
