"""What can be done to a benefit that nobody here applied for: write it down, change or end it, take it back."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.case_tasks import lapsing
from casework.cases.actions import locked_open
from casework.law.errors import check_day
from casework.models import Case, OtherBenefit
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import day, helsinki
from tenants.errors import Refusal
from tenants.rough_days import RoughDay


class BenefitMissing(Refusal):
    user_message = _("Choose the benefit from the list, or write what it is.")
    field = "benefit_code"


class PaidBackwards(Refusal):
    user_message = _("It is paid from %(paid_from)s. It cannot end before that. Check the days.")
    field = "paid_until"


@dataclass(frozen=True, kw_only=True)
class BenefitDetails:
    """What somebody told of a benefit; a name only where the list has no code for it."""

    benefit_code: str = ""
    name: str = ""
    decider_code: str = ""
    paid_from: RoughDay | None = None
    paid_until: RoughDay | None = None
    source: str
    source_note: str = ""
    told_on: date


@transaction.atomic
def add(*, case: Case, details: BenefitDetails, by: User, at: datetime) -> OtherBenefit:
    """Write down a benefit of the case's client. The same details once more are the benefit that is there.

    Raises:
        BenefitMissing, PaidBackwards, BeforeBirth, InTheFuture, CaseIsClosed
    """
    case = locked_open(case)
    _check(details, case, today=helsinki(at))
    for found in case.client.other_benefits.filter(told_on=details.told_on):
        if _details_of(found) == details:
            return found
    benefit = OtherBenefit(client=case.client, written_by=by, **asdict(details))
    benefit.save()
    timeline.add(case=case, kind="benefit.added", by=by, at=at, about=benefit, facts=_facts(details))
    lapsing.follow(case=case, by=by, at=at)
    return benefit


@transaction.atomic
def change(
    *, case: Case, benefit: OtherBenefit, details: BenefitDetails, version: int, by: User, at: datetime
) -> OtherBenefit:
    """Change what is known of a benefit, or end it by its last day; what was known before stays in the history.

    Raises:
        EditedMeanwhile, TakenBack, BenefitMissing, PaidBackwards, BeforeBirth, InTheFuture, CaseIsClosed
    """
    case, benefit = _locked(case, benefit, version)
    _check(details, case, today=helsinki(at))
    why = Why(reason="", by=by, at=at, case=case, kind="benefit.changed", facts=_facts(details))
    corrections.correct(benefit, asdict(details), why)
    lapsing.follow(case=case, by=by, at=at)
    return benefit


@transaction.atomic
def take_back(*, case: Case, benefit: OtherBenefit, reason: str, version: int, by: User, at: datetime) -> OtherBenefit:
    """Take back a benefit that was written down by mistake. One that is paid no longer is given a last day instead.

    Raises:
        EditedMeanwhile, TakenBack, CaseIsClosed
    """
    case, benefit = _locked(case, benefit, version)
    facts = _facts(_details_of(benefit))
    corrections.take_back(benefit, Why(reason=reason, by=by, at=at, case=case, kind="benefit.removed", facts=facts))
    lapsing.follow(case=case, by=by, at=at)
    return benefit


def _locked(case: Case, benefit: OtherBenefit, version: int) -> tuple[Case, OtherBenefit]:
    case = locked_open(case)
    benefit = benefit.locked()
    corrections.check_standing(benefit)
    benefit.check_version(version)
    return case, benefit


def _check(details: BenefitDetails, case: Case, *, today: date) -> None:
    """It may begin and end later than today; what was told was told by then."""
    if not details.benefit_code and not details.name:
        raise BenefitMissing
    born_on = case.client.born_on
    check_day(details.told_on, born_on=born_on, today=today, field="told_on")
    for field in ("paid_from", "paid_until"):
        check_day(getattr(details, field), born_on=born_on, today=date.max, field=field)
    if details.paid_from and details.paid_until and details.paid_until.last < details.paid_from.first:
        raise PaidBackwards(paid_from=day(details.paid_from))


def _details_of(benefit: OtherBenefit) -> BenefitDetails:
    return BenefitDetails(**{field.name: getattr(benefit, field.name) for field in fields(BenefitDetails)})


def _facts(details: BenefitDetails) -> dict[str, str | int]:
    """What the timeline says of it: codes only, a name of its own stays sealed."""
    facts: dict[str, str | int] = {"begun_on": details.told_on.isoformat()}
    codes = {"benefit": details.benefit_code, "decider": details.decider_code}
    return facts | {name: code for name, code in codes.items() if code}
