"""Writing down from which day the time to claim is counted; the last day follows, and so does what was told of it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.applications import claim_days
from casework.applications.actions import facts_of, locked
from casework.applications.pair_acts import naming, other_for
from casework.law import workflow
from casework.law.claim_windows import WindowStart
from casework.law.errors import BeforeBirth
from casework.law.practice import Measure, length
from casework.law.workflow import APPLICATION_STATE_LABELS
from casework.models import Application
from casework.timeline import corrections, ledger
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import day, helsinki
from tenants.doubts import Doubt, doubt
from tenants.errors import Refusal


class NotCountedSo(Refusal):
    user_message = _("No time to claim is known that is counted from this.")
    field = "counted_from"


class OddCountedDay(Doubt):
    user_message = _("The time to claim would be counted from %(on)s. Look at the day and its year once more.")
    field = "counted_on"

    def __init__(self, *, on: date) -> None:
        super().__init__(on=day(on))


@transaction.atomic
def count_from(
    *, application: Application, counted_from: str, counted_on: date | None, version: int, by: User, at: datetime
) -> Application:
    """Write down from what and from which day the time to claim is counted; without a day the last day is not known.

    One paper to both pension systems is claimed once: it is counted from the same day at the other half.

    Raises:
        EditedMeanwhile, CaseIsClosed, BeforeBirth, OutsideCalendar
        StepNotAllowed: the application was withdrawn.
        NotCountedSo: the benefit has no time to claim that is counted from this.
    Doubts: OddCountedDay
    """
    counted: dict[str, Any] = {"counted_from": counted_from, "counted_on": counted_on, "by": by, "at": at}
    with naming(application):
        application = locked(application)
        application.check_version(version)
        _count(application, **counted)
    other = other_for("count_from", application)
    if other is not None and counted_from in _starts(other):
        with naming(other):
            _count(locked(other), **counted)
    return application


def _count(application: Application, *, counted_from: str, counted_on: date | None, by: User, at: datetime) -> None:
    if not application.takes_evidence:
        raise workflow.StepNotAllowed(state=APPLICATION_STATE_LABELS[application.state])
    if counted_on is not None:
        _check(application, counted_from, counted_on, today=helsinki(at))
    told_of = application.claim_by
    counted = {"counted_from": counted_from if counted_on else "", "counted_on": counted_on}
    why = Why(reason="", by=by, at=at, case=application.case, kind="application.counted", facts=facts_of(application))
    corrections.fill_in(application, counted, why)
    claim_days.reckon(application)
    application.save(update_fields=Application.CLAIM)
    if application.claim_by != told_of:
        ledger.cancel(about=application.pk, at=at)


def _starts(application: Application) -> set[str]:
    """From what the time to claim of an application may be counted."""
    return {window.counted_from for window in claim_days.windows_of(application)}


def _check(application: Application, counted_from: str, counted_on: date, *, today: date) -> None:
    """Doubts: OddCountedDay, of a day a year away, and of incapacity for work that has not begun."""
    if counted_from not in _starts(application):
        raise NotCountedSo
    born_on = application.case.client.born_on
    if counted_on < born_on:
        raise BeforeBirth(born_on=born_on, field="counted_on")
    has_not_begun = counted_from == WindowStart.INCAPACITY_STARTS and counted_on > today
    if has_not_begun or abs(counted_on - today) > length(Measure.COUNTED_DAY_FAR, today):
        doubt(OddCountedDay(on=counted_on))
