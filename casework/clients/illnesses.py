"""What can be done to a client's list of illnesses."""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.cases.actions import locked_open
from casework.law.errors import check_day
from casework.models import Case, Illness
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants import due
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal
from tenants.rough_days import RoughDay

# A letter, two digits, then up to three more characters: M54.5, F33.1, M511, C50.9A. Finnish ICD-10 joins a cause with
# an asterisk or a plus (M49.5*C79.5); each part is a code of its own.
ICD10_CODE = re.compile(r"[A-Z][0-9]{2}(?:\.?[0-9A-Z]{1,3})?")


class NotAnIcd10Code(Refusal):
    user_message = _("This is not an ICD-10 code. Examples: M54.5, F33.1.")
    field = "icd10"


@dataclass(frozen=True, kw_only=True)
class IllnessDetails:
    """What a person types about an illness."""

    name: str
    icd10: str = ""
    since: RoughDay | None = None
    effect: str = ""


@transaction.atomic
def add(*, case: Case, details: IllnessDetails, by: User, at: datetime) -> Illness:
    """Add an illness to the list of the case's client.

    Raises:
        NotAnIcd10Code, BeforeBirth, InTheFuture, CaseIsClosed
    """
    case = locked_open(case)
    illness = Illness(client=case.client, **_checked(details, case, today=helsinki(at)))
    illness.save()
    timeline.add(case=case, kind="illness.added", by=by, at=at, about=illness)
    due.announce(due.Kind.LETTERS, at=at)  # it is looked for in the letters of decisions
    return illness


@transaction.atomic
def change(*, case: Case, illness: Illness, details: IllnessDetails, version: int, by: User, at: datetime) -> Illness:
    """Change what is known of an illness; what was known before stays in its history.

    Raises:
        EditedMeanwhile, TakenBack, NotAnIcd10Code, BeforeBirth, InTheFuture, CaseIsClosed
    """
    case, illness = _locked(case, illness, version)
    values = _checked(details, case, today=helsinki(at))
    if corrections.correct(illness, values, Why(reason="", by=by, at=at, case=case, kind="illness.changed")):
        due.announce(due.Kind.LETTERS, at=at)
    return illness


@transaction.atomic
def take_back(*, case: Case, illness: Illness, reason: str, version: int, by: User, at: datetime) -> Illness:
    """Take an illness off the list that is none of this client's; earlier decisions keep what they say of it.

    Raises:
        EditedMeanwhile, TakenBack, CaseIsClosed
    """
    case, illness = _locked(case, illness, version)
    corrections.take_back(illness, Why(reason=reason, by=by, at=at, case=case, kind="illness.removed"))
    return illness


def normal_icd10(text: str) -> str:
    """Write a code the one way it is stored: upper case, no spaces.

    Raises:
        NotAnIcd10Code: a part is not a letter, two digits and up to three more characters.
    """
    code = re.sub(r"\s", "", text).upper()
    if not all(ICD10_CODE.fullmatch(part) for part in re.split(r"[*+]", code)):
        raise NotAnIcd10Code
    return code


def _locked(case: Case, illness: Illness, version: int) -> tuple[Case, Illness]:
    case = locked_open(case)
    illness = illness.locked()
    corrections.check_standing(illness)
    illness.check_version(version)
    return case, illness


def _checked(details: IllnessDetails, case: Case, *, today: date) -> dict[str, Any]:
    """Check what was typed; answer it as it is stored."""
    check_day(details.since, born_on=case.client.born_on, today=today, field="since")
    return asdict(details) | {"icd10": normal_icd10(details.icd10) if details.icd10 else ""}
