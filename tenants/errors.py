"""The base of every refusal: what an action raises when a rule says no, with a sentence for the person."""

from typing import Any

from django.utils.functional import Promise


class Refusal(Exception):
    """A rule says no. Subclasses live beside the function that raises them.

    `user_message` is translated lazily and may hold %(name)s places, filled from the constructor's keywords.
    `field` names the form field the sentence belongs to, when there is one.
    """

    user_message: str | Promise = ""
    field: str | None = None

    def __init__(self, **values: Any) -> None:
        if values:
            self.user_message = self.user_message % values
        super().__init__(self.user_message)
