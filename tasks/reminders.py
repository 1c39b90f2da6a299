"""Reminders: a thin task over casework.reminders."""

from datetime import date
from functools import partial

from casework.reminders.sweep import sweep
from tasks import jobs, work
from tasks.app import app
from tenants.due import Kind


@app.task(name="reminders.queue_due")
def queue_due(*, municipality_id: int, on: str) -> int:
    """Write a municipality's tasks and mails of a day's occasions; those written before are not written again."""
    with jobs.in_municipality(municipality_id, job="reminders.queue_due") as run:
        run.count = work.turn(Kind.REMINDERS, partial(sweep, on=date.fromisoformat(on)))
        return run.count
