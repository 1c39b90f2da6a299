"""What the panel of paid days says: Kela's count, what is reckoned from it, and what follows when the payment ends.

Every sentence is one fact with how well it is known. Without a typed count it says that nobody has typed one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.cases import known_benefits, terms
from casework.cases.terms import Payment
from casework.law import sickness_days
from casework.law.origins import Origin
from casework.law.sickness_days import Reached, Reckoning
from casework.models import Case, JobseekerRegistration, SicknessDayCount
from casework.sickness_days.occasions import TIME_TO_APPLY
from tenants.display import day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NOT_KNOWN_YET = gettext_lazy("not known: the payment is not known to go on that long")


@dataclass(frozen=True)
class Line:
    """One thing that is known or reckoned, with where it comes from; no origins are those of a person's own word."""

    label: "StrOrPromise"
    value: str
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True)
class Said:
    """One sentence about what follows, with where it comes from."""

    text: str
    origins: tuple[Origin, ...]
    is_pressing: bool = False


@dataclass(frozen=True, kw_only=True)
class DaysPanel:
    """The panel as a page shows it. `count` is None when nobody has typed how many days Kela has paid."""

    number: str  # of the case
    benefit: str
    count: SicknessDayCount | None
    counted: str
    lines: list[Line]
    said: list[Said]
    registration: JobseekerRegistration | None
    asks_registration: bool
    can_work: bool


def panel(case: Case, *, today: date, can_work: bool) -> DaysPanel | None:
    """Describe the paid days of a case; None when the client has died."""
    known = known_benefits.of_case(case)
    if known is None:
        return None
    payment = terms.payment(known) or Payment(known=known, decision=None, count=None, reckoning=None)
    return panel_of(payment, today=today, can_work=can_work)


def panel_of(payment: Payment, *, today: date, can_work: bool) -> DaysPanel:
    """Describe the paid days of a payment that was read."""
    code = _benefit_code(payment)
    return DaysPanel(
        number=payment.known.case.number,
        benefit=code,
        count=payment.count,
        counted=_counted(payment.count) if payment.count else "",
        lines=list(_lines(payment, today=today)),
        said=list(_said(payment, today=today)),
        registration=payment.registration,
        asks_registration=payment.asks_registration,
        can_work=can_work,
    )


def _benefit_code(payment: Payment) -> str:
    if payment.decision is not None:
        return str(payment.decision.application.benefit_code)
    return str(payment.count.benefit_code) if payment.count else sickness_days.SICKNESS_ALLOWANCE


def _counted(count: SicknessDayCount) -> str:
    """Say what Kela has counted, as it was typed."""
    text = ngettext(
        "Kela has counted %(days)d paid day by %(day)s",
        "Kela has counted %(days)d paid days by %(day)s",
        count.paid_days,
    )
    return text % {"days": count.paid_days, "day": day(count.counted_on)}


def _lines(payment: Payment, *, today: date) -> Iterator[Line]:
    """What is reckoned on from the count, then until when it is paid."""
    reckoning = payment.reckoning
    if reckoning is not None:
        yield from _reckoned_today(reckoning, today)
        for reached in reckoning.marks:
            text = ngettext("%(days)d paid day", "%(days)d paid days", reached.mark.days)
            yield Line(text % {"days": reached.mark.days}, _when(reached), reached.origins or (reached.mark,))
        if reckoning.maximum is not None:
            yield _maximum(reckoning.maximum)
    yield Line(_("Paid until"), _paid_until(payment))


def _reckoned_today(reckoning: Reckoning, today: date) -> Iterator[Line]:
    days = reckoning.days_by(today)
    if days is not None and today > reckoning.counted.on:
        origins = (sickness_days.fact("weekday", today),)
        yield Line(_("By today"), ngettext("about %(days)d day", "about %(days)d days", days) % {"days": days}, origins)


def _when(reached: Reached) -> str:
    if reached.is_behind:
        return _("reached by the day of the count")
    return day(reached.on) if reached.on else str(NOT_KNOWN_YET)


def _maximum(reached: Reached) -> Line:
    label = _("Maximum, in days: %(days)d") % {"days": reached.mark.days}
    if reached.is_behind:
        return Line(label, _("used up"), (reached.mark,))
    if reached.on is None:
        return Line(label, str(NOT_KNOWN_YET), (reached.mark,))
    return Line(label, _("last paid day %(day)s") % {"day": day(reached.on)}, reached.origins)


def _paid_until(payment: Payment) -> str:
    until = payment.decision.granted_until if payment.decision else None
    if until is None:
        return _("not known: no decision says until when it is granted")
    return _("%(day)s, by the decision") % {"day": day(until)}


def _said(payment: Payment, *, today: date) -> Iterator[Said]:
    """What the days mean, in whole sentences."""
    reckoning, on = payment.reckoning, today
    if reckoning is not None and reckoning.is_contradicted:
        yield Said(
            _("By this count the maximum would have ended the payment before the day of the count. Ask Kela."), (), True
        )
    if reckoning is not None and any(reached.mark.days == TIME_TO_APPLY for reached in reckoning.marks):
        yield Said(
            _(
                "At about 150 paid days Kela writes to the client: "
                "that is the time to apply for pension or rehabilitation."
            ),
            (sickness_days.fact("kela_writes", on),),
        )
    yield from _said_of_the_end(payment, on=on)
    if reckoning is not None and reckoning.maximum is not None and reckoning.counted:
        yield from _said_of_the_maximum(payment, reckoning.maximum, on=on)


def _said_of_the_end(payment: Payment, *, on: date) -> Iterator[Said]:
    if payment.register_by is None or payment.is_history:
        return
    text = _("The client is registered as a jobseeker on %(day)s at the latest: it cannot be done backwards in time.")
    origin = sickness_days.fact("registration", on)
    yield Said(text % {"day": day(payment.register_by)}, (origin,), payment.asks_registration)


def _said_of_the_maximum(payment: Payment, maximum: Reached, *, on: date) -> Iterator[Said]:
    if _benefit_code(payment) != sickness_days.SICKNESS_ALLOWANCE:
        return
    yield Said(
        _(
            "It is paid to the end of the month before the month in which 300 days would be reached. "
            "Kela looks two years back."
        ),
        (sickness_days.fact("look_back", on),),
    )
    if not (maximum.is_behind or payment.is_by_maximum):
        return
    yield Said(
        _(
            "When the maximum is used up and an application for disability pension is pending or has been rejected, "
            "the client is entitled to unemployment benefit as a jobseeker, although unfit for work."
        ),
        (sickness_days.fact("unemployment", on),),
    )
    yield Said(
        _("After the maximum, at least 30 days in work can bring up to 50 more days."),
        (sickness_days.fact("extra_days", on),),
    )
