"""Documents: a thin task over the virus scan of added files."""

from django.utils import timezone

from casework.documents import actions as documents
from tasks import jobs
from tasks.app import app


@app.task(name="documents.scan_waiting")
def scan_waiting(*, municipality_id: int) -> int:
    """Scan a municipality's files that wait for it."""
    with jobs.in_municipality(municipality_id, job="documents.scan_waiting") as run:
        run.count = documents.scan_waiting(at=timezone.now())
        return run.count
