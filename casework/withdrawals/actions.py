"""A client who does not want the service any more: what the service does ends, what is the client's own goes on."""

import uuid
from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.case_tasks import actions as tasks
from casework.cases import actions as cases
from casework.clients import actions as clients
from casework.law.errors import check_day
from casework.meetings import cleared_agendas as withdrawn_grounds
from casework.models import Case, Note
from casework.statements import actions as statements
from casework.timeline import writing as timeline
from casework.visits import actions as appointments
from casework.withdrawals import consents as withdrawn_consents
from casework.withdrawals.queries import Stops, what_stops
from tenants.accounts.models import User
from tenants.display import day, helsinki
from tenants.errors import Refusal


class WithdrewBeforeOpened(Refusal):
    user_message = _("The case was opened on %(opened_on)s. Give that day or a later one.")
    field = "on"


@transaction.atomic
def withdraw(
    *,
    case: Case,
    on: date,
    reason: str = "",
    kept_tasks: Collection[uuid.UUID] = (),
    version: int,
    by: User,
    at: datetime,
) -> Case:
    """End the service as the client wishes: in one step, in every phase. Twice is well: the first counts.

    Consents end, visits, agenda items and statement requests are taken back, the team leaves, open tasks are dropped
    except `kept_tasks`, and the case closes. Applications, decisions and appeals are the client's own and stay as they
    are. `reason` is the client's, in their own words, if they want to tell it.

    Raises:
        EditedMeanwhile, WithdrewBeforeOpened, BeforeBirth, InTheFuture
        CaseIsClosed: it ended in another way.
    """
    if Case.objects.filter(pk=case.pk, outcome=Case.Outcome.WITHDREW).exists():
        return Case.objects.get(pk=case.pk)
    case = cases.locked_open(case)
    case.check_version(version)
    check_day(on, born_on=case.client.born_on, today=helsinki(at), field="on")
    if on < case.opened_on:
        raise WithdrewBeforeOpened(opened_on=day(case.opened_on))
    note: Note | None = Note.objects.create(case=case, text=reason, on=on, written_by=by) if reason else None
    timeline.add(case=case, kind="case.withdrew", by=by, at=at, on=on, about=note)
    stops = what_stops(case, on=on)
    _drop_tasks(stops, kept_tasks, by=by, at=at)
    _stop(stops, case, on=on, by=by, at=at)
    client = case.client
    clients.record_voluntariness(client=client, is_voluntary=False, asked_on=on, version=client.version, by=by, at=at)
    return cases.close(case=case, outcome=Case.Outcome.WITHDREW, closed_on=on, version=version, by=by, at=at)


def _stop(stops: Stops, case: Case, *, on: date, by: User, at: datetime) -> None:
    """Take back what was planned. The chairs' tasks that this makes are not dropped: they come after."""
    withdrawn_grounds.clear_agendas(stops.agenda, by=by, at=at, because=withdrawn_grounds.Because.LEFT)
    for consent in stops.consents:
        since = max(on, consent.given_on)
        withdrawn_consents.withdraw(case=case, consent=consent, on=since, version=consent.version, by=by, at=at)
    for appointment in stops.appointments:
        appointments.cancel(appointment=appointment, by=by, at=at)
    for request in stops.requests:
        statements.cancel(request=request, by=by, at=at)
    for participant in case.participants.filter(until=None):
        cases.remove_participant(participant=participant, until=on, by=by, at=at)


def _drop_tasks(stops: Stops, kept: Collection[uuid.UUID], *, by: User, at: datetime) -> None:
    for task in stops.tasks:
        if task.pk not in kept:
            tasks.drop(task=task, by=by, at=at)
