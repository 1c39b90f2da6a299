"""What the kinds of mails are called. Each floor names its own when it starts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_names: "dict[str, StrOrPromise]" = {}


def name_kinds(names: "Mapping[str, StrOrPromise]") -> None:
    """Give templates of mails their names; called once per floor from AppConfig.ready."""
    _names.update(names)


def kind_of(template: str) -> "StrOrPromise":
    """The name of the mails of a template, its path when nobody named it."""
    return _names.get(template, template)
