"""How values lie in the cache: as JSON. Who can write into Valkey can write data there, but no code for us to run."""

import json
from typing import Any


class NotForTheCache(TypeError):
    """The value would not come out of the cache as it went in; keep a number, a text or a list of them."""


class JsonSerializer:
    """Writes and reads values for Django's Redis cache (settings.CACHES, OPTIONS)."""

    def dumps(self, value: Any) -> str | int:
        """Write a value; an integer stays one, so that Valkey can count with it.

        Raises:
            NotForTheCache: a tuple, a day, a key that is no text, a lazy translation, an object.
        """
        if type(value) is int:
            return value
        try:
            text = json.dumps(value, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise NotForTheCache(type(value).__name__) from error
        if json.loads(text) != value:
            raise NotForTheCache(type(value).__name__)
        return text

    def loads(self, data: bytes) -> Any:
        """Read a value.

        Raises:
            ValueError: it is no JSON; somebody else wrote it.
        """
        return json.loads(data)
