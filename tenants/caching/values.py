"""How values lie in the cache: as JSON. Who can write into the table can write data there, no code for us to run."""

import json
from typing import Any


class NotForTheCache(TypeError):
    """The value would not come out of the cache as it went in; keep a number, a text or a list of them."""


def written(value: Any) -> str:
    """Write a value.

    Raises:
        NotForTheCache: a tuple, a day, a key that is no text, a lazy translation, an object.
    """
    try:
        text = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise NotForTheCache(type(value).__name__) from error
    if json.loads(text) != value:
        raise NotForTheCache(type(value).__name__)
    return text


def read(text: str) -> Any:
    """Read a value.

    Raises:
        ValueError: it is no JSON; somebody else wrote it.
    """
    return json.loads(text)
