"""Documents: a thin task over the virus scan of added files."""

from casework.documents import actions as documents
from tasks import jobs, work
from tasks.app import app
from tenants.due import Kind


@app.task(name="documents.scan_waiting")
def scan_waiting(*, municipality_id: int) -> int:
    """Scan a municipality's files that wait for it."""
    with jobs.in_municipality(municipality_id, job="documents.scan_waiting") as run:
        run.count = work.turn(Kind.SCAN, documents.scan_waiting)
        return run.count
