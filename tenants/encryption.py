"""Encrypted columns: what is sealed opens only in its municipality, table, column and row.

The keys are those of the schema that is entered (tenants.keys). A renamed table or column is another place: a migration
that renames one has to seal its values anew.
"""

import base64
import binascii
import hashlib
import hmac
import uuid
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn, cast

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.query_utils import DeferredAttribute

from tenants.keys import ring
from tenants.keys.models import DataKey
from tenants.keys.sealing import BadTag, EncryptionError, UnknownKey, UnknownVersion, key_id_of, seal, unseal

__all__ = [
    "BadTag",
    "EncryptedTextField",
    "EncryptionError",
    "LookupRefused",
    "OutsideItsMunicipality",
    "RowUnknown",
    "Sealed",
    "UnknownKey",
    "UnknownVersion",
    "blind_index",
    "is_current_text",
    "open_text",
    "seal_text",
    "search_hash",
]


class OutsideItsMunicipality(EncryptionError):
    """The value was read in one municipality and is used in another."""


class RowUnknown(EncryptionError):
    """The value has no row to be bound to: load and save the object instead of writing to the column."""


class LookupRefused(FieldError):
    """An encrypted column cannot be searched; only `isnull` is known. Search by a `blind_index` beside it."""


# --- text outside a row, and keyed hashes -------------------------------------------------------------------------


def seal_text(text: str, *, purpose: str) -> str:
    """Seal text that has no row of its own, bound to the municipality and the purpose; the answer is base64."""
    sealed = seal(text.encode(), key=ring.current_key(), place=_place(ring.active_schema(), purpose))
    return base64.b64encode(sealed).decode()


def open_text(text: str, *, purpose: str) -> str:
    """Open what `seal_text` sealed.

    Raises:
        UnknownVersion, UnknownKey, BadTag
    """
    try:
        sealed = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise UnknownVersion(purpose) from None
    return unseal(sealed, find_key=ring.key, place=_place(ring.active_schema(), purpose)).decode()


def is_current_text(text: str) -> bool:
    """Tell whether `seal_text` sealed it with the key that is current now.

    Raises:
        UnknownVersion
    """
    return key_id_of(base64.b64decode(text)) == ring.current_key().id


def blind_index(value: str, *, purpose: str) -> bytes:
    """Hash a value with this municipality's index key (HMAC-SHA256), to find it again without storing it.

    Normalise the value first: another spelling is another hash.
    """
    return _keyed_hash(DataKey.Purpose.INDEX, value, purpose)


def search_hash(part: str, *, purpose: str) -> bytes:
    """Hash a part of a sealed value (a word of a name, the last digits of a phone) with the key of searches.

    A key of its own: parts are few and short, so whoever had this key could guess them, and learns no identity code.
    """
    return _keyed_hash(DataKey.Purpose.SEARCH, part, purpose)


def _keyed_hash(key: DataKey.Purpose, value: str, purpose: str) -> bytes:
    return hmac.digest(ring.hash_key(key), purpose.encode() + b"\0" + value.encode(), hashlib.sha256)


def _place(schema: str, place: str, row: uuid.UUID | str = "") -> str:
    return f"{schema}|{place}|{row}"


# --- a value as it lies in the database ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Sealed:
    """A value as it was read, still closed. What `.values()` answers; shows neither the text nor the ciphertext."""

    content: bytes = field(repr=False)
    schema: str
    column: str  # table.column
    row: uuid.UUID | None = None

    def __str__(self) -> str:
        return repr(self)

    def opened(self, row: uuid.UUID | None = None) -> str:
        """Open the value, which lies in the row with this key.

        Raises:
            OutsideItsMunicipality: another municipality is entered than the one it was read in.
            RowUnknown: neither the caller nor the object knows its row.
            UnknownVersion, UnknownKey, BadTag
        """
        if self.schema != ring.active_schema():
            raise OutsideItsMunicipality(self.column)
        if not self.content:
            return ""
        row = self.row or row
        if row is None:
            raise RowUnknown(self.column)
        return unseal(self.content, find_key=ring.key, place=_place(self.schema, self.column, row)).decode()


def seal_column(text: str, *, column: str, row: uuid.UUID) -> Sealed:
    """Seal text for a column ("table.column") and row of the municipality that is entered. Empty text stays empty."""
    schema = ring.active_schema()
    content = seal(text.encode(), key=ring.current_key(), place=_place(schema, column, row)) if text else b""
    return Sealed(content, schema, column, row)


# --- the field ----------------------------------------------------------------------------------------------------


class _OpensOnAccess(DeferredAttribute):
    """Keeps what was read closed in the object and opens it for each reader; assigned text stays as it is."""

    field: "EncryptedTextField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        return (
            value.opened(self.field.row_of(instance)) if instance is not None and isinstance(value, Sealed) else value
        )

    def __set__(self, instance: models.Model, value: Any) -> None:
        if isinstance(value, Sealed) and value.row is None:  # `replace` is slow, and a list sets thousands of these
            value = Sealed(value.content, value.schema, value.column, self.field.row_of(instance))
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]  # not generic at run time
    """Text that is sealed in the database and plain on the object.

    The model's key is a UUID made before the insert (tenants.records.Record), or `row` names another column of UUIDs,
    declared before this one, that the value is bound to. Reading decrypts at access, so a list that does not show the
    column pays nothing. `save` and `bulk_create` seal (without `update_conflicts`, which would
    write to a row of another key); `update` and `bulk_update` cannot know the row and are refused, as is every lookup
    but `isnull`. An unchanged value keeps its ciphertext until its key is replaced.
    """

    descriptor_class = _OpensOnAccess
    db_index: bool  # which the stubs of Django forget

    def __init__(self, *args: Any, row: str = "", **options: Any) -> None:
        self.row = row
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, arguments, options = super().deconstruct()
        return name, path, arguments, {**options, "row": self.row} if self.row else options

    @property
    def row_field(self) -> "models.Field[Any, Any]":
        """The column whose value in a row its sealed value is bound to."""
        meta = self.model._meta
        return cast("models.Field[Any, Any]", meta.get_field(self.row) if self.row else meta.pk)

    def row_of(self, instance: models.Model) -> uuid.UUID | None:
        """Read the key of a row, None before it has one; a key may have been given as text."""
        key = instance.__dict__.get(str(self.row_field.attname))
        return key if key is None or isinstance(key, uuid.UUID) else uuid.UUID(str(key))

    @property
    def place(self) -> str:
        """The part of the binding that says where in a schema the column is."""
        return f"{self.model._meta.db_table}.{self.column}" if hasattr(self, "model") else "no table"

    def get_internal_type(self) -> str:
        return "BinaryField"

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = list(super().check(**kwargs))
        if self.unique or self.db_index:
            found.append(checks.Error("An encrypted column cannot be unique or indexed.", obj=self, id="suunta.E010"))
        key = self.row_field
        if not (isinstance(key, models.UUIDField) and (self.row or key.has_default())):
            found.append(checks.Error("An encrypted column needs a key of UUIDs.", obj=self, id="suunta.E011"))
        return found

    def from_db_value(self, value: Any, expression: Expression, connection: BaseDatabaseWrapper) -> Sealed | None:
        return None if value is None else Sealed(bytes(value), ring.active_schema(), self.place)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self._stored(model_instance)
        if value is None:
            return None
        sealed = self._sealed_for(model_instance, value)
        model_instance.__dict__[self.attname] = sealed
        return sealed

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> bytes | None:
        if value is None:
            return None
        is_from_pre_save = isinstance(value, Sealed) and value.row is not None
        if is_from_pre_save and (value.schema, value.column) == (ring.active_schema(), self.place):
            return cast(bytes, value.content)
        if value in ("", b""):
            return b""
        raise RowUnknown(self.place)

    def get_prep_value(self, value: Any) -> NoReturn:
        raise RowUnknown(self.place)

    def to_python(self, value: Any) -> str | None:
        if isinstance(value, Sealed | bytes):
            raise RowUnknown(self.place)
        return cast("str | None", super().to_python(value))

    def value_to_string(self, obj: models.Model) -> NoReturn:
        raise EncryptionError(f"{self.place} is not written to fixtures")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise LookupRefused(f"{self.place} is encrypted: {lookup_name} cannot be asked")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> NoReturn:
        raise LookupRefused(f"{self.place} is encrypted: {lookup_name} cannot be asked")

    def _stored(self, instance: models.Model) -> Any:
        if self.attname not in instance.__dict__:
            getattr(instance, self.attname)  # deferred: loads it
        return instance.__dict__[self.attname]

    def _sealed_for(self, instance: models.Model, value: Any) -> Sealed:
        """Seal for this row, or keep a value that is sealed for it already with the current key."""
        row = self.row_of(instance)
        if row is None:
            raise RowUnknown(self.place)
        if not isinstance(value, Sealed):
            return seal_column(self._text(value), column=self.place, row=row)
        text = value.opened(row)
        is_in_place = (value.column, value.row or row) == (self.place, row)
        if is_in_place and (not text or key_id_of(value.content) == ring.current_key().id):
            return replace(value, row=row)
        return seal_column(text, column=self.place, row=row)

    def _text(self, value: Any) -> str:
        if hasattr(value, "resolve_expression"):
            raise RowUnknown(self.place)
        return str(self.to_python(value))
