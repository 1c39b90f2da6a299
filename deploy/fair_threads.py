"""A few threads that work for many hosts: a host has its share of them at most, and what is over waits for its turn.

Hosts take turns, so however much waits for one, another's next work is begun before that one's next but one. It knows
nothing of requests; deploy.fair_share does.
"""

from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import Future
from threading import Condition, Lock, Thread
from typing import Any


class FairQueue[Work]:
    """What waits and what is under way, by host."""

    def __init__(self, *, share: int) -> None:
        self._share = share
        self._waiting: dict[str, deque[Work]] = {}  # hosts for which something waits, in the order of their turns
        self._under_way: Counter[str] = Counter()
        self._changed = Condition()

    def put(self, host: str, work: Work) -> None:
        """Let something wait for its turn, behind what waits for the same host."""
        with self._changed:
            self._waiting.setdefault(host, deque()).append(work)
            self._changed.notify()

    def take(self) -> tuple[str, Work]:
        """Wait for what may be begun next; it counts in its host's share until `done`."""
        with self._changed:
            while (host := self._whose_turn()) is None:
                self._changed.wait()
            waiting = self._waiting.pop(host)
            work = waiting.popleft()
            if waiting:
                self._waiting[host] = waiting  # behind all others
            self._under_way[host] += 1
            return host, work

    def done(self, host: str) -> None:
        """Give back what `take` took of a host's share; who gives it back takes next, so nobody else is woken."""
        with self._changed:
            self._under_way -= Counter([host])  # forgets a host at nought

    def _whose_turn(self) -> str | None:
        return next((host for host in self._waiting if self._under_way[host] < self._share), None)


class FairThreads:
    """Threads that take their work from a fair queue, half of them at most for one host.

    Half is kept free also while nobody else asks: a thread that was lent would come back only when its work is done,
    and the neighbour's next page would wait for just that. They are started with the first work, which is after the
    web server has forked.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._queue: FairQueue[tuple[Callable[[], Any], Future[Any]]] = FairQueue(share=max(1, number // 2))
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
            host, (work, answer) = self._queue.take()
            _answer(work, answer)
            self._queue.done(host)
            del work, answer  # else they would be kept until the next


def _answer(work: Callable[[], Any], answer: Future[Any]) -> None:
    try:
        answer.set_result(work())
    except BaseException as error:  # whoever waits for it decides; the thread goes on
        answer.set_exception(error)
