"""Reminders: a thin task over casework.reminders."""

from datetime import date

from django.utils import timezone

from casework.reminders.sweep import sweep
from tasks import jobs
from tasks.app import app


@app.task(name="reminders.queue_due")
def queue_due(*, municipality_id: int, on: str) -> int:
    """Write a municipality's tasks and mails of a day's occasions; those written before are not written again."""
    with jobs.in_municipality(municipality_id, job="reminders.queue_due") as run:
        run.count = sweep(on=date.fromisoformat(on), at=timezone.now())
        return run.count
