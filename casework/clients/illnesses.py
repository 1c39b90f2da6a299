"""What can be done to a client's list of illnesses."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.cases.actions import locked_open
from casework.law.errors import check_day
from casework.models import Case, Illness
from casework.timeline import writing as timeline
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal

# A letter, two digits, then up to three more characters: M54.5, F33.1, M511, C50.9A. Finnish ICD-10 joins a cause with
# an asterisk or a plus (M49.5*C79.5); each part is a code of its own.
ICD10_CODE = re.compile(r"[A-Z][0-9]{2}(?:\.?[0-9A-Z]{1,3})?")


class NotAnIcd10Code(Refusal):
    user_message = _("This is not an ICD-10 code. Examples: M54.5, F33.1.")
    field = "icd10"


class IllnessRemoved(Refusal):
    user_message = _("This illness was taken off the list meanwhile.")


@dataclass(frozen=True, kw_only=True)
class IllnessDetails:
    """What a person types about an illness."""

    name: str
    icd10: str = ""
    since: date | None = None
    effect: str = ""


@transaction.atomic
def add(*, case: Case, details: IllnessDetails, by: User, at: datetime) -> Illness:
    """Add an illness to the list of the case's client.

    Raises:
        NotAnIcd10Code, BeforeBirth, InTheFuture, CaseIsClosed
    """
    case = locked_open(case)
    illness = Illness(client=case.client)
    _fill(illness, details, case, today=helsinki(at))
    illness.save()
    timeline.add(case=case, kind="illness.added", by=by, at=at, about=illness)
    return illness


@transaction.atomic
def change(*, case: Case, illness: Illness, details: IllnessDetails, version: int, by: User, at: datetime) -> Illness:
    """Change what is known of an illness.

    Raises:
        EditedMeanwhile, IllnessRemoved, NotAnIcd10Code, BeforeBirth, InTheFuture, CaseIsClosed
    """
    case = locked_open(case)
    illness = illness.locked()
    if illness.is_removed:
        raise IllnessRemoved
    illness.check_version(version)
    _fill(illness, details, case, today=helsinki(at))
    illness.save_version()
    timeline.add(case=case, kind="illness.changed", by=by, at=at, about=illness)
    return illness


@transaction.atomic
def remove(*, case: Case, illness: Illness, by: User, at: datetime) -> None:
    """Take an illness off the list; what was written of it stays for the decisions it was part of. Twice is well.

    Raises:
        CaseIsClosed
    """
    case = locked_open(case)
    illness = illness.locked()
    if illness.is_removed:
        return
    illness.save_version(*illness.mark_removed(by=by, at=at))
    timeline.add(case=case, kind="illness.removed", by=by, at=at, about=illness)


def normal_icd10(text: str) -> str:
    """Write a code the one way it is stored: upper case, no spaces.

    Raises:
        NotAnIcd10Code: a part is not a letter, two digits and up to three more characters.
    """
    code = re.sub(r"\s", "", text).upper()
    if not all(ICD10_CODE.fullmatch(part) for part in re.split(r"[*+]", code)):
        raise NotAnIcd10Code
    return code


def _fill(illness: Illness, details: IllnessDetails, case: Case, *, today: date) -> None:
    check_day(details.since, born_on=case.client.born_on, today=today, field="since")
    illness.name = details.name
    illness.icd10 = normal_icd10(details.icd10) if details.icd10 else ""
    illness.since = details.since
    illness.effect = details.effect
