"""What paid days of sickness allowance ask for: a check that comes, an application, a registration as a jobseeker."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from casework.cases import known_benefits, terms
from casework.cases.terms import Payment, was_history
from casework.law.practice import Measure, length
from casework.law.sickness_days import BENEFITS
from casework.models import Case
from casework.timeline.ledger import AsTask, ForWhom, Occasion, Source
from tenants.display import day

NAME = "sickness_days"  # begins every cause
APPLY, REGISTER = "apply", "register"
TIME_TO_APPLY = 150  # paid days by which Kela writes to the client


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One thing that is asked for, by its day: a number of paid days, or what the end of the payment asks for."""

    payment: Payment
    what: str
    due_on: date
    is_behind: bool = False  # of a number of days, that it was over when Kela counted
    later: tuple[str, ...] = ()  # causes that make this one stale

    @property
    def about(self) -> uuid.UUID:
        assert self.payment.decision is not None  # noqa: S101  # without one no day is known
        return self.payment.decision.application_id

    @property
    def cause(self) -> str:
        return f"{NAME}:{self.what}:{self.about}:{self.due_on.isoformat()}"

    @property
    def title(self) -> str:
        """What is to be done, in the active language."""
        words = {"days": self.what, "day": day(self.due_on)}
        if self.what == REGISTER:
            return _("Registered as a jobseeker by %(day)s: it is not done backwards in time") % words
        if self.what == APPLY and self.payment.is_by_maximum:
            return _("Sickness allowance ends %(day)s, at its maximum: pension or rehabilitation applied for") % words
        if self.what == APPLY:
            return _("Sickness allowance is paid until %(day)s: what comes after it applied for") % words
        if self.is_behind:
            return _("Kela's count of paid days is over %(days)s: ask whether it has looked at rehabilitation") % words
        if self.what == str(TIME_TO_APPLY):
            return _("Paid days reach %(days)s on %(day)s: the time to apply for pension or rehabilitation") % words
        return _("Paid days reach %(days)s on %(day)s: ask whether Kela has looked at rehabilitation") % words


def asked(payment: Payment) -> Iterator[Asked]:
    """Everything that a sickness allowance asks for, whether its time has come or not."""
    if payment.decision is None or payment.is_history or not payment.known.is_followed(payment.decision.application):
        return
    yield from _checks(payment)
    if payment.ends_on and not payment.is_applied_for:
        yield Asked(payment=payment, what=APPLY, due_on=payment.ends_on)
    if payment.register_by and payment.asks_registration:
        yield Asked(payment=payment, what=REGISTER, due_on=payment.register_by)


def _checks(payment: Payment) -> Iterator[Asked]:
    """The numbers of days that are reached, the last of them first, which makes those before it stale."""
    if payment.reckoning is None or payment.count is None:
        return
    found: list[Asked] = []
    wanted = [one for one in payment.reckoning.marks if one.mark.days != TIME_TO_APPLY or not payment.is_applied_for]
    for reached in reversed(wanted):
        if reached.on is None or was_history(reached.on, when=payment.count.recorded_on):
            continue
        later = tuple(one.cause for one in found)
        found.append(Asked(payment=payment, what=str(reached.mark.days), due_on=reached.on, later=later))
    behind = [one for one in wanted if one.is_behind and one.mark.days != TIME_TO_APPLY]  # of that the end asks anyway
    if behind and not _was_reckoned(payment, behind[-1].mark.days):
        what, later = str(behind[-1].mark.days), tuple(one.cause for one in found)
        due_on = payment.count.recorded_on
        found.append(Asked(payment=payment, what=what, due_on=due_on, is_behind=True, later=later))
    yield from found


def _was_reckoned(payment: Payment, days: int) -> bool:
    """Whether an earlier count told on which day a number of days would be reached, so that it was asked for then."""
    if payment.count is None:
        return False
    earlier = [one for one in payment.known.counts if one.counted_on < payment.count.counted_on]
    reckonings = (terms.reckoned(one, payment.paid_until) for one in earlier)
    marks = (mark for found in reckonings if found for mark in found.marks)
    return any(mark.mark.days == days and mark.on is not None for mark in marks)


def _rows(on: date) -> Iterator[Asked]:
    for known in known_benefits.read(known_benefits.with_end(benefits=BENEFITS, since=terms.read_since(on))):
        payment = terms.payment(known)
        if payment is not None:
            yield from asked(payment)


def _of_case(case: Case) -> Iterable[Asked]:
    known = known_benefits.of_case(case)
    payment = terms.payment(known) if known else None
    return asked(payment) if payment else ()


def _holding(case: Case) -> Iterator[str]:
    return (row.cause for row in _of_case(case))


def _occasion(row: Asked, on: date) -> Occasion | None:
    """A check is told when it is near; what the end asks for, as soon as the end is known."""
    if row.what not in (APPLY, REGISTER) and on < row.due_on - length(Measure.PAID_DAYS_TOLD, on):
        return None
    return Occasion(
        cause=row.cause,
        case=row.payment.known.case,
        about=row.about,
        due_on=row.due_on,
        for_whom=ForWhom.COORDINATOR,
        keeper=_keeper(row),
        channels=(AsTask(title=lambda: row.title),),
        is_still=partial(_is_still, row),
        nearer=tuple(_near(row, on)),
    )


def _near(row: Asked, on: date) -> Iterator[str]:
    """The later ones whose own time has come."""
    for cause in row.later:
        if on >= date.fromisoformat(cause.rpartition(":")[2]) - length(Measure.PAID_DAYS_TOLD, on):
            yield cause


def _keeper(row: Asked) -> uuid.UUID | None:
    decision = row.payment.decision
    return row.payment.known.keeper(decision.application) if decision else None


def _is_still(row: Asked) -> bool:
    """Ask anew whether it is asked for, of whom it was."""
    return any((one.cause, _keeper(one)) == (row.cause, _keeper(row)) for one in _of_case(row.payment.known.case))


PAID_DAYS = Source(
    name=NAME, rows=_rows, about=lambda row: row.about, occasion=_occasion, holding=_holding, is_statutory=True
)
SOURCES = (PAID_DAYS,)
