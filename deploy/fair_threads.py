"""A few threads that work for many hosts: a host has its share of them at most, and what is over waits for its turn.

Hosts take turns, so however much waits for one, another's next work is begun before that one's next but one. A host's
first thread works alone while its work is quick: two that compute at the same time in one process wait for each other,
and everybody else for both. It knows nothing of requests; deploy.fair_share does.
"""

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Condition, Lock, Thread
from typing import Any

PATIENCE = 0.5  # seconds that a host's work goes on before another of its threads begins beside it


@dataclass(frozen=True, eq=False)
class Turn[Work]:
    """One piece of work that was begun, at a moment of the monotonic clock."""

    host: str
    work: Work
    begun: float


class FairQueue[Work]:
    """What waits and what is under way, by host."""

    def __init__(self, *, share: int, patience: float = PATIENCE) -> None:
        self._share = share
        self._patience = patience
        self._waiting: dict[str, deque[Work]] = {}  # hosts for which something waits, in the order of their turns
        self._under_way: dict[str, list[Turn[Work]]] = {}  # the newest last
        self._changed = Condition()

    def put(self, host: str, work: Work) -> None:
        """Let something wait for its turn, behind what waits for the same host."""
        with self._changed:
            self._waiting.setdefault(host, deque()).append(work)
            self._changed.notify()

    def take(self) -> Turn[Work]:
        """Wait for what may be begun next; it counts in its host's share until `done`."""
        with self._changed:
            while (host := self._whose_turn()) is None:
                self._changed.wait(self._until_one_is_slow())
            waiting = self._waiting.pop(host)
            turn = Turn(host, waiting.popleft(), time.monotonic())
            if waiting:
                self._waiting[host] = waiting  # behind all others
            self._under_way.setdefault(host, []).append(turn)
            if self._waiting:
                self._changed.notify()  # one that stands idle watches over those whose time comes
            return turn

    def done(self, turn: Turn[Work]) -> None:
        """Give back what `take` took of a host's share; who gives it back takes next, so nobody else is woken."""
        with self._changed:
            under_way = self._under_way[turn.host]
            under_way.remove(turn)
            if not under_way:
                del self._under_way[turn.host]

    def _whose_turn(self) -> str | None:
        return next((host for host in self._waiting if self._may_begin_in(host) <= 0), None)

    def _until_one_is_slow(self) -> float | None:
        """Answer in how many seconds a host may have another thread; None if only the end of some work can tell."""
        soonest = min(map(self._may_begin_in, self._waiting), default=float("inf"))
        return soonest if soonest < float("inf") else None

    def _may_begin_in(self, host: str) -> float:
        under_way = self._under_way.get(host, [])
        if len(under_way) >= self._share:
            return float("inf")
        return under_way[-1].begun + self._patience - time.monotonic() if under_way else 0.0


class FairThreads:
    """Threads that take their work from a fair queue, half of them at most for one host.

    Half is kept free also while nobody else asks: a thread that was lent would come back only when its work is done,
    and the neighbour's next page would wait for just that. They are started with the first work, which is after the
    web server has forked.
    """

    def __init__(self, number: int, *, patience: float = PATIENCE) -> None:
        self._number = number
        share = max(1, number // 2)
        self._queue: FairQueue[tuple[Callable[[], Any], Future[Any]]] = FairQueue(share=share, patience=patience)
        self._starting = Lock()
        self._is_started = False

    def submit[Answer](self, host: str, work: Callable[[], Answer]) -> Future[Answer]:
        """Let a thread do some work in its host's turn; the future has its answer, or the error that it raised."""
        self._start()
        answer: Future[Answer] = Future()
        self._queue.put(host, (work, answer))
        return answer

    def _start(self) -> None:
        with self._starting:
            if not self._is_started:
                self._is_started = True
                for number in range(self._number):
                    Thread(target=self._work, name=f"fair-{number}", daemon=True).start()

    def _work(self) -> None:
        while True:
            turn = self._queue.take()
            _answer(*turn.work)
            self._queue.done(turn)
            del turn  # else it would be kept until the next


def _answer(work: Callable[[], Any], answer: Future[Any]) -> None:
    try:
        answer.set_result(work())
    except BaseException as error:  # whoever waits for it decides; the thread goes on
        answer.set_exception(error)
