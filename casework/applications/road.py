"""The road of an application: rounds at the decider, appeals, removals, in order of time, and what came of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from casework.applications.appeal_days import level_title
from casework.applications.presenters import RESULT_TONES, RULING_TONES
from casework.law.workflow import APPEAL_STATE_LABELS, APPLICATION_STATE_LABELS, REMOVAL_STATE_LABELS
from casework.models import Appeal, Application, Decision, Removal, Round
from tenants.addresses import address
from tenants.display import day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A decision that came of one stretch of the road; `until`: the last day of what it grants."""

    result: "StrOrPromise"
    tone: str
    on: date
    until: date | None
    url: str


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """One round, at the decider, of an appeal or a removal: from when to when, how it ended or where it stands."""

    title: "StrOrPromise"
    begun_on: date
    ended_on: date | None
    how: "StrOrPromise"
    tone: str = "neutral"
    url: str = ""
    verdicts: list[Verdict] = field(default_factory=list)

    @property
    def when(self) -> str:
        if self.ended_on is None:
            return _("since %(day)s") % {"day": day(self.begun_on)}
        return f"{day(self.begun_on)} – {day(self.ended_on)}"


def road_of(application: Application) -> list[Stretch]:
    """Tell the road of an application read with its rounds, decisions, appeals and removals; a draft has none."""
    stretches = chain(_at_the_decider(application), _on_appeal(application), _of_removals(application))
    return sorted(stretches, key=lambda stretch: stretch.begun_on)


def _at_the_decider(application: Application) -> Iterator[Stretch]:
    """Its rounds. What code from before them wrote during an upgrade is told with the newest of them."""
    rounds = list(application.rounds.all())
    if not rounds and application.filed_on is not None:
        rounds = [Round(application=application, kind=Round.Kind.APPLICATION, begun_on=application.filed_on)]
    decisions = [found for found in application.decisions.all() if found.follows_id is None]
    for found in rounds:
        of_round = [one for one in decisions if (one.round_id or rounds[-1].pk) == found.pk]
        yield Stretch(
            title=found.get_kind_display(),
            begun_on=found.begun_on,
            ended_on=found.ended_on,
            how=_end_of(found, of_round) or APPLICATION_STATE_LABELS[application.state],
            tone="info" if found.is_open else "neutral",
            verdicts=_verdicts(of_round),
        )


def _end_of(found: Round, decisions: list[Decision]) -> "StrOrPromise":
    if found.end == Round.End.DECIDED and not decisions:
        return _("The decision was taken back")
    return found.get_end_display()


def _on_appeal(application: Application) -> Iterator[Stretch]:
    decisions = list(application.decisions.all())
    for appeal in chain.from_iterable(decision.appeals.all() for decision in decisions):
        appeal.decision.application = application
        yield Stretch(
            title=level_title(appeal),
            begun_on=appeal.filed_on or appeal.drafted_on,
            ended_on=appeal.result_on or appeal.withdrawn_on,
            how=appeal.get_result_display() if appeal.result else APPEAL_STATE_LABELS[appeal.state],
            tone=_tone_of(appeal),
            url=appeal.get_absolute_url(),
            verdicts=_verdicts(one for one in decisions if one.follows_id == appeal.pk),
        )


def _of_removals(application: Application) -> Iterator[Stretch]:
    """What was asked of its decisions when they were final, as far as the query has found any."""
    for decision in application.decisions.all() if vars(application).get("has_removals") else ():
        decision.application = application
        for removal in decision.removals.all():
            yield Stretch(
                title=_("Removal of the decision of %(day)s") % {"day": day(decision.decided_on)},
                begun_on=removal.filed_on or removal.drafted_on,
                ended_on=removal.ended_on,
                how=removal.get_answer_display() if removal.answer else REMOVAL_STATE_LABELS[removal.state],
                tone=_tone_of_removal(removal),
                url=address("removal", application.case.number, removal.pk),
            )


def _tone_of_removal(removal: Removal) -> str:
    if removal.is_draft:
        return "warning"
    return "info" if removal.is_filed else "success" if removal.has_removed else "neutral"


def _tone_of(appeal: Appeal) -> str:
    if appeal.is_draft:
        return "warning"
    return RULING_TONES.get(appeal.result) or ("info" if appeal.is_filed else "neutral")


def _verdicts(decisions: Iterable[Decision]) -> list[Verdict]:
    return [
        Verdict(
            result=found.get_result_display(),
            tone=RESULT_TONES[Decision.Result(found.result)],
            on=found.decided_on,
            until=found.granted_until,
            url=found.get_absolute_url(),
        )
        for found in decisions
    ]
