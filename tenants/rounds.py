"""A round over many (rows, files, municipalities), of which one that fails stops no other.

Whoever has a loop over many uses it. What fails is logged when it happens; at the end the round says how many of how
many failed, and which.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tenants.database.current import connection
from tenants.errors import BeingUpdated

logger = logging.getLogger(__name__)

MOST_NAMED = 20

_ends_the_process: set[type[Exception]] = set()


@dataclass(frozen=True)
class Failure:
    """One that failed: its name, which holds no personal data, and the name of its error."""

    name: str
    error: str

    def __str__(self) -> str:
        return f"{self.name} ({self.error})"


class SomeFailed(Exception):
    """Of a round over many some failed; the others were done, and counted `count`."""

    def __init__(self, *, count: int, tried: int, failures: Sequence[Failure]) -> None:
        super().__init__(count, tried, failures)
        self.count, self.tried, self.failures = count, tried, tuple(failures)

    def __str__(self) -> str:
        return f"{len(self.failures)} of {self.tried} failed: {self.which}"

    @property
    def which(self) -> str:
        """Name those that failed, not more than a person reads."""
        more = len(self.failures) - MOST_NAMED
        return ", ".join(map(str, self.failures[:MOST_NAMED])) + (f", and {more} more" if more > 0 else "")


class Round:
    """Counts what is done in the turns of a round, and keeps what failed in them.

    `stopped_by` are the errors that concern all that are left, as a server that does not answer: they end the round.
    """

    def __init__(self, *, stopped_by: tuple[type[Exception], ...] = ()) -> None:
        self.count = 0
        self.tried: set[str] = set()
        self.failures: list[Failure] = []
        self._stopped_by = stopped_by

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Do one of many. A change in the database needs a transaction of its own within.

        `name` says which it is, with keys and numbers only. Whoever lost the connection leaves the next one a new one;
        with a transaction around the round all is lost that was done in it, and the round ends.
        """
        self.tried.add(name)
        try:
            yield
        except (*self._stopped_by, *_ends_the_process):
            raise
        except Exception as error:
            level = logging.WARNING if isinstance(error, BeingUpdated) else logging.ERROR
            logger.log(level, "One of many failed: %s", name, exc_info=True)
            if connection.in_atomic_block and connection.needs_rollback:
                raise
            connection.drop_if_lost()
            what = str(error) if isinstance(error, SomeFailed) else type(error).__name__
            self.failures.append(Failure(name, what))

    def end(self) -> int:
        """Answer what was counted.

        Raises:
            SomeFailed
        """
        if self.failures:
            raise SomeFailed(count=self.count, tried=len(self.tried), failures=self.failures)
        return self.count


def let_through(kind: type[Exception]) -> None:
    """Let this error end every round: it means that the process has to stop."""
    _ends_the_process.add(kind)
