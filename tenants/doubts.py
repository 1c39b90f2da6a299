"""What is odd and may still be true: asked once more, never refused. Sending the same form again is the answer.

An action says `doubt(…)` where it would raise a refusal of what cannot be true. Only a form that is being sent asks; a
task, a command and the history that is brought in by a page that expects it are not asked. No models.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from tenants.errors import Refusal


class Doubt(Refusal):
    """A sentence that says what is odd. Subclasses live beside the function that says them, like refusals."""


type IsSure = Callable[[Doubt], bool]

_asked: ContextVar[IsSure | None] = ContextVar("asked", default=None)


def doubt(odd: Doubt) -> None:
    """Say that something is odd, inside the action's transaction; whoever is asked and is not sure yet stops here.

    Raises:
        Doubt: the very one, when a person is asked who has not said so twice.
    """
    is_sure = _asked.get()
    if is_sure is not None and not is_sure(odd):
        raise odd


@contextmanager
def asking(is_sure: IsSure | None) -> Iterator[None]:
    """Ask somebody of every doubt inside the block; with None nobody is asked."""
    token = _asked.set(is_sure)
    try:
        yield
    finally:
        _asked.reset(token)


@contextmanager
def expecting(*kinds: type[Doubt]) -> Iterator[None]:
    """Ask nobody of doubts of these kinds inside the block: the page itself says that it is so."""
    is_sure = _asked.get()
    with asking(None if is_sure is None else lambda odd: isinstance(odd, kinds) or is_sure(odd)):
        yield


@contextmanager
def renaming(fields: Mapping[str, str]) -> Iterator[None]:
    """Say what the block refuses and doubts at other fields: a form of several steps has a field for each one's day."""

    def rename(refusal: Refusal) -> None:
        refusal.field = fields.get(refusal.field or "", refusal.field)

    with retelling(rename):
        yield


@contextmanager
def retelling(retell: Callable[[Refusal], None]) -> Iterator[None]:
    """Let `retell` change what the block refuses and doubts before anybody hears of it."""
    is_sure = _asked.get()

    def is_sure_of_it_retold(odd: Doubt) -> bool:
        retell(odd)
        return is_sure is None or is_sure(odd)

    try:
        with asking(is_sure and is_sure_of_it_retold):
            yield
    except Doubt:
        raise
    except Refusal as refusal:
        retell(refusal)
        raise
