"""What a client's withdrawal stops in a case, and what is the client's own and goes on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.applications import waiting
from casework.applications.waiting import AppealClock
from casework.cases.open_ends import End, open_ends
from casework.models import Appeal, Application, CareReferral, Case, Consent, OpenEnd, Removal


@dataclass(frozen=True, kw_only=True)
class Remains:
    """What is the client's own: applications, referrals, appeals and removals under way, and the last days that run."""

    applications: list[Application]
    care_referrals: list[CareReferral]
    appeals: list[Appeal]
    removals: list[Removal]
    clocks: list[AppealClock]

    @property
    def answers_due(self) -> list[Application]:
        """The applications whose decider waits for an answer by a day."""
        return [one for one in self.applications if one.is_returned]


def consents_on(case: Case, *, on: date) -> list[Consent]:
    """Read the client's consents that a withdrawal on a day takes back."""
    consents = Consent.objects.filter(client=case.client_id, withdrawn_on=None)
    return [consent for consent in consents if consent.valid_until is None or consent.valid_until >= on]


def what_remains(case: Case, *, on: date) -> Remains:
    """Read what goes on without the service, of an open or a closed case; not what somebody else follows."""
    elsewhere = case.ends.filter(is_current=True).exclude(holder__in=[OpenEnd.Holder.CLIENT, OpenEnd.Holder.NOBODY])
    followed = set(elsewhere.values_list("about", flat=True))
    return remains_of([end for end in open_ends(case, on=on) if end.about not in followed], on=on)


def remains_of(ends: Iterable[End], *, on: date) -> Remains:
    """Pick out of what is open what is the client's own, and the last days that have not passed on a day."""
    rows: dict[str, list[Any]] = {kind: [] for kind in OpenEnd.Kind}
    for end in ends:
        rows[end.kind].append(end.row)
    begun = [appeal for appeal in rows[OpenEnd.Kind.APPEAL] if appeal.is_draft]
    decisions = rows[OpenEnd.Kind.CLOCK] + [appeal.decision for appeal in begun if appeal.is_first_level]
    clocks = waiting.in_order(decisions, [appeal for appeal in begun if not appeal.is_first_level])
    return Remains(
        applications=rows[OpenEnd.Kind.APPLICATION],
        care_referrals=rows[OpenEnd.Kind.CARE],
        appeals=rows[OpenEnd.Kind.APPEAL],
        removals=rows[OpenEnd.Kind.REMOVAL],
        clocks=[clock for clock in clocks if clock.last_day >= on],
    )


def relation_ended_on(case: Case, *, on: date) -> date | None:
    """Answer when the client relation ends: with the last of the client's cases; None while another one is open.

    A case that is still open itself counts as ending on the day that is asked for.
    """
    others = Case.objects.filter(client=case.client_id).exclude(pk=case.pk).values_list("closed_on", flat=True)
    ends = [case.closed_on or on, *others]
    return None if None in ends else max(end for end in ends if end is not None)
