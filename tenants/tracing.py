"""One id through a request, the tasks that it wakes and the mails that they send, so that its lines are found again.

It is random and ours: what a visitor sends along is not taken, or others could write under it. It says nothing about
anybody, and nobody opens anything with it.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("trace", default="")


def new() -> str:
    """Make an id that nothing has had."""
    return str(uuid.uuid4())


def current() -> str:
    """Answer the id of what this thread does; empty where nobody asked for it."""
    return _current.get()


def follow(trace: str) -> None:
    """Work under an id from now on, until another is named."""
    _current.set(trace)


@contextmanager
def following(trace: str) -> Iterator[None]:
    """Work under an id for a while."""
    before = _current.set(trace)
    try:
        yield
    finally:
        _current.reset(before)
