"""What the pages of an appeal show: its level by its real name, the deadline, the steps, and what it must contain."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from casework.appeals import appeal_grounds as grounds
from casework.applications import appeal_days
from casework.applications.claim_words import Sentence
from casework.applications.deadlines import shown
from casework.applications.presenters import RULING_TONES, payer_of, title_of
from casework.law.appeal_rows import AppealStage
from casework.law.deadlines import AppealLevel, Recipient
from casework.law.origins import Origin
from casework.law.placeholders import reminders
from casework.law.workflow import APPEAL_STATE_LABELS, AppealState
from casework.models import Appeal
from casework.models.decision import is_confirmed
from tenants.components import Step
from tenants.display import day

TONES = {"draft": "warning", "filed": "info", "forwarded": "info", "decided": "neutral", "withdrawn": "neutral"}
LANGUAGES = {"fi": gettext_lazy("in Finnish"), "sv": gettext_lazy("in Swedish")}


@dataclass(frozen=True)
class Coming:
    """What follows from a ruling, and how well that is known where it is law."""

    text: str
    origin: Origin | None = None


def page(appeal: Appeal, *, today: date, can_work: bool) -> dict[str, Any]:
    """Everything the page of an appeal and its forms show."""
    application = appeal.decision.application
    deadline, words = appeal_days.of_appeal(appeal), appeal_days.words_of(appeal)
    further = _next(appeal)
    last_day = day(appeal.last_day) if appeal.last_day else ""
    return {
        "case": application.case,
        "application": application,
        "decision": appeal.decision,
        "appeal": appeal,
        "can_work": can_work,
        "today": today,
        "benefit": title_of(application),
        "payer": payer_of(application),
        "title": appeal_days.level_title(appeal),
        "words": words,
        "body": body_of(appeal),
        "delivered_to": delivered_to(appeal),
        "form_name": _form_name(appeal),
        "tag": appeal.get_result_display() if appeal.result else APPEAL_STATE_LABELS[appeal.state],
        "tone": RULING_TONES.get(appeal.result) or TONES[appeal.state],
        "deadline": shown(deadline, today=today, words=words) if deadline else None,
        "why_unknown": "" if deadline else appeal_days.why_unknown(application, appeal.notice_on, _level(appeal)),
        "no_last_day_reason": (appeal.decision if appeal.is_first_level else appeal).no_last_day_reason,
        "ends_on": str(words.end_in_brackets) % {"on": last_day},
        "was_last": str(words.last_day_was) % {"day": last_day},
        "is_confirmed": _is_confirmed(appeal),
        "goes_to_board": appeal_days.goes_to_board(appeal),
        "forwarding": appeal_days.forwarding_of(appeal) if appeal.state == AppealState.FILED else None,
        "new_decision": appeal.new_decisions.first() if appeal.result == Appeal.Result.CORRECTED else None,
        "steps": _steps(appeal),
        "reminders": reminders(appeal.demand, appeal.grounds) if appeal.is_draft else [],
        "written_in": LANGUAGES[grounds.language_of(application)],
        "next_appeal": further,
        "next_title": appeal_days.level_title(further) if further else "",
        "how": _how(appeal),
        "may_begin_next": further is None and appeal_days.can_go_further(appeal),
        "comes_next": _comes_next(appeal) if appeal.is_decided and further is None else None,
    }


def _level(appeal: Appeal) -> AppealLevel:
    return Appeal.Level(appeal.level).stage


def _stage(appeal: Appeal) -> AppealStage | None:
    return appeal_days.stage_of(appeal.decision.application, appeal.notice_on, _level(appeal))


def body_of(appeal: Appeal) -> str:
    """Name who decides it in the active language, "" when no rule tells."""
    return appeal_days.body_name(appeal.decision.application, appeal.notice_on, _level(appeal))


def delivered_to(appeal: Appeal) -> str:
    """Say where it must arrive: mostly the decider, not the board (TyEL 128 §); "" when no verified rule tells it."""
    stage = _stage(appeal)
    if stage is None:
        return ""
    if stage.deliver_to == Recipient.COURT:
        return body_of(appeal)
    return appeal.decision.application.decider.name_in_sentence


def _form_name(appeal: Appeal) -> str:
    stage = _stage(appeal)
    return stage.form if stage else ""


def _is_confirmed(appeal: Appeal) -> bool:
    return is_confirmed(appeal.decision if appeal.is_first_level else appeal)


def _steps(appeal: Appeal) -> list[Step]:
    is_older = appeal.filed_on is not None and appeal.drafted_on > appeal.filed_on  # written down afterwards
    begun = Step(_("Preparation"), "" if is_older else day(appeal.drafted_on), "now" if appeal.is_draft else "done")
    if appeal.withdrawn_on:
        return [begun, Step(pgettext("appeal", "Withdrawn"), day(appeal.withdrawn_on), "now")]
    filed_tone = "warning" if appeal.was_late else ""
    return [
        begun,
        Step(
            pgettext("appeal", "Filed"),
            day(appeal.filed_on) if appeal.filed_on else "",
            "now" if appeal.state == AppealState.FILED else "done" if appeal.is_forwarded or appeal.is_decided else "",
            filed_tone,
        ),
        *_board_step(appeal),
        Step(
            _("Ruling") if appeal.result != Appeal.Result.CORRECTED else _("Corrected by the decider itself"),
            day(appeal.result_on) if appeal.result_on else "",
            "now" if appeal.is_decided else "",
            "danger" if RULING_TONES.get(appeal.result) == "danger" else "",
        ),
    ]


def _board_step(appeal: Appeal) -> list[Step]:
    """With the board, where there is one; an appeal that the decider has met before that never gets there."""
    is_met_before = appeal.result == Appeal.Result.CORRECTED and not appeal.forwarded_on
    if not appeal_days.goes_to_board(appeal) or is_met_before:
        return []
    when = day(appeal.forwarded_on) if appeal.forwarded_on else ""
    stage = "now" if appeal.is_forwarded else "done" if appeal.forwarded_on and appeal.is_decided else ""
    return [Step(_("With the board"), when, stage)]


def what_follows(appeal: Appeal) -> list[str]:
    """Say before a ruling is recorded what is begun with it, as far as there is something to begin."""
    found = []
    if appeal_days.next_level(appeal) is not None:
        found.append(
            _("If the ruling rejects anything, the next appeal is begun at once, so that its last day is not missed.")
        )
    if Appeal.Result.RETURNED in appeal_days.rulings_of(appeal):
        found.append(_("If it returns the matter, the application waits for a new decision."))
    return found


def _how(appeal: Appeal) -> Sentence | None:
    """What is known of how it is asked at this level."""
    stage = _stage(appeal)
    return Sentence(str(stage.how), stage) if stage and stage.how else None


def _comes_next(appeal: Appeal) -> Coming | None:
    """Say what follows from a ruling against which no appeal is begun; None where nobody knows."""
    result, body = appeal.result, appeal_days.body_of(appeal.decision.application, appeal.notice_on, _level(appeal))
    match result:
        case Appeal.Result.RETURNED:
            return Coming(_("The decider makes a new decision, which can be appealed by its own last day."))
        case Appeal.Result.CHANGED:
            return Coming(_("There is nothing left to appeal."))
        case Appeal.Result.NO_LEAVE:
            return Coming(_("The ruling before it stands, and there is no further ordinary appeal."), body)
        case Appeal.Result.LAPSED if appeal_days.can_go_further(appeal):
            return Coming(_("What the decision said stands. Look at the instructions of the ruling."))
    if appeal_days.can_go_further(appeal):
        return Coming(_("The ruling can be appealed, and no appeal is begun."))
    if body is not None and body.is_final:
        text = _("There is no further ordinary appeal. New evidence can be examined anew at any time.")
        return Coming(text, None if body.is_read else body)
    return None


def _next(appeal: Appeal) -> Appeal | None:
    """The appeal to the court against this answer, if one is under way."""
    found = appeal.next_appeals.exclude(state="withdrawn").first() if appeal.is_decided else None
    if found is not None:
        found.decision = appeal.decision
    return found
