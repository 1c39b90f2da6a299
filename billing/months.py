"""Calendar months, each named by its first day. Pure."""

import calendar
import re
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from tenants.errors import Refusal

WRITTEN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
EARLIEST_YEAR = 2000


class NotAMonth(Refusal):
    user_message = _("“%(text)s” is not a month. Write year and month, for example 2026-11.")


def month_in(text: str) -> date:
    """Read a month written like 2026-11.

    Raises:
        NotAMonth
    """
    found = WRITTEN.fullmatch(text)
    if found is None or int(found[1]) < EARLIEST_YEAR:
        raise NotAMonth(text=text)
    return date(int(found[1]), int(found[2]), 1)


def first_day(on: date) -> date:
    """The month a day is in."""
    return on.replace(day=1)


def last_day(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def month_after(month: date) -> date:
    return last_day(month) + timedelta(days=1)


def months_between(first: date, last: date) -> list[date]:
    """All months from the one through the other, oldest first."""
    months, month = [], first_day(first)
    while month <= last:
        months.append(month)
        month = month_after(month)
    return months
