"""Benefits that are paid until a day: which continuation is to be prepared, and when a sickness allowance ends.

Nothing is logged here and nobody's rights are asked. A client who has died has neither.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from casework.cases import known_benefits
from casework.cases.known_benefits import Known
from casework.law import continuations, sickness_days
from casework.law.benefits import Matter
from casework.law.continuations import Continued
from casework.law.practice import Measure, length
from casework.law.sickness_days import BENEFITS, Counted, Reckoning
from casework.law.workflow import UNDER_WAY, WAITING, ApplicationState
from casework.models import Application, Decision, JobseekerRegistration, NoContinuation, SicknessDayCount

Result = Decision.Result

PENSIONS = frozenset({"TKE-K", "TKE-T", "OTKE", "KT"})
REHABILITATION = frozenset({"AK-K", "AK-T", "HVK", "VLK", "KSEL", "KR"})
PAID_INSTEAD = frozenset({"TKE-K", "TKE-T", "KT", "KR"})  # who gets one of these need not be a jobseeker
FOR_GOOD = frozenset({"TKE-K", "TKE-T"})  # of the others a grant without a last day is one whose end nobody knows
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Payment:
    """The sickness allowance of a case: until when the newest decision grants it, and Kela's newest count."""

    known: Known
    decision: Decision | None
    count: SicknessDayCount | None
    reckoning: Reckoning | None

    @property
    def ends_on(self) -> date | None:
        """The last day that is known to be paid."""
        if self.reckoning is not None:
            return self.reckoning.ends_on
        return self.decision.granted_until if self.decision else None

    @property
    def paid_until(self) -> date | None:
        """The last day that a decision grants."""
        return self.decision.granted_until if self.decision else None

    @property
    def is_by_maximum(self) -> bool:
        return self.reckoning is not None and self.reckoning.is_by_maximum

    @property
    def register_by(self) -> date | None:
        """The day after, on which the client is registered as a jobseeker at the latest (B21)."""
        return self.ends_on + DAY if self.ends_on and self.ends_on < date.max else None

    @property
    def is_history(self) -> bool:
        """Whether it had ended long ago when it was written down."""
        if self.ends_on is None or self.decision is None:
            return True
        return was_history(self.ends_on, when=self.decision.recorded_on)

    @property
    def registration(self) -> JobseekerRegistration | None:
        """The registration that answers this end: of the same or a later end, or made after it."""
        return next(filter(self._answers, self.known.registrations), None)

    @property
    def asks_registration(self) -> bool:
        """Whether the client is to be registered as a jobseeker, and nobody has said that it is done."""
        return not (self.is_history or self.registration or self.is_paid_instead)

    @property
    def is_paid_instead(self) -> bool:
        """Whether another benefit is granted from then on."""
        return any(
            found.application.benefit_code in PAID_INSTEAD and reaches_beyond(found, self.ends_on)
            for found in self.known.decisions
        )

    @property
    def is_applied_for(self) -> bool:
        """Whether pension or rehabilitation was applied for lately; before the maximum also a continuation."""
        return self.is_paid_instead or any(map(self._is_next, self.known.applications))

    def _is_next(self, found: Application) -> bool:
        if found.filed_on is None or found.state == ApplicationState.WITHDRAWN or self.ends_on is None:
            return False
        if found.benefit_code in PENSIONS | REHABILITATION:
            return found.filed_on >= self.ends_on - length(Measure.APPLIED_LATELY, self.ends_on)
        is_after = self.decision is not None and found.filed_on > self.decision.decided_on
        return found.benefit_code in BENEFITS and found.state in WAITING and is_after and not self.is_by_maximum

    def _answers(self, found: JobseekerRegistration) -> bool:
        if self.ends_on is None:
            return False
        named = found.payment_ended_on
        return found.registered_on > self.ends_on or (named is not None and named >= self.ends_on)


@dataclass(frozen=True, kw_only=True)
class Term:
    """A grant until a day, whole or in part, of which the continuation is to be prepared."""

    known: Known
    decision: Decision
    row: Continued

    @property
    def ends_on(self) -> date:
        assert self.decision.granted_until is not None  # noqa: S101  # else it is no term
        return self.decision.granted_until

    @property
    def application(self) -> Application:
        return self.decision.application

    @property
    def refused(self) -> NoContinuation | None:
        """The word that no continuation is applied for."""
        return next((found for found in self.known.refused if found.decision_id == self.decision.pk), None)

    @property
    def continuation(self) -> Application | None:
        """An application for the time after: filed, else in preparation."""
        found = [application for application in self.known.applications if self._goes_on(application)]
        return max(found, key=lambda application: application.filed_on is not None, default=None)

    @property
    def is_covered(self) -> bool:
        """Whether another decision of the same payer goes on after it, or a newer one says the same."""
        return any(map(self._covers, self.known.decisions))

    @property
    def is_open(self) -> bool:
        """Whether somebody is to prepare the continuation. Of an end long ago when it was written down nobody is."""
        is_filed = self.continuation is not None and self.continuation.filed_on is not None
        is_history = was_history(self.ends_on, when=self.decision.recorded_on)
        return not (is_filed or is_history or self.is_covered or self.refused)

    def _is_same(self, application: Application) -> bool:
        is_payer = application.decider_code == self.application.decider_code
        return is_payer and application.benefit_code in self.row.family

    def _goes_on(self, found: Application) -> bool:
        """One that was begun since the decision, or a continuation from before it that is not decided yet."""
        if found.pk == self.application.pk or found.state == ApplicationState.WITHDRAWN or not self._is_same(found):
            return False
        is_awaited = found.matter == Matter.CONTINUATION and found.state in UNDER_WAY
        return is_awaited or (found.filed_on or found.drafted_on) >= self.decision.decided_on

    def _covers(self, other: Decision) -> bool:
        if other.pk == self.decision.pk or not self._is_same(other.application):
            return False
        is_newer = _order(other) > _order(self.decision)
        if other.result == Result.GRANTED:
            return is_newer
        is_same_end = other.granted_until == self.ends_on and is_newer
        return other.granted_until is not None and (other.granted_until > self.ends_on or is_same_end)


def was_history(on: date, *, when: date) -> bool:
    """Whether a day was so far back when it was written down that nobody is to be asked about it."""
    return on < when - length(Measure.JUST_ENDED, when)


def read_since(on: date) -> date:
    """The day since which ends are read: what ended before it is told to nobody."""
    return on - length(Measure.APPLIED_LATELY, on)


def payment(known: Known) -> Payment | None:
    """The sickness allowance of a case, as the newest grant and Kela's newest count say; None without either."""
    decision = newest_grant(found for found in known.decisions if found.application.benefit_code in BENEFITS)
    benefit = decision.application.benefit_code if decision else None
    counts = [count for count in known.counts if benefit in (None, count.benefit_code)]
    count = max(counts, key=lambda found: (found.counted_on, found.created_at), default=None)
    if decision is None and count is None:
        return None
    until = decision.granted_until if decision else None
    return Payment(known=known, decision=decision, count=count, reckoning=reckoned(count, until))


def newest_grant(decisions: Iterable[Decision]) -> Decision | None:
    """The newest decision that grants something; one of an earlier time, made afterwards, does not end what runs on."""
    granted = [found for found in decisions if found.grants_something]
    standing = [found for found in granted if not any(_runs_on_after(found, other) for other in granted)]
    return max(standing, key=_order, default=None)


def terms(known: Known) -> Iterator[Term]:
    """The decisions of a case that were granted until a day and can be continued, whether or not somebody is to."""
    for decision in known.decisions:
        row = _row(decision)
        if row is not None:
            yield Term(known=known, decision=decision, row=row)


def term_of(decision: Decision) -> Term | None:
    """The term of one decision; None when nothing goes on from it, or its client has died."""
    known = known_benefits.of_case(decision.application.case) if _row(decision) else None
    found = terms(known) if known else iter(())
    return next((term for term in found if term.decision.pk == decision.pk), None)


def _row(decision: Decision) -> Continued | None:
    """How it is continued; None when it was not granted until a day, wholly or in part."""
    if decision.granted_until is None:
        return None
    return continuations.continued(decision.application.benefit_code, decision.decided_on)


def _runs_on_after(found: Decision, other: Decision) -> bool:
    """Whether what the one grants was over before the other was decided, which reaches beyond its own day."""
    if found.granted_until is None or found.granted_until >= other.decided_on:
        return False
    return other.granted_until is None or other.granted_until >= other.decided_on


def reckoned(count: SicknessDayCount | None, until: date | None) -> Reckoning | None:
    """Reckon on from a count of Kela's, as long as the payment is known to go on."""
    if count is None:
        return None
    counted = Counted(paid_days=count.paid_days, on=count.counted_on)
    return sickness_days.reckon(counted, benefit=count.benefit_code, paid_until=until)


def reaches_beyond(decision: Decision, end: date | None) -> bool:
    """Whether what a decision grants is known to be paid after a day."""
    if end is None or decision.result == Result.REJECTED:
        return False
    if decision.granted_until is not None:
        return decision.granted_until > end
    return decision.result == Result.GRANTED and decision.application.benefit_code in FOR_GOOD


def _order(decision: Decision) -> tuple[object, ...]:
    return decision.decided_on, decision.created_at
