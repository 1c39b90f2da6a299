"""What a call costs: CPU time of this process and of its database backend, in turns with what it is compared to.

CPU time instead of the clock on the wall: other programs on the machine take turns, not CPU time of ours. What is left
of them (caches, clock rate) hits the sides of one round alike, so ratios are taken round by round.
"""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connections

type Call = Callable[[], object]

SCHEDULED = 2  # CPUCLOCK_SCHED of Linux: nanoseconds a process has run, of all its threads


class NewConnection(RuntimeError):
    """The database connection was another one afterwards: the cost of the first backend is not known."""


@dataclass(frozen=True)
class Cost:
    """Milliseconds of CPU time."""

    process: float
    database: float

    @property
    def total(self) -> float:
        return self.process + self.database


@dataclass(frozen=True)
class Side:
    """What is measured; `before` and `after` prepare and clean up, and are not."""

    call: Call
    before: Call = lambda: None
    after: Call = lambda: None


def of(call: Call) -> Cost:
    """Measure one call.

    Raises:
        NewConnection
    """
    backend = _backend()
    database = _cpu_time(backend)
    process = time.process_time_ns()
    call()
    process = time.process_time_ns() - process
    if _backend() != backend:
        raise NewConnection
    return Cost(process=process / 1e6, database=(_cpu_time(backend) - database) / 1e6)


class Rounds:
    """Costs of several sides, one of each in every round."""

    def __init__(self, costs: Mapping[str, list[Cost]]) -> None:
        self.costs = costs

    def ratio(self, one: str, other: str) -> float:
        """How many times the other the one is: the median of the rounds."""
        pairs = zip(self.costs[one], self.costs[other], strict=True)
        return round(statistics.median(mine.total / theirs.total for mine, theirs in pairs), 3)

    def milliseconds(self, side: str) -> float:
        return round(statistics.median(cost.total for cost in self.costs[side]), 3)

    def database_milliseconds(self, side: str) -> float:
        return round(statistics.median(cost.database for cost in self.costs[side]), 3)


def in_turns(sides: Mapping[str, Side | Call], *, rounds: int, warm_up: int = 2) -> Rounds:
    """Measure every side once a round; every other round goes backwards, so that nobody always comes after the same."""
    known = {name: side if isinstance(side, Side) else Side(side) for name, side in sides.items()}
    costs: dict[str, list[Cost]] = {name: [] for name in known}
    gc.collect()
    gc.freeze()  # what was there before is nobody's cost
    for turn in range(-warm_up, rounds):
        for name in known if turn % 2 else reversed(known):
            side = known[name]
            side.before()
            gc.collect()  # else this side pays for what another left
            cost = of(side.call)
            side.after()
            if turn >= 0:
                costs[name].append(cost)
    return Rounds(costs)


def keep_connection() -> None:
    """Keep the default connection for as long as the measurements last, as a busy server keeps its own."""
    connection: Any = connections["default"]
    connection.settings_dict["CONN_MAX_AGE"] = None
    connection.close_at = None


def _backend() -> int:
    connection: Any = connections["default"]
    if connection.connection is None:
        connection.ensure_connection()
    pid: int = connection.connection.info.backend_pid
    return pid


def _cpu_time(pid: int) -> int:
    """Nanoseconds a process has run: the clock of another process, named as the kernel does (clock_getcpuclockid)."""
    return time.clock_gettime_ns((~pid << 3) | SCHEDULED)
