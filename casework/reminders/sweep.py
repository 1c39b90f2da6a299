"""The one sweep over the occasions that the subjects' rules see: each is told once, as a task or by mail.

It may run late, twice, for past days in any order or beside another one: the ledger (`casework.timeline.ledger`) knows
what was told. One occasion that fails stops no other; times that the law sets go first.
"""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import product
from typing import Any

from django.db import transaction
from django.utils import translation

from casework.case_tasks import lapsing
from casework.models import Case, LedgerEntry, Task
from casework.timeline import emails, ledger
from casework.timeline import writing as timeline
from casework.timeline.ledger import AsMail, AsTask, ForWhom, Occasion, Source
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission, Role
from tenants.rounds import Round


def sweep(*, on: date, at: datetime) -> int:
    """Tell what is there to be told on a day, each in its own transaction; answer how much is new.

    Raises:
        SomeFailed: some could not be told; the others were.
    """
    everything, supervisors = Round(), _Supervisors()
    found = [named for source in sources() for named in _occasions(source, on, everything)]
    known = ledger.told((occasion for _name, occasion in found), on=on)
    for name, occasion in found:
        for to, how in product(_recipients(occasion, supervisors), occasion.channels):
            if not ledger.is_told(known, occasion, how.channel, to):
                with everything.turn(name):
                    everything.count += _tell(occasion, how, to=to, on=on, at=at)
    return everything.end()


def sources() -> list[Source[Any]]:
    """The rules of all subjects, those first whose time the law sets."""
    return sorted(lapsing.sources(), key=lambda source: not source.is_statutory)


def _occasions(source: Source[Any], on: date, everything: Round) -> Iterator[tuple[str, Occasion]]:
    """Yield what a rule asks for, and by which name a failure is known."""
    rows = []
    with everything.turn(source.name):
        rows = list(source.rows(on))
    for row in rows:
        name = f"{source.name} {source.about(row)}"
        with everything.turn(name):
            occasion = source.occasion(row, on)
            if occasion is not None:
                yield name, occasion


@transaction.atomic
def _tell(occasion: Occasion, how: AsTask | AsMail, *, to: User, on: date, at: datetime) -> bool:
    """Write the ledger's entry and the task or mail, or nothing when somebody did before or it is no longer so."""
    case = Case.objects.select_for_update().get(pk=occasion.case.pk)  # what ends the occasion takes the same lock first
    if not (case.is_open or occasion.keeper) or not occasion.is_still():
        return False
    if ledger.is_told(ledger.told([occasion], on=on), occasion, how.channel, to):
        return False
    entry = ledger.enter(occasion, how.channel, to=to)
    if isinstance(how, AsTask):
        _add_task(entry, how, case=case, to=to, at=at)
    else:
        emails.reminder(entry=entry, how=how, to=to, on=on, at=at)
    return True


def _add_task(entry: LedgerEntry, how: AsTask, *, case: Case, to: User, at: datetime) -> None:
    if entry.times > 1 and lapsing.come_again(entry, to=to, at=at):
        return
    with translation.override(to.language):
        title = how.title()
    task = Task.objects.create(case=case, title=title, due_on=entry.due_on, assignee=to, occasion=entry)
    facts = {"due_on": entry.due_on.isoformat(), "assignee": to.name}
    timeline.add(case=case, kind="task.added", by=None, at=at, about=task, facts=facts)


def _recipients(occasion: Occasion, supervisors: "_Supervisors") -> list[User]:
    """Who is told. Nothing goes over with a closed case, so what its keeper cannot do any more is the supervisors'."""
    goes_over = occasion.for_whom is ForWhom.COORDINATOR
    if occasion.keeper is None:
        whose, is_told = occasion.case.coordinator, goes_over
    else:
        whose, is_told = User.objects.get(pk=occasion.keeper), False
    if is_told or whose.has(Permission.WORK_CASE):
        return [whose]
    return supervisors.fetched() or ([whose] if goes_over else [])


class _Supervisors:
    """The supervisors of the municipality, asked for once in a sweep and only when a coordinator is away."""

    def __init__(self) -> None:
        self._found: list[User] | None = None

    def fetched(self) -> list[User]:
        if self._found is None:
            self._found = list(User.objects.filter(is_active=True, roles__contains=[Role.SUPERVISOR.value]))
        return self._found
