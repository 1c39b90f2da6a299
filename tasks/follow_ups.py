"""Follow-ups: a thin task over casework.reminders.task_sweep."""

from datetime import date

from django.utils import timezone

from casework.reminders import task_sweep as follow_ups
from tasks import jobs
from tasks.app import app


@app.task(name="follow_ups.sweep")
def sweep(*, municipality_id: int, on: str) -> int:
    """Write the tasks that a municipality's rules want on a day; those written before are not written again."""
    with jobs.in_municipality(municipality_id, job="follow_ups.sweep") as run:
        run.count = follow_ups.sweep(on=date.fromisoformat(on), at=timezone.now())
        return run.count
