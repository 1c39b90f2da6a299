"""The rounds of an application at its decider, kept in step with the days that its columns say.

The application is locked by the caller, whose step begins or ends the wait; what a person corrects are its columns.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Max, Min

from casework.applications.queries import usual_time
from casework.law.benefits import Matter
from casework.models import Appeal, Application, Round
from casework.models.round import standing

Kind = Round.Kind
End = Round.End


def begin(application: Application, kind: Round.Kind | None = None, *, on: date, ruling: Appeal | None = None) -> Round:
    """Begin a round on the day since which the application waits; without a kind its first, of the filing."""
    number = (application.rounds.aggregate(newest=Max("number"))["newest"] or 0) + 1
    first = _first_kind(application)
    return Round.objects.create(application=application, number=number, kind=kind or first, begun_on=on, ruling=ruling)


def end(application: Application, how: Round.End, *, on: date) -> None:
    """End the round that is open; a draft has none."""
    application.rounds.filter(ended_on=None).update(ended_on=on, end=how)


def reopen(application: Application) -> None:
    """Let the newest wait go on: what ended it was written by mistake."""
    current = application.current_round
    if current is not None:
        Round.objects.filter(pk=current.pk).update(ended_on=None, end="")


def cancel(application: Application) -> None:
    """Do without the open round, which was begun by mistake; without the filing there was none at all."""
    current = application.current_round
    if current is not None:
        never = application.rounds.all() if current.is_first else Round.objects.filter(pk=current.pk)
        never.delete()


def before_request(application: Application) -> tuple[date | None, date]:
    """When a matter that was asked anew was decided before that, and since when that decision had been awaited."""
    before = standing(application.rounds.all())[-2]
    newest = application.decisions.aggregate(newest=Max("decided_on"))["newest"]
    return newest or before.ended_on, before.begun_on


def follow(application: Application) -> None:
    """Let the rounds say the days that were corrected: of the filing, of the newest wait and of what was withdrawn."""
    rounds = list(application.rounds.all())
    if not rounds:
        return
    first, current = rounds[0], standing(rounds)[-1]
    first.kind = _first_kind(application)
    first.begun_on = application.filed_on or first.begun_on
    current.begun_on = application.waiting_since or current.begun_on
    withdrawn = [found for found in rounds if found.end == End.WITHDRAWN]
    if withdrawn:
        withdrawn[-1].ended_on = application.withdrawn_on or withdrawn[-1].ended_on
    Round.objects.bulk_update(rounds, ["kind", "begun_on", "ended_on"])


def follow_decisions(found: Round) -> None:
    """Let a decided round end with the first of its decisions: what came later, nobody waited for."""
    earliest = found.decisions.aggregate(earliest=Min("decided_on"))["earliest"]
    if earliest is not None and found.end == End.DECIDED:
        Round.objects.filter(pk=found.pk).update(ended_on=earliest)


def reckon_waiting(application: Application) -> None:
    """Reckon from the day the waiting began by when a decision usually comes; saving is the caller's."""
    since = application.waiting_since
    usual = usual_time(application, on=since) if since else None
    usual = usual if usual and usual.is_from_filing else None
    application.usual_days = usual.usual_days if usual else None
    application.usual_source = usual.source if usual else ""
    application.usual_confidence = usual.confidence if usual else ""
    application.usual_checked_on = usual.checked_on if usual else None
    application.expected_by = since + timedelta(days=usual.usual_days) if since and usual else None


def catch_up(application: Application) -> None:
    """Write the rounds that code from before them has left out: at an upgrade it still files, decides and asks anew."""
    rounds = list(application.rounds.all())
    if _agrees(application, rounds):
        return
    if application.filed_on is None:
        application.rounds.all().delete()
        return
    if not rounds:
        begin(application, on=application.filed_on)
    _catch_up_decisions(application)
    _catch_up_state(application)


def _agrees(application: Application, rounds: Sequence[Round]) -> bool:
    """Whether the rounds are those of the application's state."""
    if application.filed_on is None:
        return not rounds
    begun = [found.begun_on for found in rounds if found.is_open]
    return bool(rounds) and begun == ([application.waiting_since] if application.is_waiting else [])


def _catch_up_decisions(application: Application) -> None:
    """Decisions without a round ended the one that is still open."""
    left_out = application.decisions.filter(round=None, follows=None)
    earliest = left_out.aggregate(earliest=Min("decided_on"))["earliest"]
    current = application.current_round
    if earliest is not None and current is not None:
        end(application, End.DECIDED, on=earliest)
        left_out.update(round=current)


def _catch_up_state(application: Application) -> None:
    """Open or end the newest round as the state has it."""
    current = application.current_round
    if current is None:
        return
    if application.is_waiting and not current.is_open and current.decisions.exists():
        begin(application, Kind.RE_EXAMINATION, on=application.waiting_since or current.begun_on)
    elif application.is_waiting:
        reopen(application)
        follow(application)
    elif current.is_open and application.withdrawn_on is not None:
        end(application, End.WITHDRAWN, on=application.withdrawn_on)
    elif current.is_open and current.is_first:
        end(application, End.DECIDED, on=application.decided_on or current.begun_on)
    elif current.is_open:
        cancel(application)


def _first_kind(application: Application) -> Round.Kind:
    return Kind.CONTINUATION if application.matter == Matter.CONTINUATION else Kind.APPLICATION
