"""Access logs: thin tasks that seal the heads of all there are, and tell the data-protection officers of them."""

from django.utils import timezone

from tasks import jobs
from tasks.app import app
from tenants.audit import letters, sealing
from tenants.everywhere import on_every_side


@app.task(name="access_log.seal")
def seal() -> int:
    """Seal the heads that have moved since they were sealed last."""
    with jobs.on_console(job="access_log.seal") as run:
        run.count = on_every_side(lambda name: sealing.seal_head())
        return run.count


@app.task(name="access_log.tell_officers")
def tell_officers() -> int:
    """Check every log and mail its head to the officers who were not told today."""
    with jobs.on_console(job="access_log.tell_officers") as run:
        on, at = timezone.localdate(), timezone.now()
        run.count = on_every_side(lambda name: letters.tell_officers(on=on, at=at))
        return run.count
