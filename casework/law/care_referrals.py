"""By when something is awaited of a referral to care: usual times only, because no last day is known. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from casework.law.deadlines import DeciderKind
from casework.law.practice import Measure, length
from casework.law.usual_times import ApplicationTime, usual_time
from casework.law.workflow import CARE_REFERRAL, CareState, transition

type Days = Mapping[str, Any]

CLINIC = "KTP"


@dataclass(frozen=True)
class Pair:
    """Two days of a referral that usually follow one another."""

    earlier: str
    later: str


# A day that is not known is no doubt.
ORDER = (
    Pair("asked_on", "sent_on"),
    Pair("sent_on", "more_asked_on"),
    Pair("more_asked_on", "more_due_on"),
    Pair("more_asked_on", "supplied_on"),
    Pair("sent_on", "accepted_on"),
    Pair("sent_on", "first_visit_on"),
    Pair("sent_on", "refused_on"),
    Pair("refused_on", "complained_on"),
    Pair("complained_on", "answered_on"),
    Pair("sent_on", "examined_on"),
    Pair("sent_on", "reported_on"),
    Pair("examined_on", "reported_on"),
)


def is_care_referral(benefit: str | None) -> bool:
    """Tell of the code of a benefit whether a doctor refers to it, so that nobody applies."""
    return benefit == CLINIC


def answer_time(on: date) -> ApplicationTime:
    """Find how long the answer to a referral usually takes, as the table of usual times has it.

    Raises:
        NoRule: the rows do not reach back to that day.
    """
    return usual_time(CLINIC, DeciderKind.WELLBEING_COUNTY, on)


def due_on(state: str, days: Days, *, usual_days: int, today: date) -> date | None:
    """Reckon by when an answer is usually there; of what is not known when it was, since the day it is written down.

    None where nobody outside is waited for, and of what the clinic asked: its own day stands beside it.
    """
    match state:
        case CareState.SENT:
            return (days["supplied_on"] or days["sent_on"] or today) + timedelta(days=usual_days)
        case CareState.ACCEPTED:
            return _latest(days, "accepted_on", "first_visit_on", today=today) + length(
                Measure.CARE_REPORT_ASKED, today
            )
        case CareState.EXAMINED:
            return _latest(days, "examined_on", today=today) + length(Measure.CARE_REPORT_ASKED, today)
        case CareState.COMPLAINED:
            return _latest(days, "complained_on", today=today) + length(Measure.COMPLAINT_ASKED, today)
    return None


def state_after(steps: Sequence[str]) -> str:
    """Tell where a referral stands that has taken these steps."""
    state: str = CareState.DRAFT
    for step in steps:
        found = transition(CARE_REFERRAL, state, step)
        if found is None:
            raise ValueError(f"{step} does not start from {state}.")
        state = found.target
    return str(state)


def _latest(days: Days, *names: str, today: date) -> date:
    return max((days[name] for name in names if days[name]), default=today)
