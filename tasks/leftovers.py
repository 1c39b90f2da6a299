"""Leftovers: thin tasks that forget drafts nobody came back to and sessions that have ended."""

from django.utils import timezone

from casework.cases import drafts
from tasks import jobs
from tasks.app import app
from tenants.accounts import sessions
from tenants.rounds import Round


@app.task(name="leftovers.prune")
def prune(*, municipality_id: int) -> int:
    """Forget a municipality's old drafts and ended sessions."""
    with jobs.in_municipality(municipality_id, job="leftovers.prune") as run:
        at, everything = timezone.now(), Round()
        for name, forget in (("drafts", drafts.forget_old), ("sessions", sessions.forget_ended)):
            with everything.turn(name):
                everything.count += forget(at=at)
        run.count = everything.end()
        return run.count


@app.task(name="leftovers.prune_on_console")
def prune_on_console() -> int:
    """Forget the console's ended sessions."""
    with jobs.on_console(job="leftovers.prune_on_console") as run:
        run.count = sessions.forget_ended(at=timezone.now())
        return run.count
