"""Rough days in tables and forms: a day, how exactly it is known beside it, and the one field of a form for both."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.db.models import Q
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from tenants.derived import DerivedField
from tenants.rough_days import NotARoughDay, Precision, RoughDay, parse, rough

if TYPE_CHECKING:
    _DateField = models.DateField[RoughDay | date | None, RoughDay | None]
else:
    _DateField = models.DateField


class _ReadsBoth(DeferredAttribute):
    """Hands out the day with what stands beside it. Whoever writes it writes both."""

    field: "RoughDayField"

    def __get__(self, instance: models.Model | None, owner: Any = None) -> Any:
        value = super().__get__(instance, owner)
        if instance is None or value is None or isinstance(value, RoughDay):
            return value
        return RoughDay(value, Precision(getattr(instance, self.field.beside)))

    def __set__(self, instance: models.Model, value: date | RoughDay | None) -> None:
        instance.__dict__[self.field.attname] = value


class RoughDayField(_DateField):
    """A day that may be known only by its month or year: a `RoughDay` on the object, its first day in the column.

    It needs a `PrecisionField` of the name `<its name>_precision` and the constraint of `is_its_first_day`. For
    migrations and in queries it is a plain day.
    """

    descriptor_class = _ReadsBoth

    @property
    def beside(self) -> str:
        return f"{self.attname}_precision"

    def deconstruct(self) -> Any:
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.DateField", arguments, options

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value.first if isinstance(value, RoughDay) else value)

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, RoughDay) else super().to_python(value)


class PrecisionField(DerivedField, models.CharField):  # type: ignore[type-arg]  # not generic at run time
    """How exactly a rough day is known; saved with it, never written by hand."""

    def __init__(self, *, of: Iterable[str] = (), **options: Any) -> None:
        self.of = tuple(of)
        known: dict[str, Any] = {"max_length": 7, "editable": False}
        known |= {"default": Precision.DAY.value, "db_default": Precision.DAY.value}
        super().__init__(**known | options)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Leave it alone on the models of a migration, for which the day is a plain one."""
        is_plain = isinstance(getattr(model_instance, self.of[0]), date)
        return getattr(model_instance, self.attname) if is_plain else super().pre_save(model_instance, add)

    def derived(self, *days: Any) -> str:
        [on] = days
        return str((on.precision if on else Precision.DAY).value)


def is_its_first_day(field: str, *, name: str) -> models.CheckConstraint:
    """Of a month the first day stands in the column, of a year the first of January; no day is known exactly."""
    beside = f"{field}_precision"
    of_month = Q(**{beside: Precision.MONTH.value})
    of_year = Q(**{f"{beside}__in": [Precision.YEAR.value, Precision.UNCLEAR.value], f"{field}__month": 1})
    is_first = Q(**{f"{field}__isnull": False, f"{field}__day": 1})
    is_exact = Q(**{beside: Precision.DAY.value})
    return models.CheckConstraint(condition=is_exact | is_first & (of_month | of_year), name=name)


class RoughDayInput(forms.CharField):
    """A year, a month or a day, as it is typed; empty unless it is required."""

    def __init__(self, **options: Any) -> None:
        known: dict[str, Any] = {
            "required": False,
            "max_length": 20,
            "help_text": _("As exactly as it is known: 2015, 5/2015 or 1.5.2015."),
            "widget": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        super().__init__(**known | options)

    def prepare_value(self, value: Any) -> Any:
        known = rough(value) if isinstance(value, date | RoughDay) else None
        return known.short if known else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value.short if isinstance(value, RoughDay) else value)
        if not text:
            return None
        try:
            return parse(text)
        except NotARoughDay as refusal:
            raise forms.ValidationError(str(refusal.user_message), code="invalid") from None
