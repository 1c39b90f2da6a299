"""Leftovers: thin tasks that forget drafts nobody came back to, ended sessions, keys of forms, texts of mails."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from casework.cases import drafts
from tasks import jobs, work
from tasks.app import app
from tenants.accounts import sessions
from tenants.caching import backend as cached
from tenants.due import Kind
from tenants.mail import texts
from tenants.once import sending
from tenants.rounds import Round

ON_BOTH_SIDES = {
    "sessions": sessions.forget_ended,
    "sent forms": sending.forget_old,
    "texts of mails": texts.forget_settled,
    "cached values": cached.forget_expired,
}


@app.task(name="leftovers.prune")
def prune(*, municipality_id: int) -> int:
    """Forget a municipality's old drafts, ended sessions, keys of forms, what mails said and what was cached."""
    with jobs.in_municipality(municipality_id, job="leftovers.prune") as run:
        run.count = work.turn(Kind.LEFTOVERS, partial(_forget, {"drafts": drafts.forget_old, **ON_BOTH_SIDES}))
        return run.count


@app.task(name="leftovers.prune_on_console")
def prune_on_console() -> int:
    """Forget the console's ended sessions, keys of forms, what mails said and what was cached."""
    with jobs.on_console(job="leftovers.prune_on_console") as run:
        run.count = work.turn(Kind.LEFTOVERS, partial(_forget, ON_BOTH_SIDES))
        return run.count


def _forget(kinds: Mapping[str, Callable[..., int]], *, at: datetime) -> int:
    everything = Round()
    for name, forget in kinds.items():
        with everything.turn(name):
            everything.count += forget(at=at)
    return everything.end()
