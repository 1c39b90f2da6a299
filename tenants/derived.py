"""Columns derived from texts of the row: what it is found by, what it stands in order by. Never written by hand."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core import checks
from django.db import models

from tenants import names, phones
from tenants.encryption import EncryptionError, search_hash


class DerivedField(models.Field):  # type: ignore[type-arg]  # not generic at run time
    """Computed from other fields of the row at each save."""

    of: tuple[str, ...]

    def deconstruct(self) -> Any:
        name, path, arguments, options = super().deconstruct()
        return name, path, arguments, {**options, "of": list(self.of)}

    def check(self, **options: Any) -> list[checks.CheckMessage]:
        found = list(super().check(**options))
        if not issubclass(self.model, KeepsDerived):
            found.append(checks.Error("A derived column needs KeepsDerived as a base.", obj=self, id="suunta.E012"))
        return found

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.derived(*(getattr(model_instance, name) for name in self.of))
        setattr(model_instance, self.attname, value)
        return value

    def derived(self, *texts: str) -> Any:
        raise NotImplementedError


# --- keys of names that lie open --------------------------------------------------------------------------------------


class _NameKeyField(DerivedField, models.TextField):  # type: ignore[type-arg]
    """Compared byte by byte, whatever locale the server knows."""

    def __init__(self, *, of: Iterable[str] = (), **options: Any) -> None:
        self.of = tuple(of)
        known: dict[str, Any] = {"editable": False, "default": "", "db_collation": "C"}
        super().__init__(**known | options)


class SearchKeyField(_NameKeyField):
    """What a name is found by."""

    def derived(self, *texts: str) -> str:
        return names.search_key(*texts)


class SortKeyField(_NameKeyField):
    """What names stand in order by; the part that decides first comes first."""

    def derived(self, *texts: str) -> str:
        return names.sort_key(*texts)


# --- hashes of parts of what is sealed --------------------------------------------------------------------------------


class _HashesField(DerivedField, ArrayField):  # type: ignore[type-arg]
    """Keyed hashes of the parts by which a sealed text is found; a query asks for the hashes of what was typed."""

    def __init__(self, *, of: Iterable[str] = (), **options: Any) -> None:
        self.of = tuple(of)
        known: dict[str, Any] = {"editable": False, "default": list, "base_field": models.BinaryField()}
        super().__init__(**known | options)


class NameHashesField(_HashesField):
    """Each whole word of a name, folded."""

    def derived(self, *texts: str) -> list[bytes]:
        return hashes_of_name(*texts)


class PhoneHashesField(_HashesField):
    """The last nine and the last four digits of a telephone number."""

    def derived(self, *texts: str) -> list[bytes]:
        ends = {end for text in texts for end in phones.endings(text)}
        return [search_hash(end, purpose="phone") for end in sorted(ends)]


def hashes_of_name(*texts: str) -> list[bytes]:
    """Hash the words of a name, as they are stored and as they are asked for."""
    return [search_hash(word, purpose="name") for word in sorted(set(names.search_key(*texts).split()))]


def hash_of_ending(digits: str) -> bytes:
    """Hash the digits by which a telephone number is asked for (`phones.ending_sought`)."""
    return search_hash(digits, purpose="phone")


# --- writing ----------------------------------------------------------------------------------------------------------


class KeepsDerived(models.Model):
    """Writes derived columns also when only their source is saved (`update_fields`)."""

    class Meta:
        abstract = True

    def save(self, *, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        super().save(update_fields=update_fields and {*update_fields, *self._derived_from(update_fields)}, **options)

    def _derived_from(self, changed: Iterable[str]) -> list[str]:
        return [field.attname for field in _derived_fields(type(self)) if set(field.of) & set(changed)]


def fill(model: type[models.Model]) -> None:
    """Derive the columns of every row there is, for a migration; what is sealed and cannot be opened stays without."""
    for row in model._default_manager.order_by("pk").iterator(chunk_size=500):
        derived = {}
        for field in _derived_fields(model):
            try:
                derived[field.attname] = field.pre_save(row, False)
            except EncryptionError:
                continue
        model._default_manager.filter(pk=row.pk).update(**derived)


def _derived_fields(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.local_fields if isinstance(field, DerivedField)]
