"""One application to both pension systems: one act, two rows, each with its own decider, decisions and clocks (B38).

Which act is of both halves, of one, or either as a person says, stands in `pair_acts`. Nothing else is coupled.
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.applications import actions, correcting, pairs
from casework.applications.actions import locked
from casework.applications.correcting import ApplicationFacts
from casework.applications.pair_acts import naming, other_for, step_back_of, withdrawal_of
from casework.law import as_of
from casework.law.benefits import Matter
from casework.law.care_referrals import is_care_referral
from casework.law.deadlines import DeciderKind
from casework.law.pension_systems import KELA, asked_of_the_other
from casework.models import Application, Case
from tenants.accounts.models import User
from tenants.display import day, helsinki
from tenants.doubts import Doubt, doubt
from tenants.errors import Refusal

# What one paper says, or what was done at both in one act; the rest is each decider's own.
OF_THE_PAPER = frozenset({"matter", "filed_on", "sent_by", "withdrawn_on", "withdrawn_reason"})


class IsCareReferral(Refusal):
    user_message = _(
        "A rehabilitation assessment clinic takes no application: a doctor refers the client to it, it makes no "
        "decision that could be appealed, and it pays nothing. So the referral is written down here."
    )
    field = "benefit_code"


class NotOfBothSystems(Refusal):
    user_message = _("This goes to one decider only: not both pension systems grant it, or this decider is of neither.")
    field = "is_to_both"


class InsurerMissing(Refusal):
    user_message = _("Choose the pension institution that the application goes to beside Kela.")
    field = "insurer_code"


class NotTheSamePaper(Refusal):
    user_message = _("These two cannot be one application: it is another benefit, or the same decider.")
    field = "other"


class IsTogetherAlready(Refusal):
    user_message = _("This application already belongs together with another one. Part those two first.")
    field = "other"


class FiledOnAnotherDay(Doubt):
    user_message = _("They were filed on different days, %(one)s and %(other)s. One application arrives on one day.")
    field = "other"


@transaction.atomic
def begin(
    *,
    case: Case,
    benefit_code: str,
    decider_code: str,
    matter: str = Matter.NEW,
    employer: str = "",
    filed_on: date | None = None,
    is_to_both: bool = False,
    insurer_code: str = "",
    by: User,
    at: datetime,
) -> Application:
    """Begin an application; one that goes to both pension systems is begun, or filed, at both.

    `insurer_code` is asked for where the decider that was chosen is Kela.

    Raises:
        IsCareReferral: nobody applies for it.
        NotOfBothSystems, InsurerMissing, and what `actions.draft` and `actions.file` raise.
    Doubts: as those.
    """
    if is_care_referral(benefit_code):
        raise IsCareReferral
    claim: dict[str, Any] = {"case": case, "matter": matter, "employer": employer, "by": by, "at": at}
    if not is_to_both:
        return actions.draft(benefit_code=benefit_code, decider_code=decider_code, filed_on=filed_on, **claim)
    other = _other_claim(benefit_code, decider_code, insurer_code, on=filed_on or helsinki(at))
    one = actions.draft(benefit_code=benefit_code, decider_code=decider_code, **claim)
    pairs.join(one, actions.draft(benefit_code=other[0], decider_code=other[1], **claim), by=by, at=at)
    if filed_on is None:
        return one
    return file(application=one, filed_on=filed_on, statement_follows=True, version=one.version, by=by, at=at)


@transaction.atomic
def file(
    *,
    application: Application,
    filed_on: date,
    sent_by: str = "",
    reference: str = "",
    statement_follows: bool = False,
    version: int,
    by: User,
    at: datetime,
) -> Application:
    """File an application; of one to both pension systems the other half is filed with it, on the same day.

    The filing date is the day it arrived at any receiving office (B38). The reference is this decider's own.

    Raises and doubts: as `actions.file`.
    """
    sending: dict[str, Any] = {
        "filed_on": filed_on,
        "sent_by": sent_by,
        "statement_follows": statement_follows,
        "by": by,
        "at": at,
    }
    with naming(application):
        application = actions.file(application=application, reference=reference, version=version, **sending)
    _also_at_the_other(actions.file, "file", application, is_at_both=True, **sending)
    return application


@transaction.atomic
def withdraw(
    *,
    application: Application,
    is_at_both: bool = False,
    withdrawn_on: date,
    reason: str = "",
    version: int,
    by: User,
    at: datetime,
) -> Application:
    """End an application without a decision, at both pension systems or only here.

    Raises: NotAtTheOther, and what `actions.withdraw` raises.
    Doubts: as that.
    """
    ending: dict[str, Any] = {"withdrawn_on": withdrawn_on, "reason": reason, "by": by, "at": at}
    act = withdrawal_of(application)
    with naming(application):
        application = actions.withdraw(application=application, version=version, **ending)
    _also_at_the_other(actions.withdraw, act, application, is_at_both=is_at_both, **ending)
    return application


@transaction.atomic
def correct(
    *,
    application: Application,
    facts: ApplicationFacts,
    is_at_both: bool = False,
    reason: str,
    version: int,
    by: User,
    at: datetime,
) -> Application:
    """Correct an application; what the paper says is corrected at the other half too, if that is asked for.

    Only what was changed, and what both halves said alike until now.

    Raises and doubts: as `correcting.correct`.
    """
    why: dict[str, Any] = {"reason": reason, "by": by, "at": at}
    before = asdict(correcting.facts_now(application))
    with naming(application):
        application = correcting.correct(application=application, facts=facts, version=version, **why)
    other = other_for("correct", application, is_at_both=is_at_both)
    if other is not None:
        _carry(other, before, asdict(facts), why)
    return application


@transaction.atomic
def take_back_step(
    *, application: Application, is_at_both: bool = False, reason: str, version: int, by: User, at: datetime
) -> Application:
    """Take back the latest step, at the other half too where it is the paper's, or chosen (`pair_acts`).

    Raises: NotAtTheOther, and what `correcting.take_back_step` raises.
    """
    why: dict[str, Any] = {"reason": reason, "by": by, "at": at}
    act = step_back_of(application)
    with naming(application):
        application = correcting.take_back_step(application=application, version=version, **why)
    _also_at_the_other(correcting.take_back_step, act, application, is_at_both=is_at_both, **why)
    return application


@transaction.atomic
def take_back(
    *, application: Application, is_at_both: bool = False, reason: str, version: int, by: User, at: datetime
) -> Application:
    """Take back an application that was written down by mistake, at both or only here; what stays stands by itself.

    Raises: NotAtTheOther, and what `correcting.take_back` raises.
    """
    why: dict[str, Any] = {"reason": reason, "by": by, "at": at}
    other = other_for("take_back", application, is_at_both=is_at_both)
    with naming(application):
        application = correcting.take_back(application=application, version=version, **why)
    if other is not None:
        other.refresh_from_db(fields=["version", "together_with"])
        with naming(other):
            correcting.take_back(application=other, version=other.version, **why)
    return application


@transaction.atomic
def set_together(
    *, application: Application, other: Application | None, version: int, by: User, at: datetime
) -> Application:
    """Say which other application of the case was the same paper, or that there is none.

    For two decisions that a client brings, and for what was written down apart. Only the link is written: evidence and
    days stay as they are.

    Raises:
        EditedMeanwhile, CaseIsClosed, NotTheSamePaper, IsTogetherAlready
    Doubts: FiledOnAnotherDay
    """
    application = locked(application)
    application.check_version(version)
    if other == application.together_with:
        return application
    pairs.part(application, by=by, at=at)
    if other is not None:
        other = other.locked()
        _check_may_join(application, other)
        pairs.join(application, other, by=by, at=at)
    return application


def is_of_both(application: Application) -> bool:
    """Whether the same paper may lie at the other pension system."""
    return asked_of_the_other(application.benefit_code, application.decider_code, application.ruled_on) is not None


def may_be_joined(application: Application) -> bool:
    """Whether one that was read with `has_others` may be the same paper as one of them."""
    return application.together_with is None and vars(application)["has_others"] and is_of_both(application)


def candidates(application: Application) -> list[Application]:
    """List the applications of the case that may be the same paper, and the one that is."""
    if not is_of_both(application):
        return []
    free = {None, application.pk}
    found = [one for one in Application.objects.filter(case=application.case_id) if one.together_with_id in free]
    return [one for one in found if pairs.fits(application, one)]


def _other_claim(benefit_code: str, decider_code: str, insurer_code: str, *, on: date) -> tuple[str, str]:
    """Answer the benefit and the decider of the other half."""
    asked = asked_of_the_other(benefit_code, decider_code, on)
    if asked is None:
        raise NotOfBothSystems
    other_benefit, kind = asked
    if kind == DeciderKind.KELA:
        return other_benefit, KELA
    if not insurer_code or as_of.decider(insurer_code, on).kind != kind:
        raise InsurerMissing
    return other_benefit, insurer_code


def _also_at_the_other(
    action: Callable[..., Application], act: str, application: Application, *, is_at_both: bool, **said: Any
) -> None:
    """Do at the other half what was done at this one, where `pair_acts` says so."""
    other = other_for(act, application, is_at_both=is_at_both)
    if other is not None:
        with naming(other):
            action(application=other, version=other.version, **said)


def _carry(other: Application, before: dict[str, Any], facts: dict[str, Any], why: dict[str, Any]) -> None:
    """Correct at the other half what was corrected here of the paper, where it said the same as this one."""
    changed = [name for name in OF_THE_PAPER if facts[name] != before[name] == getattr(other, name)]
    if changed:
        moved = correcting.facts_now(other, **{name: facts[name] for name in changed})
        with naming(other):
            correcting.correct(application=other, facts=moved, version=other.version, **why)


def _check_may_join(one: Application, other: Application) -> None:
    if not pairs.fits(one, other):
        raise NotTheSamePaper
    if other.together_with_id is not None:
        raise IsTogetherAlready
    if one.filed_on and other.filed_on and one.filed_on != other.filed_on:
        doubt(FiledOnAnotherDay(one=day(one.filed_on), other=day(other.filed_on)))
