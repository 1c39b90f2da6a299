"""People: thin tasks over the changes of roles that wait for their day, one municipality each, and the console's."""

from tasks import jobs, work
from tasks.app import app
from tenants.accounts import role_changes
from tenants.due import Kind


@app.task(name="people.take_effect")
def take_effect(*, municipality_id: int) -> int:
    """Apply a municipality's changes of roles that nobody answered for a day."""
    with jobs.in_municipality(municipality_id, job="people.take_effect") as run:
        run.count = work.turn(Kind.ROLES, role_changes.take_effect)
        return run.count


@app.task(name="people.take_effect_on_console")
def take_effect_on_console() -> int:
    """Apply the console's changes of roles that nobody answered for a day."""
    with jobs.on_console(job="people.take_effect_on_console") as run:
        run.count = work.turn(Kind.ROLES, role_changes.take_effect)
        return run.count
