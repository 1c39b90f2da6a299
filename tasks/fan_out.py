"""Waking a task for every municipality in use: one task each, so that one broken municipality stops no other."""

from typing import Any

from django.utils import timezone

from tasks.app import app
from tenants.scope import active_municipalities, in_console

APART = 0.2  # seconds between two municipalities, so that the database does not get them all at once
SPREAD = 0.5  # the part of the time until the next alarm over which they are spread at most


@app.task(name="fan_out.each_municipality")
def each_municipality(*, task: str, within: float, with_day: bool = False) -> int:
    """Send the task to each municipality; `within` is how many seconds there are until the next alarm."""
    with in_console():
        keys = [municipality.pk for municipality in active_municipalities()]
    day: dict[str, Any] = {"on": timezone.localdate().isoformat()} if with_day else {}
    apart = min(APART, within * SPREAD / max(len(keys), 1))
    for number, key in enumerate(keys):
        app.send_task(
            task, kwargs={"municipality_id": key, **day}, countdown=number * apart, expires=number * apart + within
        )
    return len(keys)
