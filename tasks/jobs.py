"""The door through which a job enters its place, and the record of its runs for the console's job page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone

from tasks.app import TIME_LIMIT, app
from tenants import scope
from tenants.database.current import connection
from tenants.models import JobRun, Municipality
from tenants.rounds import SomeFailed

KEPT = timedelta(days=30)
LOST_AFTER = timedelta(seconds=2 * TIME_LIMIT)  # no run lives longer than its time limit
LOST = "Killed"


@contextmanager
def in_municipality(municipality_id: object, *, job: str) -> Iterator[JobRun]:
    """Work for one municipality and record the run; the job sets `count`.

    Raises:
        UnknownMunicipality: this is not the id of a municipality in use. Nothing is recorded.
    """
    if type(municipality_id) is not int:  # True is an int, too, and a name is what people type
        raise scope.UnknownMunicipality(repr(municipality_id))
    with scope.in_municipality(municipality_id) as municipality, recorded(job, municipality) as run:
        yield run


@contextmanager
def on_console(*, job: str) -> Iterator[JobRun]:
    """Work on the public side and record the run; the job sets `count`."""
    with scope.in_console(), recorded(job) as run:
        yield run


@contextmanager
def recorded(job: str, municipality: Municipality | None = None) -> Iterator[JobRun]:
    """Record a run from its beginning, so that one that is killed leaves a trace."""
    with scope.in_console():
        run = JobRun.objects.create(name=job, municipality=municipality, started_at=timezone.now())
    try:
        yield run
    except SomeFailed as failure:
        run.error, run.count = type(failure).__name__, failure.count
        run.failed, run.tried, run.which = len(failure.failures), failure.tried, failure.which
        raise
    except Exception as error:
        run.error = type(error).__name__
        raise
    finally:
        connection.drop_if_lost()
        with scope.in_console():
            _finish(run)


def _finish(run: JobRun) -> None:
    """Write how it ended. A run in which nothing happened replaces the one before in which nothing happened."""
    run.finished_at = timezone.now()
    run.save(update_fields=["finished_at", "count", "error", "failed", "tried", "which"])
    if run.count == 0 and not run.error:
        before = JobRun.objects.filter(name=run.name, municipality=run.municipality, pk__lt=run.pk)
        before.filter(count=0, error="", finished_at__isnull=False).delete()


def close_lost(*, at: datetime) -> int:
    """Close the runs whose process was killed; answer how many."""
    lost = JobRun.objects.filter(finished_at=None, started_at__lt=at - LOST_AFTER)
    return lost.update(finished_at=at, error=LOST)


@app.task(name="jobs.prune")
def prune() -> int:
    """Forget runs older than thirty days and close those that were killed."""
    with on_console(job="jobs.prune") as run:
        at = timezone.now()
        run.count = close_lost(at=at) + JobRun.objects.filter(started_at__lt=at - KEPT).delete()[0]
        return run.count
