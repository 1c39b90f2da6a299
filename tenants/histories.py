"""What rows said before: the half of a history that knows no table of its own. Each floor keeps its own beside it."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _

from tenants.display import day, euros, moment
from tenants.rough_columns import RoughDayField
from tenants.rough_days import RoughDay

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


NOTHING = "–"  # is said where nobody has written anything


class StandingManager(models.Manager[Any]):
    """Leaves out what was taken back: a page, a count, a bill or a phase that forgets to ask cannot show it."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(removed_at=None)


@dataclass(frozen=True)
class Old:
    """What one field said before."""

    label: "StrOrPromise"
    said: "StrOrPromise"


def stored(value: Any) -> Any:
    """Turn the value of a field into one that JSON can hold."""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, RoughDay):
        return value.kept
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def said(field: Any, value: Any) -> str:
    """Put a stored value of a field into words."""
    if value in (None, ""):
        return NOTHING
    if isinstance(field, models.ForeignKey):
        found = field.related_model._base_manager.filter(pk=uuid.UUID(value)).first()
        return str(getattr(found, "name", "") or getattr(found, "title", "") or NOTHING)
    if isinstance(field, models.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, models.DateTimeField):
        return moment(datetime.fromisoformat(value))
    if isinstance(field, RoughDayField):
        return day(RoughDay.read(value))
    if isinstance(field, models.DateField):
        return day(date.fromisoformat(value))
    if isinstance(field, models.DecimalField):  # money, everywhere
        return euros(Decimal(value))
    return str(dict(field.flatchoices).get(value, value))
