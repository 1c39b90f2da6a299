"""What a protective order hides is said by the field, and handed out by `told` alone. Pure of any model.

A protective order (661/2009 36-37 §) hides where the client is: contact data, the places they come to, and who around
them would lead there. A text field whose name sounds like that is one or the other:

    phone = hidden_by_order(EncryptedTextField(_("phone"), blank=True))
    place = told_despite_order(models.CharField(max_length=200))  # the path of a form

Pages, papers, calendars and mails read a hidden field through `told(record)`; forms and actions, which write it, read
it as it is. `tests/rules/test_protective_order.py` puts a canary into every hidden field and watches who reads it.
"""

from typing import Any, Protocol, cast

from django.db import models


class MayBeProtected(Protocol):
    """A record that knows whether its client is protected."""

    @property
    def is_protected(self) -> bool: ...


class _Marked(Protocol):
    """A field of which it was said; the mark is copied with the field to the models that inherit it."""

    hidden_by_order: bool


def hidden_by_order[Field: models.Field[Any, Any]](field: Field) -> Field:
    """Say of a field that a protective order hides it."""
    cast(_Marked, field).hidden_by_order = True
    return field


def told_despite_order[Field: models.Field[Any, Any]](field: Field) -> Field:
    """Say of a field with such a name that it does not tell where a client is."""
    cast(_Marked, field).hidden_by_order = False
    return field


def is_hidden_by_order(field: object) -> bool | None:
    """Answer what was said of a field: None when nothing was."""
    said: bool | None = getattr(field, "hidden_by_order", None)
    return said


def hidden_fields(model: type[models.Model]) -> tuple[str, ...]:
    """Name the fields of a model that a protective order hides, in their order."""
    return tuple(field.name for field in model._meta.concrete_fields if is_hidden_by_order(field))


class Told:
    """The hidden fields of one record as they may be told: each is empty while they are hidden."""

    def __init__(self, record: models.Model, *, is_hidden: bool) -> None:
        self._record = record
        self._names = hidden_fields(type(record))
        self._is_hidden = is_hidden

    def __getattr__(self, name: str) -> str:
        if name not in self._names:
            raise AttributeError(f"{name} is not hidden by an order: read it from the record.")
        return "" if self._is_hidden else str(getattr(self._record, name) or "")

    def has_any(self) -> bool:
        """Whether there is anything in the fields, hidden or not."""
        return any(getattr(self._record, name) for name in self._names)


def told(record: Any, *, is_hidden: bool | None = None) -> Told:
    """Hand out what may be told of a record (`MayBeProtected`, unless it is said whether it `is_hidden`).

    `is_hidden=False` is for who gave a reason, and for who comes to the place.
    """
    return Told(record, is_hidden=record.is_protected if is_hidden is None else is_hidden)
