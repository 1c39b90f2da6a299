"""One municipality that sends ten times as many mails as usual does not keep its neighbour's waiting."""

import os
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.drills import mails
from tests.tasks.conftest import broker, mail_server, workers
from tests.tasks.processes import wait_until

__all__ = ["broker", "mail_server", "workers"]

SECONDS = float(os.environ.get("SUUNTA_DRILL_SECONDS", "60"))  # of each half
USUAL, BUSY = 2.0, 20.0  # mails a second of the busy municipality; its neighbour has the usual number all the time
ALARM = 1.0  # seconds between two rounds of waking, in drills: nobody waits less than that by more than chance
HANDS = 2  # of the queue


@pytest.mark.alone
def test_queues(workers, real_clock, mail_server, tell):
    for _ in range(HANDS):
        workers.worker(queues="mail")
    workers.worker(queues="celery,wake")
    workers.beat()

    began = timezone.now()
    quiet = waits_of_neighbour(USUAL)
    busy = waits_of_neighbour(BUSY)

    ratio = max(percentile(busy), ALARM) / max(percentile(quiet), ALARM)
    tell(
        mails_of_busy_one=len(mails.waits_since("kaavi", began)),
        quiet_p95=round(percentile(quiet), 2),
        busy_p95=round(percentile(busy), 2),
        ratio=round(ratio, 2),
    )
    assert ratio <= 2


def waits_of_neighbour(rate: float) -> list[float]:
    """Write at fixed rates, whatever becomes of it; answer the seconds that each mail of the neighbour's took."""
    began = timezone.now()
    owed = {"kaavi": 0.0, "tuusniemi": 0.0}
    before = time.monotonic()
    while timezone.now() - began < timedelta(seconds=SECONDS):
        time.sleep(0.05)
        passed, before = time.monotonic() - before, time.monotonic()
        owed = {"kaavi": owed["kaavi"] + passed * rate, "tuusniemi": owed["tuusniemi"] + passed * USUAL}
        for schema, number in owed.items():
            mails.write(schema, int(number), due_at=timezone.now())
            owed[schema] = number % 1
    wait_until(lambda: not mails.are_waiting("tuusniemi"))
    return mails.waits_since("tuusniemi", began)


def percentile(waits: list[float]) -> float:
    return sorted(waits)[int(len(waits) * 0.95)]
