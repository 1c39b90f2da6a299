"""What the actions and the kinds of subjects in the access log are called. Each floor names its own when it starts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_names: "dict[str, StrOrPromise]" = {}


def name_actions(names: "Mapping[str, StrOrPromise]") -> None:
    """Give actions and kinds of subjects their names; called once per floor from AppConfig.ready."""
    _names.update(names)


def name_of(action: str) -> "StrOrPromise":
    """The name of an action or kind of subject, its code when nobody named it."""
    return _names.get(action, action)
