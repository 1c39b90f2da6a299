"""The Celery app whose alarms go off every few seconds: what the drills run."""

from datetime import timedelta

from tasks.app import app

for name, entry in app.conf.beat_schedule.items():
    entry["schedule"] = timedelta(seconds=1 if name == "work.wake" else 3)
