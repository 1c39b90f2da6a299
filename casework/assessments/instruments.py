"""Keeping results of instruments that were filled in elsewhere: a register, never a test engine."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.assessments.actions import check_document
from casework.cases.actions import locked_open
from casework.law.errors import check_day
from casework.law.instruments import instrument
from casework.models import Case, Document, InstrumentResult
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal


class OutOfScale(Refusal):
    user_message = _("Give a whole number from %(lowest)s to %(highest)s.")
    field = "result"


class EditionMissing(Refusal):
    user_message = _("Write the name of the instrument here.")
    field = "edition"


@dataclass(frozen=True, kw_only=True)
class ResultDetails:
    """What a person types of a result; `instrument` is a code of instruments.toml."""

    instrument: str
    taken_on: date
    result: str
    edition: str = ""
    taken_with: str = ""
    comment: str = ""
    document: Document | None = None


@transaction.atomic
def add(*, case: Case, details: ResultDetails, by: User, at: datetime) -> InstrumentResult:
    """Write down a result. The same one once more is the one that is there.

    Raises:
        OutOfScale, EditionMissing, DocumentOfAnotherCase, BeforeBirth, InTheFuture, CaseIsClosed
        UnknownInstrument: the code is in no row of the table.
    """
    case = locked_open(case)
    _check(details, case, today=helsinki(at))
    same = case.instrument_results.filter(instrument=details.instrument, taken_on=details.taken_on)
    found: InstrumentResult
    for found in same.select_related("document"):
        if details_of(found) == details:
            return found
    result = InstrumentResult(case=case, written_by=by, **_values(details))
    result.save()
    facts = _facts(result)
    timeline.add(case=case, kind="instrument_result.added", by=by, at=at, about=result, facts=facts)
    return result


@transaction.atomic
def change(
    *, result: InstrumentResult, details: ResultDetails, version: int, by: User, at: datetime
) -> InstrumentResult:
    """Change a result; what it said before stays in its history.

    Raises:
        EditedMeanwhile, TakenBack, and what `add` raises.
    """
    case, result = _locked(result, version)
    _check(details, case, today=helsinki(at))
    why = Why(reason="", by=by, at=at, case=case, kind="instrument_result.changed", facts=_facts(details))
    corrections.correct(result, _values(details), why)
    return result


@transaction.atomic
def take_back(*, result: InstrumentResult, reason: str, version: int, by: User, at: datetime) -> InstrumentResult:
    """Take back a result that was written down by mistake.

    Raises:
        EditedMeanwhile, TakenBack, CaseIsClosed
    """
    case, result = _locked(result, version)
    why = Why(reason=reason, by=by, at=at, case=case, kind="instrument_result.removed", facts=_facts(result))
    corrections.take_back(result, why)
    return result


def details_of(result: InstrumentResult) -> ResultDetails:
    """What was typed of a result that is there."""
    return ResultDetails(**{field.name: getattr(result, field.name) for field in fields(ResultDetails)})


def _check(details: ResultDetails, case: Case, *, today: date) -> None:
    known = instrument(details.instrument)
    check_day(details.taken_on, born_on=case.client.born_on, today=today, field="taken_on")
    check_document(details.document, case=case)
    if not known.takes(details.result):
        raise OutOfScale(lowest=known.lowest, highest=known.highest)
    if known.needs_edition and not details.edition:
        raise EditionMissing


def _locked(result: InstrumentResult, version: int) -> tuple[Case, InstrumentResult]:
    case = locked_open(result.case)
    result = result.locked()
    corrections.check_standing(result)
    result.check_version(version)
    return case, result


def _values(details: ResultDetails) -> dict[str, Any]:
    return {field.name: getattr(details, field.name) for field in fields(details)}


def _facts(taken: InstrumentResult | ResultDetails) -> dict[str, str | int]:
    return {"instrument": taken.instrument, "taken_on": taken.taken_on.isoformat()}
