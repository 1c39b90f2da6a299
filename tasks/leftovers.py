"""Leftovers: thin tasks that forget drafts nobody came back to, ended sessions, and the keys of sent forms."""

from django.utils import timezone

from casework.cases import drafts
from tasks import jobs
from tasks.app import app
from tenants.accounts import sessions
from tenants.once import sending
from tenants.rounds import Round


@app.task(name="leftovers.prune")
def prune(*, municipality_id: int) -> int:
    """Forget a municipality's old drafts, ended sessions and keys of sent forms."""
    with jobs.in_municipality(municipality_id, job="leftovers.prune") as run:
        at, everything = timezone.now(), Round()
        leftovers = {"drafts": drafts.forget_old, "sessions": sessions.forget_ended, "sent forms": sending.forget_old}
        for name, forget in leftovers.items():
            with everything.turn(name):
                everything.count += forget(at=at)
        run.count = everything.end()
        return run.count


@app.task(name="leftovers.prune_on_console")
def prune_on_console() -> int:
    """Forget the console's ended sessions and keys of sent forms."""
    with jobs.on_console(job="leftovers.prune_on_console") as run:
        at, everything = timezone.now(), Round()
        for name, forget in {"sessions": sessions.forget_ended, "sent forms": sending.forget_old}.items():
            with everything.turn(name):
                everything.count += forget(at=at)
        run.count = everything.end()
        return run.count
