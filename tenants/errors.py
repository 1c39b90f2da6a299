"""The base of every refusal, what an action raises when a rule says no, and what keeps code out of a schema.

No models: the Celery app imports this before there are any.
"""

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

    @property
    def sentences(self) -> list[str]:
        """What a form says, one below the other."""
        return [str(self.user_message)]


class BeingUpdated(Exception):
    """A municipality's schema is not of the version that this code was written for. It will be, or soon other code."""
