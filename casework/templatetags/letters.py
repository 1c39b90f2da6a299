"""Tags that say of an illness what the search in the letter of a decision came to."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import template

from casework.letters.presenters import Found, Outcome
from casework.models import Illness

register = template.Library()


@register.simple_tag
def found_of(found: Mapping[UUID, Found] | None, illness: Illness) -> dict[str, Any]:
    """Say where an illness stands in the letter that was read; take it with `as one`. Nothing where none was."""
    if not found:
        return {}
    one = found.get(illness.pk)
    return {"outcome": one.outcome(illness) if one else Outcome.NOT_LOOKED, "places": one.places if one else ()}
