"""Keeping results of instruments that were filled in elsewhere: a register, never a test engine."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.assessments.actions import check_document
from casework.cases.actions import locked_open
from casework.law.errors import check_day
from casework.law.instruments import instrument
from casework.models import Case, Document, InstrumentResult
from casework.timeline import writing as timeline
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal


class OutOfScale(Refusal):
    user_message = _("Give a whole number from %(lowest)s to %(highest)s.")
    field = "result"


class EditionMissing(Refusal):
    user_message = _("Write the name of the instrument here.")
    field = "edition"


class ResultRemoved(Refusal):
    user_message = _("This was taken off meanwhile.")


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
    same = case.instrument_results.current().filter(instrument=details.instrument, taken_on=details.taken_on)
    found: InstrumentResult
    for found in same.select_related("document"):
        if details_of(found) == details:
            return found
    result = InstrumentResult(case=case, written_by=by)
    _fill(result, details)
    result.save()
    _tell("instrument_result.added", result, by=by, at=at)
    return result


@transaction.atomic
def change(
    *, result: InstrumentResult, details: ResultDetails, version: int, by: User, at: datetime
) -> InstrumentResult:
    """Change a result.

    Raises:
        EditedMeanwhile, ResultRemoved, and what `add` raises.
    """
    case = locked_open(result.case)
    result = result.locked()
    if result.is_removed:
        raise ResultRemoved
    result.check_version(version)
    _check(details, case, today=helsinki(at))
    _fill(result, details)
    result.save_version()
    _tell("instrument_result.changed", result, by=by, at=at)
    return result


@transaction.atomic
def remove(*, result: InstrumentResult, by: User, at: datetime) -> None:
    """Take off a result that was written down by mistake; the row stays. Twice is well.

    Raises:
        CaseIsClosed
    """
    locked_open(result.case)
    result = result.locked()
    if result.is_removed:
        return
    result.save_version(*result.mark_removed(by=by, at=at))
    _tell("instrument_result.removed", result, by=by, at=at)


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


def _fill(result: InstrumentResult, details: ResultDetails) -> None:
    for field in fields(details):
        setattr(result, field.name, getattr(details, field.name))


def _tell(kind: str, result: InstrumentResult, *, by: User, at: datetime) -> None:
    facts = {"instrument": result.instrument, "taken_on": result.taken_on.isoformat()}
    timeline.add(case=result.case, kind=kind, by=by, at=at, about=result, facts=facts)
