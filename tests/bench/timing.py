"""Medians of repeated calls, taken in turns so that a slow moment of the machine hits every side alike."""

import statistics
import time
from collections.abc import Callable

type Call = Callable[[], object]


def milliseconds(call: Call) -> float:
    """Time one call."""
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def medians(calls: dict[str, Call], *, rounds: int, warm_up: int = 3) -> dict[str, float]:
    """Call each side in turn; answer the median in milliseconds of each."""
    for call in calls.values():
        for _ in range(warm_up):
            call()
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            times[name].append(milliseconds(call))
    return {name: round(statistics.median(values), 3) for name, values in times.items()}


def ratio(one: float, other: float) -> float:
    """How many times the other the one is."""
    return round(one / other, 3)
