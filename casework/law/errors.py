"""Refusals and doubts that more than one noun has: what cannot be true is refused, what is odd is asked once more."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from tenants.display import day
from tenants.doubts import Doubt, doubt
from tenants.errors import Refusal
from tenants.rough_days import RoughDay, rough


class BeforeBirth(Refusal):
    user_message = _("The client was born on %(born_on)s. Give that day or a later one.")

    def __init__(self, *, born_on: date, field: str) -> None:
        super().__init__(born_on=day(born_on))
        self.field = field


class InTheFuture(Refusal):
    user_message = _("The day is in the future. Give today or an earlier day.")

    def __init__(self, *, field: str) -> None:
        super().__init__()
        self.field = field


class DayOrderWrong(Doubt):
    """A day lies before the one it usually follows."""

    user_message = _("This day is before %(earliest)s, and usually it is the other way round.")

    def __init__(self, *, earliest: date, field: str) -> None:
        super().__init__(earliest=day(earliest))
        self.field = field


class DayTooLate(Doubt):
    """A day lies after one that it usually precedes."""

    user_message = _("This day is after %(latest)s, and usually it is the other way round.")

    def __init__(self, *, latest: date, field: str) -> None:
        super().__init__(latest=day(latest))
        self.field = field


class NameMissing(Refusal):
    user_message = _("Write the name. Who has one name only may have it in either field.")
    field = "last_name"


class CaseIsClosed(Refusal):
    user_message = _("The case is closed. Open it again first.")


def check_name(*parts: str) -> None:
    """Refuse a person without any name; one name is enough.

    Raises:
        NameMissing
    """
    if not any(parts):
        raise NameMissing


def check_day(on: date | RoughDay | None, *, born_on: date, today: date, field: str) -> None:
    """Refuse a day before the client's birth or after today; no day is well, and so is a year that may fit.

    Raises:
        BeforeBirth, InTheFuture
    """
    meant = rough(on)
    if meant is None:
        return
    if meant.last < born_on:
        raise BeforeBirth(born_on=born_on, field=field)
    if meant.first > today:
        raise InTheFuture(field=field)


def check_order(earliest: date | None, on: date | None, *, field: str) -> None:
    """Ask once more of a day that lies before the one it usually follows; a day that is not known is no doubt.

    Doubts: DayOrderWrong
    """
    if earliest is not None and on is not None and on < earliest:
        doubt(DayOrderWrong(earliest=earliest, field=field))
