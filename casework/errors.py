"""Refusals that more than one noun raises."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.display import day
from tenants.errors import Refusal


class EditedMeanwhile(Refusal):
    """Somebody else saved first. The form keeps what was typed and takes the new version: the next save is knowing."""

    user_message = _(
        "Somebody else changed this while you were editing. What you typed is kept here. Compare it with what they "
        "wrote (open the page in another tab), then save again."
    )

    def __init__(self, current_version: int) -> None:
        super().__init__()
        self.current_version = current_version


class BeforeBirth(Refusal):
    user_message = _("The client was born on %(born_on)s; this day is before that.")

    def __init__(self, *, born_on: date, field: str) -> None:
        super().__init__(born_on=day(born_on))
        self.field = field


class InTheFuture(Refusal):
    user_message = _("This day has not come yet.")

    def __init__(self, *, field: str) -> None:
        super().__init__()
        self.field = field


class CaseIsClosed(Refusal):
    user_message = _("The case is closed. Open it again first.")


def check_version(found: models.Model, version: int) -> None:
    """Refuse to save over a change one has not seen; call with the row locked.

    Raises:
        EditedMeanwhile: the row has another version than the page was made from.
    """
    current: int = found.version  # type: ignore[attr-defined]
    if current != version:
        raise EditedMeanwhile(current)


def check_day(on: date | None, *, born_on: date, today: date, field: str) -> None:
    """Refuse a day before the client's birth or after today; no day is well.

    Raises:
        BeforeBirth, InTheFuture
    """
    if on is None:
        return
    if on < born_on:
        raise BeforeBirth(born_on=born_on, field=field)
    if on > today:
        raise InTheFuture(field=field)
