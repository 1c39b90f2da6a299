"""Mail: thin tasks over tenants.mail.delivery, one municipality each, and the console's own."""

from tasks import jobs, work
from tasks.app import app
from tenants.due import Kind
from tenants.mail import delivery


@app.task(name="mail.deliver_due")
def deliver_due(*, municipality_id: int) -> int:
    """Send a municipality's mails that are due."""
    with jobs.in_municipality(municipality_id, job="mail.deliver_due") as run:
        run.count = work.turn(Kind.MAIL, delivery.deliver_due)
        return run.count


@app.task(name="mail.reconcile")
def reconcile(*, municipality_id: int) -> int:
    """Find out what became of a municipality's unclear mails."""
    with jobs.in_municipality(municipality_id, job="mail.reconcile") as run:
        run.count = work.turn(Kind.UNCLEAR_MAIL, delivery.reconcile)
        return run.count


@app.task(name="mail.deliver_due_on_console")
def deliver_due_on_console() -> int:
    """Send the console's mails that are due."""
    with jobs.on_console(job="mail.deliver_due_on_console") as run:
        run.count = work.turn(Kind.MAIL, delivery.deliver_due)
        return run.count


@app.task(name="mail.reconcile_on_console")
def reconcile_on_console() -> int:
    """Find out what became of the console's unclear mails."""
    with jobs.on_console(job="mail.reconcile_on_console") as run:
        run.count = work.turn(Kind.UNCLEAR_MAIL, delivery.reconcile)
        return run.count
