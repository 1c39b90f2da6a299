"""The deadline engine: which day is the last one, and why. Pure: values in, values out; no database and no clock.

The numbers of the law come in an `AppealRule`, which `casework.law.benefits` reads from the shipped tables.
"""

import enum
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from casework.law.calendar import check_year, is_known, months_after, next_office_day, office_day_before
from casework.law.origins import Confidence, Origin, weakest, written

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SAFETY_MARGIN = timedelta(days=7)  # our own: the target day shown large (deploy/law.md)


def _read(section: str) -> Origin:
    return Origin(source=section, confidence=Confidence.HIGH, checked_on=date(2026, 11, 22))


START_NOT_COUNTED = _read("150/1930 2 §")
MONTHS_END = _read("150/1930 3 §")
MOVED = _read("150/1930 5 §")
MUST_HAVE_ARRIVED = _read("150/1930 6 §; 13/2003 11 §")


class Channel(enum.StrEnum):
    """How the decision reached the client."""

    POST = "post"
    ELECTRONIC = "electronic"
    IN_HAND = "in_hand"
    UNKNOWN = "unknown"

    @property
    def label(self) -> "StrOrPromise":
        return CHANNEL_LABELS[self]


CHANNEL_LABELS = {
    Channel.POST: _("by post"),
    Channel.ELECTRONIC: _("electronically"),
    Channel.IN_HAND: _("handed over"),
    Channel.UNKNOWN: _("not known"),
}
SENT_LABELS = {
    Channel.POST: _("posted"),
    Channel.ELECTRONIC: _("sent electronically"),
    Channel.IN_HAND: _("handed over"),
    Channel.UNKNOWN: _("sent, channel not known"),
}


class DeciderKind(enum.StrEnum):
    """Kinds of deciders, as far as the rules of appeal tell them apart."""

    KELA = "kela"
    PENSION_INSURER = "pension_insurer"
    UNEMPLOYMENT_FUND = "unemployment_fund"
    EMPLOYMENT_AUTHORITY = "employment_authority"
    WELLBEING_COUNTY = "wellbeing_county"


class AppealLevel(enum.StrEnum):
    """The stages of an appeal: the decider with its board (or its review), the court, and the court of last instance.

    Of the last one leave to appeal is asked, in the same letter as the appeal.
    """

    FIRST = "first"
    COURT = "court"
    SUPREME = "supreme"


class Recipient(enum.StrEnum):
    """Where an appeal is delivered, which is seldom where it is decided (TyEL 128 §)."""

    DECIDER = "decider"
    COURT = "court"


ARRIVAL_REASONS = {
    Recipient.DECIDER: _("at the decider, by the end of office hours; electronically by midnight"),
    Recipient.COURT: _("at the court, by the end of office hours; electronically by midnight"),
}
ARRIVAL_AS_PRINTED = _("where the decision tells, by the end of office hours; electronically by midnight")


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A decision that was posted, sent or handed over on a day."""

    posted: date
    channel: Channel


@dataclass(frozen=True, kw_only=True)
class AppealRule:
    """The rule for one kind of decider, stage and channel, with the origins of both figures; days are calendar days."""

    decider_kind: DeciderKind
    level: AppealLevel
    channel: Channel
    presumption_days: int
    presumption_origin: Origin
    appeal_days: int
    appeal_origin: Origin
    deliver_to: Recipient
    body: str
    is_review: bool


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of the reckoning. `code` is for programs; label and reason are for people. `origins`: of its figures."""

    code: str
    label: "StrOrPromise"
    day: date
    reason: "StrOrPromise" = ""
    origins: tuple[Origin, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "label": str(self.label),
            "day": self.day.isoformat(),
            "reason": str(self.reason),
            "origins": [_origin_as_json(origin) for origin in self.origins],
        }


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A last day and how it came about; `raw_day` is the day before it moved to an office day.

    `computed_day` is there when the decision's own printed day was used: the day by the rules, for comparison.
    """

    steps: tuple[Step, ...]
    raw_day: date
    computed_day: date | None = None

    @property
    def last_day(self) -> date:
        return self.steps[-1].day

    @property
    def origin(self) -> Origin | None:
        """How well the last day is known: as its least known figure. None when it is printed in the decision."""
        if any(step.code == "printed" for step in self.steps):
            return None
        return weakest(origin for step in self.steps for origin in step.origins)

    @property
    def safe_day(self) -> date:
        """The day to aim at: an office day, a week or a little more before the day that the law's count gives."""
        week_before = self.raw_day - SAFETY_MARGIN
        return office_day_before(week_before) if is_known(week_before.year) else week_before

    def explained(self) -> str:
        """Lay the steps out in aligned columns, in the active language."""
        rows = [(str(step.label), _spoken(step.day), _because(step)) for step in self.steps]
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        return "\n".join(f"{row[0]:{widths[0]}}   {row[1]:{widths[1]}}   {row[2]}".rstrip() for row in rows)

    def as_json(self) -> dict[str, Any]:
        """Answer ISO dates and texts in the active language, ready for `json.dumps`."""
        return {
            "last_day": self.last_day.isoformat(),
            "safe_day": self.safe_day.isoformat(),
            "raw_day": self.raw_day.isoformat(),
            "computed_day": self.computed_day and self.computed_day.isoformat(),
            "steps": [step.as_json() for step in self.steps],
        }


def appeal_deadline(*, notice: Notice, rule: AppealRule, printed_last_day: date | None = None) -> Deadline:
    """Reckon the last day on which the appeal may arrive; a day printed in the decision itself wins.

    The presumed day of notice is never moved to an office day, only the last day is (150/1930 5 §).

    Raises:
        ValueError: the rule is for another channel.
        OutsideCalendar: the day is in a year whose holidays are not known.
    """
    if notice.channel != rule.channel:
        raise ValueError(f"The rule is for {rule.channel}, the notice came by {notice.channel}.")
    check_year(notice.posted.year)
    received = notice.posted + timedelta(days=rule.presumption_days)
    raw_day = received + timedelta(days=rule.appeal_days)
    steps = [*_notice_steps(notice, rule, received), _appeal_days_step(rule, raw_day), *_moved(raw_day)]
    if printed_last_day is None:
        arrival = _arrival(steps[-1].day, ARRIVAL_REASONS[rule.deliver_to])
        return Deadline(steps=(*steps, arrival), raw_day=raw_day)
    reason = _("the decision's own instructions come before this calculation")
    arrival = _arrival(printed_last_day, ARRIVAL_REASONS[rule.deliver_to])
    printed = (_printed(printed_last_day, reason), arrival)
    return Deadline(steps=(*steps, *printed), raw_day=printed_last_day, computed_day=steps[-1].day)


def printed_deadline(*, notice: Notice, printed_last_day: date) -> Deadline:
    """Take the last day that the decision itself names where no rule reckons one: that day alone makes the clock."""
    sent = Step(code="sent", label=SENT_LABELS[notice.channel], day=notice.posted)
    reason = _("the day printed in the decision; no rule of ours covers this decision")
    arrival = _arrival(printed_last_day, ARRIVAL_AS_PRINTED)
    return Deadline(steps=(sent, _printed(printed_last_day, reason), arrival), raw_day=printed_last_day)


def months_deadline(*, start: date, months: int, origin: Origin | None = None) -> Deadline:
    """Reckon the last day of a time given in months, such as a claim window; `origin` is that of the rule.

    Raises:
        ValueError: fewer than one month.
        OutsideCalendar: the day is in a year whose holidays are not known.
    """
    if months < 1:
        raise ValueError("A time in months is one month or longer.")
    raw_day = months_after(start, months)
    counted = Step(
        code="months",
        label=format_lazy(ngettext_lazy("{months} month", "{months} months", months), months=months),
        day=raw_day,
        reason=_("the day with the same number") if raw_day.day == start.day else _("the last day of the month"),
        origins=(origin, MONTHS_END) if origin else (MONTHS_END,),
    )
    steps = [Step(code="start", label=_("counted from"), day=start), counted, *_moved(raw_day)]
    arrival = _arrival(steps[-1].day, ARRIVAL_REASONS[Recipient.DECIDER])
    return Deadline(steps=(*steps, arrival), raw_day=raw_day)


def _notice_steps(notice: Notice, rule: AppealRule, received: date) -> list[Step]:
    sent = Step(code="sent", label=SENT_LABELS[notice.channel], day=notice.posted)
    if notice.channel is Channel.IN_HAND:
        return [sent]
    reason = format_lazy(_("day {days} after sending"), days=rule.presumption_days)
    if notice.channel is Channel.UNKNOWN:
        reason = format_lazy(_("day {days} after sending, the shortest rule"), days=rule.presumption_days)
    label = _("taken as received")
    return [sent, Step(code="received", label=label, day=received, reason=reason, origins=(rule.presumption_origin,))]


def _appeal_days_step(rule: AppealRule, raw_day: date) -> Step:
    return Step(
        code="days",
        label=format_lazy(ngettext_lazy("{days} day", "{days} days", rule.appeal_days), days=rule.appeal_days),
        day=raw_day,
        reason=_("the day of notice is not counted"),
        origins=(rule.appeal_origin, START_NOT_COUNTED),
    )


def _moved(raw_day: date) -> list[Step]:
    day, reason = next_office_day(raw_day)
    if day == raw_day:
        return []
    return [Step(code="moved", label=_("moved to next weekday"), day=day, reason=reason, origins=(MOVED,))]


def _printed(day: date, reason: "StrOrPromise") -> Step:
    return Step(code="printed", label=_("printed in the decision"), day=day, reason=reason)


def _arrival(day: date, reason: "StrOrPromise") -> Step:
    label = _("must have arrived by")
    return Step(code="arrival", label=label, day=day, reason=reason, origins=(MUST_HAVE_ARRIVED,))


def _origin_as_json(origin: Origin) -> dict[str, str]:
    on = origin.checked_on.isoformat() if origin.checked_on else ""
    return {
        "source": origin.source,
        "confidence": origin.confidence,
        "words": str(origin.certainty.words),
        "checked_on": on,
    }


def _spoken(day: date) -> str:
    return date_format(day, gettext("D j M Y"))


def _because(step: Step) -> str:
    return " ".join(part for part in (str(step.reason), f"({written(step.origins)})" if step.origins else "") if part)
