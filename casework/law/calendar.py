"""Finnish office days by act 150/1930 § 5: the days on which an act due to an authority may still be done. Pure.

Weekdays of sickness allowance (SVL 1:4) are counted by another calendar, `casework.law.sickness_days`.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import holidays
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tenants.errors import Refusal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WEEKEND = {5: (_("Saturday"),), 6: (_("Sunday"),)}
FIRST_YEAR = 1931  # the act came into force during 1930
LAST_YEAR = holidays.country_holidays("FI").end_year

# The library's own names are Finnish. Its public holidays are exactly the days of § 5 other than ordinary Saturdays and
# Sundays: the church holidays, Independence Day, May Day and both eves.
NAMES = {
    "Uudenvuodenpäivä": _("New Year's Day"),
    "Loppiainen": _("Epiphany"),
    "Pitkäperjantai": _("Good Friday"),
    "Pääsiäispäivä": _("Easter Sunday"),
    "Toinen pääsiäispäivä": _("Easter Monday"),
    "Vappu": _("May Day"),
    "Helatorstai": _("Ascension Day"),
    "Helluntaipäivä": _("Pentecost"),
    "Juhannusaatto": _("Midsummer Eve"),
    "Juhannuspäivä": _("Midsummer Day"),
    "Pyhäinpäivä": _("All Saints' Day"),
    "Itsenäisyyspäivä": _("Independence Day"),
    "Jouluaatto": _("Christmas Eve"),
    "Joulupäivä": _("Christmas Day"),
    "Tapaninpäivä": _("Second Day of Christmas"),
}


class OutsideCalendar(Refusal):
    """The holidays of this day's year are not known."""

    user_message = _("Give a day in the years %(first)d–%(last)d.")


def is_known(year: int) -> bool:
    """Tell whether the holidays of a year are known."""
    return FIRST_YEAR <= year <= LAST_YEAR


def check_year(year: int) -> None:
    """Refuse a year whose holidays are not known.

    Raises:
        OutsideCalendar: the year is before the act or after the library's last year.
    """
    if not is_known(year):
        raise OutsideCalendar(first=FIRST_YEAR, last=LAST_YEAR)


def months_after(day: date, months: int) -> date:
    """Find the day of the same number so many months later, or the last day of a month that lacks it (150/1930 § 3).

    A negative number looks back.

    Raises:
        OutsideCalendar: the holidays of that year are not known.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    check_year(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_office_day(day: date) -> bool:
    """Tell whether an act that falls due on this day must be done on it.

    Raises:
        OutsideCalendar: as `check_year`.
    """
    return not _closed_by(day)


def next_office_day(day: date) -> "tuple[date, StrOrPromise]":
    """Answer the day itself, or the first office day after it with the reason it moved (150/1930 § 5).

    Raises:
        OutsideCalendar: as `check_year`.
    """
    reasons: list[StrOrPromise] = []
    while closed_by := _closed_by(day):
        reasons.append(_listed(closed_by))
        day += timedelta(days=1)
    if len(reasons) < 2:
        return day, _listed(reasons)
    return day, format_lazy(_("{first}; then {others}"), first=reasons[0], others=_listed(reasons[1:]))


def office_day_before(day: date) -> date:
    """Answer the day itself, or the last office day before it.

    Raises:
        OutsideCalendar: as `check_year`.
    """
    while _closed_by(day):
        day -= timedelta(days=1)
    return day


def holidays_on(day: date) -> frozenset[str]:
    """Answer the Finnish names of what is celebrated on a day, the two eves among it; nothing on most days.

    Raises:
        OutsideCalendar: as `check_year`.
    """
    return frozenset(filter(None, _holidays_of(day.year).get(day, "").split("; ")))


def _closed_by(day: date) -> "tuple[StrOrPromise, ...]":
    """Name the holidays of the day, else its Saturday or Sunday; nothing on an office day."""
    if names := _holidays_of(day.year).get(day):
        return tuple(NAMES[name] for name in names.split("; "))
    return WEEKEND.get(day.weekday(), ())


def _listed(reasons: "Sequence[StrOrPromise]") -> "StrOrPromise":
    return format_lazy(", ".join(["{}"] * len(reasons)), *reasons) if reasons else ""


@lru_cache(maxsize=256)
def _holidays_of(year: int) -> dict[date, str]:
    # A table per year: the library's own object fills itself while it is read, and web threads share this one.
    check_year(year)
    return dict(holidays.country_holidays("FI", years=year, expand=False, language="fi").items())
