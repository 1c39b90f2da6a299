"""A decision was annulled by a ruling or removed: the decider owes a new one, for which the application waits again.

The ruling belongs to an appeal, the answer to an application for removal; with each its wait is moved, or taken back.
"""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from casework.applications import rounds
from casework.applications.actions import OF_A_ROUND, facts_of, wait_anew
from casework.case_tasks import lapsing
from casework.law import workflow
from casework.law.workflow import APPLICATION, ApplicationState
from casework.models import Appeal, Application, Round
from casework.timeline import corrections, ledger
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.errors import Refusal


class WaitWasFollowed(Refusal):
    user_message = _(
        "The application has waited for a new decision because of this, and something came of it. Take that back first."
    )


def annul(application: Application, *, ruling: Appeal, by: User, at: datetime) -> None:
    """Let a locked application wait for the new decision that a ruling returned to its decider.

    Nothing is begun where a decision is awaited anyway, or has come since the ruling.
    """
    step = workflow.transition(APPLICATION, application.state, "annul")
    if step is None or ruling.result_on is None or _is_answered(application, ruling):
        return
    wait_anew(application, step, Round.Kind.ANNULLED, on=ruling.result_on, ruling=ruling, by=by, at=at)


def decide_anew(application: Application, *, since: date, by: User, at: datetime) -> Round | None:
    """Let a locked application whose decision was removed wait for the new one; answer the round that begins with it.

    None: a new decision is awaited already, or nothing was decided.
    """
    step = workflow.transition(APPLICATION, application.state, "decide_anew")
    return wait_anew(application, step, Round.Kind.REMOVAL, on=since, by=by, at=at) if step else None


def follow(application: Application, *, ruling: Appeal, why: Why) -> None:
    """Let the wait of a locked application follow a ruling that was corrected: whether there is one, and since when.

    Raises:
        WaitWasFollowed: it returns nothing, and a new decision was recorded or the application withdrawn.
    """
    begun = begun_by(ruling)
    if begun is None and ruling.has_annulled:
        annul(application, ruling=ruling, by=why.by, at=why.at)
    elif begun is not None and not ruling.has_annulled:
        take_back(application, begun, why=why)
    elif begun is not None and ruling.result_on is not None:
        move(application, begun, on=ruling.result_on, at=why.at)


def take_back(application: Application, begun: Round | None, *, why: Why) -> None:
    """Let a locked application stand where it stood before a wait; what was asked and supplied in it goes with it.

    Raises:
        WaitWasFollowed
    """
    if begun is None:
        return
    if not begun.is_open or begun.decisions.exists():
        raise WaitWasFollowed
    decided_on, since = rounds.before_request(application)
    before = {"state": ApplicationState.DECIDED.value, "decided_on": decided_on, "waiting_since": since}
    mistake = Why(
        reason=why.reason,
        by=why.by,
        at=why.at,
        case=application.case,
        kind="application.corrected",
        facts=facts_of(application),
    )
    corrections.correct(application, OF_A_ROUND | before, mistake)
    rounds.cancel(application)
    rounds.reckon_waiting(application)
    application.save(update_fields=[*Application.USUAL])
    ledger.cancel(about=application.pk, at=why.at)
    lapsing.follow(case=application.case, by=why.by, at=why.at)


def move(application: Application, begun: Round | None, *, on: date, at: datetime) -> None:
    """Let a wait begin on a corrected day; where the new decision has not come, by when it usually does is new, too."""
    if begun is None or begun.begun_on == on:
        return
    begun.begun_on = on
    begun.save(update_fields=["begun_on"])
    if not begun.is_open:
        return
    application.waiting_since = on
    rounds.reckon_waiting(application)
    application.save_version("waiting_since", *Application.USUAL)
    ledger.cancel(about=application.pk, at=at)


def begun_by(ruling: Appeal) -> Round | None:
    """The wait that a ruling has begun."""
    return Round.objects.filter(ruling=ruling).first()


def _is_answered(application: Application, ruling: Appeal) -> bool:
    """Whether a decision has come since the ruling."""
    others = application.decisions.exclude(pk=ruling.decision_id)
    return others.filter(decided_on__gte=ruling.result_on).exists()
