"""Columns beside a name: what it is found by and what it stands in order by. Written with the name, never by hand."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core import checks
from django.db import models

from tenants import names


class NameKeyField(models.TextField):  # type: ignore[type-arg]  # not generic at run time
    """A key of the texts of other fields of the row, compared byte by byte whatever locale the server knows."""

    key_of: Callable[..., str]

    def __init__(self, *, of: Iterable[str] = (), **options: Any) -> None:
        self.of = tuple(of)
        known: dict[str, Any] = {"editable": False, "default": "", "db_collation": "C"}
        super().__init__(**known | options)

    def deconstruct(self) -> Any:
        name, path, arguments, options = super().deconstruct()
        return name, path, arguments, {**options, "of": list(self.of)}

    def check(self, **options: Any) -> list[checks.CheckMessage]:
        found = list(super().check(**options))
        if not issubclass(self.model, KeepsNameKeys):
            found.append(checks.Error("A name's key needs KeepsNameKeys as a base.", obj=self, id="suunta.E012"))
        return found

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = type(self).key_of(*(getattr(model_instance, name) for name in self.of))
        setattr(model_instance, self.attname, key)
        return key


class SearchKeyField(NameKeyField):
    """What a name is found by."""

    key_of = staticmethod(names.search_key)


class SortKeyField(NameKeyField):
    """What names stand in order by; the part that decides first comes first."""

    key_of = staticmethod(names.sort_key)


class KeepsNameKeys(models.Model):
    """Writes the keys also when only the name is saved (`update_fields`)."""

    class Meta:
        abstract = True

    def save(self, *, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        super().save(update_fields=update_fields and {*update_fields, *self._keys_of(update_fields)}, **options)

    def _keys_of(self, changed: Iterable[str]) -> list[str]:
        fields = [field for field in self._meta.local_fields if isinstance(field, NameKeyField)]
        return [field.attname for field in fields if set(field.of) & set(changed)]


def fill(model: type[models.Model]) -> None:
    """Write the keys of every row there is; for the migration that adds or changes them."""
    fields = [field for field in model._meta.local_fields if isinstance(field, NameKeyField)]
    for row in model._default_manager.order_by("pk").iterator(chunk_size=500):
        keys = {field.attname: field.pre_save(row, False) for field in fields}
        model._default_manager.filter(pk=row.pk).update(**keys)
