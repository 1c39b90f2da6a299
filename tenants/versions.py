"""Optimistic locking: who saves over a change they have not seen is told, and loses nothing of what they typed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.errors import Refusal


class EditedMeanwhile(Refusal):
    """Somebody else saved first. The form keeps what was typed and takes the new version: the next save is knowing."""

    user_message = _(
        "Somebody else changed this while you were editing. What you typed is kept here. "
        "Compare it with what they wrote (open the page in another tab), then save again."
    )

    def __init__(self, current_version: int) -> None:
        super().__init__()
        self.current_version = current_version


def check_version(found: models.Model, version: int) -> None:
    """Refuse to save over a change one has not seen; call with the row locked.

    Raises:
        EditedMeanwhile: the row has another version than the page was made from.
    """
    current: int = found.version  # type: ignore[attr-defined]
    if current != version:
        raise EditedMeanwhile(current)
