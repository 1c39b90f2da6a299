"""What applications tell the portfolio: what was granted, what is waited for, what may be or is appealed."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from casework.applications import appeal_days
from casework.applications.presenters import Due, annulment_of, appeal_due, card, last_word, payer_of, title_of
from casework.cases.terms import newest_grant
from casework.law.portfolio import Span, Track, standing
from casework.law.workflow import ApplicationState
from casework.models import Appeal, Application, Decision, Removal
from casework.portfolio.entries import Action, Ending, Entry, Line, what_follows
from casework.portfolio.queries import Known
from tenants.addresses import address
from tenants.display import day
from tenants.rough_days import rough


def of_applications(known: Known) -> Iterator[Entry]:
    """Tell one benefit for each application."""
    for application in known.applications:
        yield _entry(application, known)


def _entry(application: Application, known: Known) -> Entry:
    decisions, today = list(application.decisions.all()), known.today
    standing_ones = [found for found in decisions if not vars(found)["has_fallen"]]
    spans = (*_waits(application), *_grants(standing_ones), *_appeals(decisions), *_removals(decisions))
    word = last_word(application)
    won = word if isinstance(word, Appeal) else None
    lines, actions = _follow_up(application, standing_ones, known)
    return Entry(
        title=title_of(application),
        payer=payer_of(application),
        standing=standing(spans, is_prepared=application.is_draft, is_won=won is not None, today=today),
        spans=spans,
        lines=(*_of_ruling(won), *_of_application(application, decisions, today=today), *lines),
        actions=tuple(actions),
        url=application.get_absolute_url(),
        expected_by=application.expected_by if application.is_waiting else None,
        is_from_before=application.is_from_before,
    )


# --- times ------------------------------------------------------------------------------------------------------------


def _waits(application: Application) -> Iterator[Span]:
    """Its rounds at the decider. Of what code from before them filed during an upgrade, the wait that the row tells."""
    rounds = list(application.rounds.all())
    for found in rounds:
        yield _wait(found.begun_on, found.ended_on, is_open=found.is_open and application.is_waiting)
    if not rounds and application.filed_on is not None:
        answered_on = application.decided_on or application.withdrawn_on
        yield _wait(application.filed_on, answered_on, is_open=application.is_waiting)


def _wait(since: date, until: date | None, *, is_open: bool) -> Span:
    return Span(track=Track.WAITING, since=rough(since), until=rough(until), known_on=since, is_open=is_open)


def _grants(decisions: Sequence[Decision]) -> Iterator[Span]:
    """What was granted. A later grant replaces an earlier one that has no last day."""
    granted = [decision for decision in decisions if decision.grants_something]
    for decision in granted:
        if decision.granted_until is not None or decision == granted[-1]:
            until = rough(decision.granted_until)
            yield Span(
                track=Track.GRANTED, since=rough(decision.granted_from), until=until, known_on=decision.decided_on
            )


def _appeals(decisions: Sequence[Decision]) -> Iterator[Span]:
    for decision in decisions:
        appeals = list(decision.appeals.all())
        for appeal in appeals:
            if appeal.filed_on is not None:
                over = rough(appeal.result_on or appeal.withdrawn_on)
                since = rough(appeal.filed_on)
                yield Span(
                    track=Track.APPEAL, since=since, until=over, known_on=appeal.filed_on, is_open=appeal.is_filed
                )
            elif appeal.is_draft:
                yield _to_appeal(appeal)
        if _runs(decision) and not any(appeal.is_draft for appeal in appeals):
            yield _to_appeal(decision)


def _removals(decisions: Sequence[Decision]) -> Iterator[Span]:
    """What was asked of a decision that was final, while its answer is awaited."""
    for removal in filter(None, map(_asked_of, decisions)):
        if removal.filed_on is not None:
            yield _wait(removal.filed_on, None, is_open=True)


def _asked_of(decision: Decision) -> Removal | None:
    """The application for its removal that is under way, as the query answered it."""
    removal: Removal | None = vars(decision).get("open_removal")
    return removal


def _undone_on(decision: Decision) -> date | None:
    """The day on which it was removed, as the query answered it."""
    undone_on: date | None = vars(decision)["undone_on"]
    return undone_on


def _to_appeal(noticed: Decision | Appeal) -> Span:
    since, until = rough(noticed.notice_on), rough(noticed.last_day)
    return Span(track=Track.TO_APPEAL, since=since, until=until, known_on=noticed.notice_on, is_open=True)


def _runs(decision: Decision) -> bool:
    """Whether its first appeal can still be expected, as the query answered it."""
    runs: bool = vars(decision)["time_runs"]
    return runs


# --- words ------------------------------------------------------------------------------------------------------------


def _of_ruling(won: Appeal | None) -> Iterator[Line]:
    if won is not None and won.result_on is not None:
        text = _("Changed on appeal on %(day)s. What is granted from when until when is not written down yet.")
        yield Line(text=text % {"day": day(won.result_on)}, tone="warning", url=won.get_absolute_url())


def _of_application(application: Application, decisions: Sequence[Decision], *, today: date) -> Iterator[Line]:
    for decision in decisions:
        values = {"result": decision.get_result_display(), "day": day(decision.decided_on)}
        yield Line(text=_("%(result)s, decision of %(day)s.") % values, url=decision.get_absolute_url())
        yield from _of_annulment(decision)
        yield from _of_appeal(decision, today=today)
        yield from _of_removal(decision)
    if application.state == ApplicationState.WITHDRAWN and application.withdrawn_on is not None:
        yield Line(text=_("Withdrawn on %(day)s.") % {"day": day(application.withdrawn_on)})
    if application.is_waiting and application.waiting_since is not None:
        yield Line(text=_waiting(application, application.waiting_since))
    if not application.is_decided:
        yield from _due(card(application, today=today).due)


def _of_annulment(decision: Decision) -> Iterator[Line]:
    """A grant that stands no longer may still be paid, or not: nobody knows that here."""
    ruling, undone_on = annulment_of(decision.appeals.all()), _undone_on(decision)
    if ruling is not None and ruling.result_on is not None:
        text = _("Annulled on appeal on %(day)s.") % {"day": day(ruling.result_on)}
        yield Line(text=_and_whether_paid(text, decision), tone="warning", url=ruling.get_absolute_url())
    if undone_on is not None:
        text = _("Removed on %(day)s.") % {"day": day(undone_on)}
        url = _of_removals(decision, vars(decision)["undone_by"])
        yield Line(text=_and_whether_paid(text, decision), tone="warning", url=url)


def _and_whether_paid(text: str, decision: Decision) -> str:
    unknown = _("Whether it is paid meanwhile is not known: ask the decider.")
    return f"{text} {unknown}" if decision.grants_something else text


def _of_removals(decision: Decision, removal: uuid.UUID) -> str:
    return address("removal", decision.application.case.number, removal)


def _waiting(application: Application, since: date) -> str:
    if application.benefit.is_care_referral:
        return _("The referral was sent on %(day)s. No decision comes of it.") % {"day": day(since)}
    return _("Waiting for a decision since %(day)s.") % {"day": day(since)}


def _of_appeal(decision: Decision, *, today: date) -> Iterator[Line]:
    """How the appeal stands, or until when there is time for it; nothing of what is over."""
    going_on = [appeal for appeal in decision.appeals.all() if appeal.is_draft or appeal.is_filed]
    is_history = decision.grants_something and decision.is_too_late(today)
    if not going_on and (is_history or not _runs(decision)):
        return
    due = appeal_due(decision, today=today)
    if due is None:
        return
    if going_on and going_on[-1].is_filed:
        yield Line(text=due.text, note=appeal_days.level_title(going_on[-1]), url=due.url)
        return
    deadline = appeal_days.of_appeal(going_on[-1]) if going_on else appeal_days.of_decision(decision)
    yield Line(text=due.text, note=due.note, tone=due.tone, origin=deadline.origin if deadline else None, url=due.url)


def _of_removal(decision: Decision) -> Iterator[Line]:
    removal = _asked_of(decision)
    if removal is None:
        return
    known = {"day": day(decision.decided_on), "since": day(removal.filed_on) if removal.filed_on else ""}
    text = _("An application for removal of the decision of %(day)s is in preparation.")
    if removal.filed_on is not None:
        text = _("Removal of the decision of %(day)s has been applied for since %(since)s.")
    yield Line(text=text % known, url=_of_removals(decision, removal.pk))


def _due(due: Due | None) -> Iterator[Line]:
    if due is not None:
        yield Line(text=due.text, note=due.note, tone=due.tone)


def _follow_up(
    application: Application, decisions: Sequence[Decision], known: Known
) -> tuple[list[Line], list[Action]]:
    """What follows the last grant, unless it is the employer's."""
    last = newest_grant(decisions)
    if last is None or application.benefit.employer_applies:
        return [], []
    [span] = _grants([last])
    ending = Ending(
        benefit_code=application.benefit_code,
        decider_code=application.decider_code,
        span=span,
        after=last.decided_on,
        of=application,
        term=known.ends.get(last.pk) if known.ends else None,
    )
    return what_follows(known, ending)
