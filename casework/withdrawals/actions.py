"""A client who does not want the service any more: what the service does ends, what is the client's own goes on."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.cases import actions as cases
from casework.cases.open_ends import open_ends
from casework.clients import actions as clients
from casework.endings import actions as endings
from casework.endings.actions import Fates
from casework.law.errors import check_day
from casework.meetings.cleared_agendas import Because
from casework.models import Case, Note
from casework.timeline import writing as timeline
from casework.withdrawals import consents as withdrawn_consents
from casework.withdrawals.queries import consents_on
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
    fates: Fates | None = None,
    version: int,
    by: User,
    at: datetime,
) -> Case:
    """End the service as the client wishes: in one step, in every phase. Twice is well: the first counts.

    Consents end, the team leaves, and the case closes. Of what is open `fates` say who has it or why it ends; without
    one, applications, decisions and appeals are the client's own and stay as they are, and visits, agenda items,
    statement requests and tasks end. `reason` is the client's, in their own words, if they want to tell it.

    Raises:
        EditedMeanwhile, WithdrewBeforeOpened, BeforeBirth, InTheFuture
        WhyMissing, NotForThem, NotACoordinator: of an open end.
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
    usual = endings.usual(open_ends(case, on=helsinki(at)), reason=why_it_ends())
    endings.settle(case=case, fates=usual | dict(fates or {}), on=on, because=Because.LEFT, by=by, at=at)
    _let_go(case, on=on, by=by, at=at)
    client = case.client
    clients.record_voluntariness(client=client, is_voluntary=False, asked_on=on, version=client.version, by=by, at=at)
    return cases.close(case=case, outcome=Case.Outcome.WITHDREW, closed_on=on, version=version, by=by, at=at)


def why_it_ends() -> str:
    """Why what the service does ends, unless somebody says otherwise."""
    return gettext("The client does not want to go on.")


def _let_go(case: Case, *, on: date, by: User, at: datetime) -> None:
    """Take back the consents, and let the team leave."""
    for consent in consents_on(case, on=on):
        since = max(on, consent.given_on)
        withdrawn_consents.withdraw(case=case, consent=consent, on=since, version=consent.version, by=by, at=at)
    for participant in case.participants.filter(until=None):
        cases.remove_participant(participant=participant, until=on, by=by, at=at)
