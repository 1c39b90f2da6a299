"""Two applications that are one paper to both pension systems: that they know each other, and nothing else.

What is done to both in one act is in `both_systems`, by the table of `pair_acts`.
"""

from datetime import datetime

from casework.law.pension_systems import is_same_paper
from casework.models import Application
from casework.timeline import writing as timeline
from tenants.accounts.models import User


def fits(one: Application, other: Application) -> bool:
    """Tell whether two applications may be one paper: of one case, the same benefit of the two pension systems."""
    claims = [(application.benefit_code, application.decider_code) for application in (one, other)]
    return one.pk != other.pk and one.case_id == other.case_id and is_same_paper(claims[0], claims[1], one.ruled_on)


def other_of(application: Application) -> Application | None:
    """Hand out the same application at the other pension system, with the case that is known already."""
    other: Application | None = application.together_with
    if other is not None:
        other.case = application.case
    return other


def join(one: Application, other: Application, *, by: User, at: datetime) -> None:
    """Let two locked applications know each other, and tell it once."""
    one.together_with, other.together_with = other, one
    for application in (one, other):
        application.save_version("together_with")
    _tell(one, other, "application.joined", by=by, at=at)


def part(application: Application, *, by: User, at: datetime) -> None:
    """Let a locked application stand by itself again, if it did not; each keeps what was written of it."""
    if application.together_with is None:
        return
    other = application.together_with.locked()
    for one in (application, other):
        one.together_with = None
        one.save_version("together_with")
    _tell(application, other, "application.parted", by=by, at=at)


def part_what_differs(application: Application, *, by: User, at: datetime) -> None:
    """Part a pair that a correction has made two different matters."""
    if application.together_with is not None and not fits(application, application.together_with):
        part(application, by=by, at=at)


def _tell(one: Application, other: Application, kind: str, *, by: User, at: datetime) -> None:
    facts = {"benefit": one.benefit_code, "decider": one.decider_code, "begun_on": one.ruled_on.isoformat()}
    facts["with"] = other.decider_code
    timeline.add(case=one.case, kind=kind, by=by, at=at, about=one, facts=facts)
