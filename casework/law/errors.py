"""Refusals that more than one noun raises."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from tenants.display import day
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
