"""Correcting an application, taking its latest step back, or taking back all of it; what follows is reckoned anew.

None of these is a step of its life: the facts were written down wrong, and the old ones stay in the history.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from casework.applications import claim_days, pairs, rounds
from casework.applications.actions import facts_of, locked
from casework.applications.claims import check_claim, check_claim_time, check_filing_day
from casework.case_tasks import lapsing
from casework.law import as_of
from casework.law.errors import DayTooLate, check_day, check_order
from casework.law.workflow import ApplicationState
from casework.models import Application
from casework.timeline import corrections, ledger
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.doubts import doubt
from tenants.errors import Refusal


class HasDecision(Refusal):
    user_message = _("A decision was recorded on this application. Take the decision back first.")


class NoStepToTakeBack(Refusal):
    user_message = _("There is no step to take back. A decision is taken back on its own page.")


@dataclass(frozen=True, kw_only=True)
class ApplicationFacts:
    """What was written down about an application; what no step has written yet is not looked at."""

    benefit_code: str
    decider_code: str
    matter: str
    employer: str = ""
    filed_on: date | None = None
    sent_by: str = ""
    reference: str = ""
    waiting_since: date | None = None
    more_asked_on: date | None = None
    more_due_on: date | None = None
    more_asked: str = ""
    supplied_on: date | None = None
    withdrawn_on: date | None = None
    withdrawn_reason: str = ""


@transaction.atomic
def correct(
    *, application: Application, facts: ApplicationFacts, reason: str, version: int, by: User, at: datetime
) -> Application:
    """Correct what was written down about an application. With its day of filing the usual day of the decision moves.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
        NoRule: of another benefit or decider.
        HasDecision: another benefit or decider, and a decision names the one that is there.
    Doubts:
        FiledBeforeCase, ClaimIsLate, DayOrderWrong, DayTooLate
        NotDecidedThere, HadEnded, HadNotBegun: of another benefit, decider or day of filing.
    """
    application = _standing(application, version)
    recorded = application.recorded
    values = {name: value for name, value in asdict(facts).items() if name in recorded}
    _check_claim(application, values)
    if "employer" in values and not as_of.benefit(values["benefit_code"], application.ruled_on).employer_applies:
        values["employer"] = ""  # it was the employer of another benefit
    if not _is_counted_alike(application, values["benefit_code"]):
        values |= {"counted_from": "", "counted_on": None}  # the same of a time to claim
    if application.current_round is None or application.current_round.is_first:
        values["waiting_since"] = values.get("filed_on")
    _check_days(application, values, today=helsinki(at))
    before = _reckoned_from(application)
    if corrections.correct(application, values, _why(application, values, reason=reason, by=by, at=at)):
        rounds.follow(application)
        _follow(application, before, at=at)
        pairs.part_what_differs(application, by=by, at=at)
        lapsing.follow(case=application.case, by=by, at=at)
    return application


@transaction.atomic
def take_back_step(*, application: Application, reason: str, version: int, by: User, at: datetime) -> Application:
    """Take back the latest step, which was never taken: the application stands where it stood before.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed
        NoStepToTakeBack: it is in preparation or decided.
    """
    application = _standing(application, version)
    values = _before_latest_step(application)
    if not values:
        raise NoStepToTakeBack
    before = _reckoned_from(application)
    follow = _round_before_latest_step(application)
    corrections.correct(application, values, _why(application, values, reason=reason, by=by, at=at))
    follow(application)
    ledger.cancel(about=application.pk, at=at)
    _follow(application, before, at=at)
    lapsing.follow(case=application.case, by=by, at=at)
    return application


@transaction.atomic
def take_back(*, application: Application, reason: str, version: int, by: User, at: datetime) -> Application:
    """Take back an application that was written down by mistake. Statements asked for it stay in the case.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed
        HasDecision: a decision on it stands.
    """
    application = _standing(application, version)
    if application.decisions.exists():
        raise HasDecision
    pairs.part(application, by=by, at=at)
    why = _why(application, {}, reason=reason, by=by, at=at, kind="application.removed")
    corrections.take_back(application, why)
    ledger.cancel(about=application.pk, at=at)
    lapsing.follow(case=application.case, by=by, at=at)
    return application


def facts_now(application: Application, **others: Any) -> ApplicationFacts:
    """What is written down about an application, with other values for some of it."""
    return ApplicationFacts(
        **{name: getattr(application, name) for name in ApplicationFacts.__dataclass_fields__} | others
    )


def has_step_to_take_back(application: Application) -> bool:
    """Whether a step was taken that no decision has followed."""
    return bool(application.latest_step)


def _standing(application: Application, version: int) -> Application:
    application = locked(application)
    corrections.check_standing(application)
    application.check_version(version)
    return application


def _why(
    application: Application,
    values: dict[str, Any],
    *,
    reason: str,
    by: User,
    at: datetime,
    kind: str = "application.corrected",
) -> Why:
    named = {"benefit": values.get("benefit_code"), "decider": values.get("decider_code")}
    facts = facts_of(application) | {name: code for name, code in named.items() if code}
    return Why(reason=reason, by=by, at=at, case=application.case, kind=kind, facts=facts)


def _is_counted_alike(application: Application, benefit_code: str) -> bool:
    """Whether a benefit has the time to claim whose beginning was written down; true when nothing was."""
    windows = as_of.benefit(benefit_code, application.ruled_on).claim_windows
    return application.counted_on is None or application.counted_from in {window.counted_from for window in windows}


def _check_claim(application: Application, values: dict[str, Any]) -> None:
    """Check another benefit, decider or day of filing by the rules of that day."""
    benefit_code, decider_code = values["benefit_code"], values["decider_code"]
    on = values.get("filed_on") or application.drafted_on
    is_same = (benefit_code, decider_code) == (application.benefit_code, application.decider_code)
    if is_same and on == application.ruled_on:
        return
    if not is_same and application.decisions.exists():
        raise HasDecision
    check_claim(benefit_code, decider_code, on=on, field="benefit_code" if on == application.ruled_on else "filed_on")


def _check_days(application: Application, values: dict[str, Any], *, today: date) -> None:
    for name in ("filed_on", "waiting_since", "more_asked_on", "supplied_on", "withdrawn_on"):
        check_day(values.get(name), born_on=application.case.client.born_on, today=today, field=name)
    if values.get("filed_on") and values["filed_on"] != application.filed_on:
        check_filing_day(application.case, values["filed_on"])
    _check_order(values, ("filed_on", "waiting_since", "more_asked_on", "more_due_on"))
    _check_order(values, ("more_asked_on", "supplied_on"))
    _check_order(values, ("filed_on", "withdrawn_on"))
    _check_beside_decisions(application, values)


def _check_order(values: dict[str, Any], names: Iterable[str]) -> None:
    known = [(name, values[name]) for name in names if values.get(name)]
    for (_earlier, earliest), (name, on) in pairwise(known):
        check_order(earliest, on, field=name)


def _check_beside_decisions(application: Application, values: dict[str, Any]) -> None:
    """Filed before the first decision, and asked again after the decision that this was about."""
    decided = sorted(application.decisions.values_list("decided_on", flat=True))
    if not decided:
        return
    if values["filed_on"] > decided[0]:
        doubt(DayTooLate(latest=decided[0], field="filed_on"))
    current = application.current_round
    if current is None or current.is_first:
        return
    if "waiting_since" not in values:  # the day of a ruling, which is corrected there
        return
    if current.ended_on is not None and values["waiting_since"] > current.ended_on:
        doubt(DayTooLate(latest=current.ended_on, field="waiting_since"))
    before = application.decisions.filter(round__number__lt=current.number)
    answered = before.aggregate(newest=Max("decided_on"))["newest"]
    check_order(answered, values["waiting_since"], field="waiting_since")


def _before_latest_step(application: Application) -> dict[str, Any]:
    """What the application said before its latest step; nothing when there is none to take back."""
    match application.latest_step:
        case "withdraw":
            return {"state": _state_before_withdrawal(application), "withdrawn_on": None, "withdrawn_reason": ""}
        case "ask_for_more":
            asked = {"more_asked_on": None, "more_due_on": None, "more_asked": ""}
            return {"state": ApplicationState.FILED.value} | asked
        case "supply":
            return {"state": ApplicationState.RETURNED.value, "supplied_on": None}
        case "re_examine":
            decided_on, since = rounds.before_request(application)
            return {"state": ApplicationState.DECIDED.value, "decided_on": decided_on, "waiting_since": since}
        case "file":
            filing = {"filed_on": None, "sent_by": "", "reference": "", "waiting_since": None}
            return {"state": ApplicationState.DRAFT.value} | filing
    return {}


def _state_before_withdrawal(application: Application) -> str:
    return (ApplicationState.DRAFT if application.filed_on is None else application.waiting_state).value


def _round_before_latest_step(application: Application) -> Callable[[Application], None]:
    """What becomes of the newest round: a withdrawal did not end it, a filing or a request did not begin it."""
    match application.latest_step:
        case "withdraw" if application.filed_on is not None:
            return rounds.reopen
        case "re_examine" | "file":
            return rounds.cancel
    return rounds.follow


def _reckoned_from(application: Application) -> tuple[Any, ...]:
    """The facts from which the usual day of the decision follows; `filed_on` is the first of them."""
    claim = (application.benefit_code, application.decider_code, application.matter)
    return (application.filed_on, application.waiting_since, *claim)


def _follow(application: Application, before: tuple[Any, ...], *, at: datetime) -> None:
    """Reckon the last day to claim and the usual day of the decision anew, and take back what was told of others.

    What was sent with the application was sent on its day of filing.
    """
    if _reckoned_from(application) == before:
        return
    application.evidence.filter(sent_on=before[0]).update(sent_on=application.filed_on)
    rounds.reckon_waiting(application)
    claim_days.reckon(application)
    if application.filed_on != before[0]:
        check_claim_time(application)
    application.save(update_fields=[*Application.USUAL, *Application.CLAIM])
    ledger.cancel(about=application.pk, at=at)
