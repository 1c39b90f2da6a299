"""Appeals in a walk, from the draft to the last word: each function is one step, by the real actions."""

from typing import Any

from casework.appeals import actions as appeals
from casework.appeals import brought, self_correction, supplements
from casework.appeals.brought import Brought
from casework.appeals.supplements import SupplementDetails
from casework.models import Appeal, AppealSupplement, Decision, Document
from deploy.demo import texts
from deploy.demo.walk import Walk


def draft_appeal(walk: Walk, decision: Decision, ago: int) -> Appeal:
    appeal = appeals.draft(decision=decision, by=walk.by, at=walk.moment(walk.days.ago(ago)))
    walk.note(walk.chance.choice(texts.APPEAL), ago)
    walk.serve("appeal_help", walk.chance.choice((90, 120, 150)), ago, "Valituksessa auttaminen")
    return appeal


def file_appeal(walk: Walk, appeal: Appeal, ago: int, *, late_reason: str = "") -> Appeal:
    on = walk.days.ago(ago)
    return appeals.file(
        appeal=appeal,
        filed_on=on,
        sent_by="electronic",
        late_reason=late_reason,
        version=appeal.version,
        by=walk.by,
        at=walk.moment(on),
    )


def answer_appeal(walk: Walk, appeal: Appeal, result: str, ago: int) -> Appeal:
    """Record the board's answer; a rejection begins the appeal to the court."""
    return appeals.decide(
        appeal=appeal,
        result=result,
        result_on=walk.days.ago(ago + 1),
        result_channel="post",
        result_notice_on=walk.days.ago(ago),
        version=appeal.version,
        by=walk.by,
        at=walk.moment(walk.days.ago(ago - 2)),
    )


def correct_in_part(walk: Walk, appeal: Appeal, ago: int) -> Appeal:
    """The decider corrects a part: an interim decision."""
    on = walk.days.ago(ago)
    return self_correction.correct_in_part(appeal=appeal, on=on, version=appeal.version, by=walk.by, at=walk.moment(on))


def correct_in_full(walk: Walk, appeal: Appeal, ago: int, *, document: Document, **decided: Any) -> Decision:
    """The decider corrects itself in full by a new decision, with its paper."""
    return self_correction.correct_in_full(
        appeal=appeal,
        decided_on=walk.days.ago(ago + 1),
        notice_on=walk.days.ago(ago),
        channel="post",
        document=document,
        **decided,
        version=appeal.version,
        by=walk.by,
        at=walk.moment(walk.days.ago(ago - 3)),
    )


def forward(walk: Walk, appeal: Appeal, ago: int, *, heard: int | None = None) -> Appeal:
    """The decider passes the appeal on to the board; `heard`: when that is known, if later."""
    at = walk.moment(walk.days.ago(ago if heard is None else heard))
    return self_correction.forward(appeal=appeal, on=walk.days.ago(ago), version=appeal.version, by=walk.by, at=at)


def ask_comment(walk: Walk, appeal: Appeal, ago: int, *, due: int) -> Appeal:
    """The board asks what the client says of the decider's statement, until `due` days ago."""
    at = walk.moment(walk.days.ago(ago))
    return self_correction.ask_comment(
        appeal=appeal, due_on=walk.days.ago(due), version=appeal.version, by=walk.by, at=at
    )


def comment(walk: Walk, appeal: Appeal, text: str, ago: int) -> Appeal:
    """Send what the client says to the board as a letter of its own."""
    on = walk.days.ago(ago)
    kind, receiver = AppealSupplement.Kind.COMMENT, AppealSupplement.Receiver.BODY
    details = SupplementDetails(kind=kind, receiver=receiver, text=text)
    letter = supplements.write(appeal=appeal, details=details, by=walk.by, at=walk.moment(on))
    sent: dict[str, Any] = {"sent_on": on, "sent_by": "electronic", "version": letter.version}
    supplements.send(supplement=letter, **sent, by=walk.by, at=walk.moment(on))
    appeal = Appeal.objects.get(pk=appeal.pk)
    return self_correction.comment(appeal=appeal, on=on, version=appeal.version, by=walk.by, at=walk.moment(on))


def bring(walk: Walk, details: Brought, ago: int) -> Decision:
    """Write down what the client brings to a meeting."""
    return brought.bring(case=walk.case, details=details, by=walk.by, at=walk.moment(walk.days.ago(ago)))
