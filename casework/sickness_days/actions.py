"""Typing the paid days that Kela has counted, and writing down the registration as a jobseeker.

What follows is reckoned from what stands; here the rules' tasks that became untrue lapse.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.case_tasks import lapsing
from casework.cases import known_benefits, terms
from casework.cases.kept_ends import is_worked_on
from casework.law.errors import CaseIsClosed, check_day
from casework.law.sickness_days import maximum_of
from casework.models import Case, Document, JobseekerRegistration, SicknessDayCount
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import day, helsinki
from tenants.doubts import Doubt, doubt
from tenants.errors import Refusal

EXTRA_DAYS = 50  # may be paid above the maximum (SVL 8:9)


class PaperOfAnotherCase(Refusal):
    user_message = _("This document belongs to another case.")
    field = "document"


class MoreThanTheMaximum(Doubt):
    user_message = _("That is more than the maximum, which is %(days)d. Are these the paid days?")
    field = "paid_days"


class FewerThanBefore(Doubt):
    user_message = _("By %(day)s Kela had counted more already: %(days)d.")
    field = "paid_days"


@dataclass(frozen=True, kw_only=True)
class CountFacts:
    """What Kela has counted, and where that stands."""

    benefit_code: str
    paid_days: int
    counted_on: date
    told_by: str
    document: Document | None = None

    @property
    def said(self) -> dict[str, str | int]:
        return {"benefit": self.benefit_code, "days": self.paid_days, "counted_on": self.counted_on.isoformat()}


@transaction.atomic
def count(*, case: Case, facts: CountFacts, by: User, at: datetime) -> SicknessDayCount:
    """Write down how many days Kela had paid at the end of a day; from that day on it is the truth.

    Raises:
        CaseIsClosed, BeforeBirth, InTheFuture, PaperOfAnotherCase
    Doubts: MoreThanTheMaximum, FewerThanBefore
    """
    case = _locked(case)
    _check(case, facts, today=helsinki(at))
    row: SicknessDayCount = SicknessDayCount.objects.create(
        case=case, recorded_on=helsinki(at), written_by=by, **vars(facts)
    )
    kind = "sickness_days.counted"
    timeline.add(case=case, kind=kind, by=by, at=at, on=facts.counted_on, about=row, facts=facts.said)
    lapsing.follow(case=case, by=by, at=at)
    return row


@transaction.atomic
def correct_count(
    *, row: SicknessDayCount, facts: CountFacts, reason: str, version: int, by: User, at: datetime
) -> SicknessDayCount:
    """Correct a count that was typed wrong; what was reckoned from it is reckoned anew.

    Raises:
        TakenBack, EditedMeanwhile, and what `count` raises.
    """
    case = _locked(row.case)
    row = _standing(row, version)
    _check(case, facts, today=helsinki(at), besides=row)
    why = Why(reason=reason, by=by, at=at, case=case, kind="sickness_days.corrected", facts=facts.said)
    corrections.correct(row, vars(facts), why)
    lapsing.follow(case=case, by=by, at=at)
    return row


@transaction.atomic
def take_back_count(*, row: SicknessDayCount, reason: str, version: int, by: User, at: datetime) -> SicknessDayCount:
    """Take back a count that was typed by mistake: the one before it is the truth again, or nobody has typed any.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed
    """
    case = _locked(row.case)
    row = _standing(row, version)
    facts: dict[str, str | int] = {"days": row.paid_days, "counted_on": row.counted_on.isoformat()}
    corrections.take_back(row, Why(reason=reason, by=by, at=at, case=case, kind="sickness_days.removed", facts=facts))
    lapsing.follow(case=case, by=by, at=at)
    return row


@transaction.atomic
def register(*, case: Case, registered_on: date, told_by: str, by: User, at: datetime) -> JobseekerRegistration:
    """Write down that the client has registered as a jobseeker: nobody is reminded of it any more.

    It answers the end of the sickness allowance that is known now.

    Raises:
        CaseIsClosed, BeforeBirth, InTheFuture
    """
    case = _locked(case)
    check_day(registered_on, born_on=case.client.born_on, today=helsinki(at), field="registered_on")
    known = known_benefits.of_case(case)
    payment = terms.payment(known) if known else None
    row: JobseekerRegistration = JobseekerRegistration.objects.create(
        case=case,
        registered_on=registered_on,
        told_by=told_by,
        payment_ended_on=payment.ends_on if payment else None,
        written_by=by,
    )
    timeline.add(case=case, kind="jobseeker.registered", by=by, at=at, on=registered_on, about=row)
    lapsing.follow(case=case, by=by, at=at)
    return row


@transaction.atomic
def correct_registration(
    *,
    row: JobseekerRegistration,
    registered_on: date,
    told_by: str,
    reason: str,
    version: int,
    by: User,
    at: datetime,
) -> JobseekerRegistration:
    """Correct the day of a registration, or who told it.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed, BeforeBirth, InTheFuture
    """
    case = _locked(row.case)
    row = _standing(row, version)
    check_day(registered_on, born_on=case.client.born_on, today=helsinki(at), field="registered_on")
    values: dict[str, Any] = {"registered_on": registered_on, "told_by": told_by}
    why = Why(reason=reason, by=by, at=at, case=case, kind="jobseeker.corrected", on=registered_on)
    corrections.correct(row, values, why)
    lapsing.follow(case=case, by=by, at=at)
    return row


@transaction.atomic
def take_back_registration(
    *, row: JobseekerRegistration, reason: str, version: int, by: User, at: datetime
) -> JobseekerRegistration:
    """Take back a registration that was not made: it is asked for again.

    Raises:
        TakenBack, EditedMeanwhile, CaseIsClosed
    """
    case = _locked(row.case)
    row = _standing(row, version)
    corrections.take_back(row, Why(reason=reason, by=by, at=at, case=case, kind="jobseeker.removed"))
    lapsing.follow(case=case, by=by, at=at)
    return row


def _locked(case: Case) -> Case:
    """Fetch the case locked; of a closed one while somebody follows its sickness allowance.

    Raises:
        CaseIsClosed
    """
    case = case.locked("client", "coordinator")
    if not is_worked_on(case):
        raise CaseIsClosed
    return case


def _standing[Row: (SicknessDayCount, JobseekerRegistration)](row: Row, version: int) -> Row:
    row = row.locked()
    corrections.check_standing(row)
    row.check_version(version)
    return row


def _check(case: Case, facts: CountFacts, *, today: date, besides: SicknessDayCount | None = None) -> None:
    check_day(facts.counted_on, born_on=case.client.born_on, today=today, field="counted_on")
    if facts.document is not None and facts.document.case_id != case.pk:
        raise PaperOfAnotherCase
    limit = maximum_of(facts.benefit_code, facts.counted_on)
    if limit is not None and facts.paid_days > limit.days + EXTRA_DAYS:
        doubt(MoreThanTheMaximum(days=limit.days))
    _check_order(case, facts, besides)


def _check_order(case: Case, facts: CountFacts, besides: SicknessDayCount | None) -> None:
    """A later count is seldom smaller: within the two years that are looked back upon it is another's or a slip."""
    earlier = case.sickness_day_counts.filter(
        benefit_code=facts.benefit_code, counted_on__lte=facts.counted_on, paid_days__gt=facts.paid_days
    )
    found = (earlier.exclude(pk=besides.pk) if besides else earlier).first()
    if found is not None:
        doubt(FewerThanBefore(days=found.paid_days, day=day(found.counted_on)))
