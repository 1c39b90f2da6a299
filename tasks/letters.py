"""Letters: a thin task over the reading of decisions' files."""

from casework.letters import actions as letters
from tasks import jobs, work
from tasks.app import app
from tenants.due import Kind


@app.task(name="letters.read_waiting")
def read_waiting(*, municipality_id: int) -> int:
    """Read a municipality's letters that wait for it."""
    with jobs.in_municipality(municipality_id, job="letters.read_waiting") as run:
        run.count = work.turn(Kind.LETTERS, letters.read_waiting)
        return run.count
