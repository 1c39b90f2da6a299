"""What pages say of an application: its name, its state, its steps, and what is awaited by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.applications import claim_words
from casework.applications.appeal_days import words_of
from casework.applications.pairs import other_of
from casework.law import benefits as rules
from casework.law.origins import UNKNOWN, Origin
from casework.law.workflow import APPLICATION_STATE_LABELS, AppealState, ApplicationState
from casework.models import Appeal, Application, Decision
from tenants.components import Step
from tenants.display import day, distance, in_sentence, urgency, weekday_day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STATE_TONES = {
    ApplicationState.DRAFT: "neutral",
    ApplicationState.FILED: "info",
    ApplicationState.RETURNED: "warning",
    ApplicationState.WITHDRAWN: "neutral",
}
RESULT_TONES = {
    Decision.Result.GRANTED: "success",
    Decision.Result.GRANTED_UNTIL: "success",
    Decision.Result.PARTLY: "warning",
    Decision.Result.REJECTED: "danger",
}

RULING_TONES = {
    Appeal.Result.CHANGED.value: "success",
    Appeal.Result.PARTLY.value: "warning",
    Appeal.Result.REJECTED.value: "danger",
    Appeal.Result.CORRECTED.value: "success",
    Appeal.Result.RETURNED.value: "info",
    Appeal.Result.NOT_EXAMINED.value: "danger",
    Appeal.Result.LAPSED.value: "neutral",
    Appeal.Result.NO_LEAVE.value: "danger",
}


@dataclass(frozen=True)
class Due:
    """The bar that says what is awaited by when; with a link when there is something to do."""

    text: str
    note: str = ""
    tone: str = ""
    icon: str = "clock"
    label: "StrOrPromise" = ""
    url: str = ""
    on: date | None = None  # by which something is to be done about an appeal


@dataclass(frozen=True)
class Card:
    """An application as lists and its own page show it."""

    title: str
    payer: str
    tag: "StrOrPromise"
    tone: str
    steps: list[Step]
    due: Due | None
    url: str
    is_from_before: bool
    other: Application | None = None  # the same application at the other pension system


def card(application: Application, *, today: date) -> Card:
    """Describe an application that was read with its decisions and appeals."""
    decision = latest_decision(application)
    return Card(
        title=title_of(application),
        payer=payer_of(application),
        tag=_tag(application),
        tone=_tone(application),
        steps=_steps(application, decision, today=today),
        due=_due(application, today=today),
        url=application.get_absolute_url(),
        is_from_before=application.is_from_before,
        other=other_of(application),
    )


def title_of(application: Application) -> str:
    """Name the benefit as a heading does."""
    return capfirst(application.benefit.name)


def payer_of(application: Application) -> str:
    """Name the decider, that it is a continuation, and that the employer applies."""
    parts = [application.decider.name]
    parts += [str(application.get_matter_display())] if application.matter == "continuation" else []
    parts += [_("the employer applies")] if application.benefit.employer_applies else []
    return " · ".join(parts)


def begun(application: Application) -> str:
    """Say what comes next after an application was begun."""
    other = other_of(application)
    if other is not None and application.is_draft:
        text = _("The application is begun at both: %(decider)s, %(other)s. Attach what goes with it once, for both.")
        return text % {"decider": application.decider.name_in_sentence, "other": other.decider.name_in_sentence}
    if other is not None:
        return _("The application is filed at both. Each of them makes a decision of its own.")
    if application.is_draft:
        return _("The application is begun. Attach what goes with it, then record when it was filed.")
    return _("The application is filed. It waits for a decision.")


def latest_decision(application: Application) -> Decision | None:
    """The newest of the decisions that were read with the application, in whatever order."""
    return max(application.decisions.all(), key=lambda found: (found.decided_on, found.created_at), default=None)


def last_word(application: Application) -> Decision | Appeal | None:
    """Who has spoken last on a matter: the decider, or a board or court that has changed one of its decisions since."""
    decision = latest_decision(application)
    decisions = application.decisions.all()
    rulings = [found for one in decisions for found in one.appeals.all() if found.has_changed_something]
    ruling = max(rulings, key=lambda found: found.result_on or date.min, default=None)
    if decision is None or ruling is None or ruling.result_on is None:
        return decision
    is_newer = ruling.result_on > decision.decided_on or ruling.decision_id == decision.pk
    return ruling if is_newer else decision


def annulment_of(appeals: Iterable[Appeal]) -> Appeal | None:
    """Of the appeals against a decision the one whose ruling annulled it and returned the matter to its decider."""
    return next((found for found in appeals if found.has_annulled), None)


def _tag(application: Application) -> "StrOrPromise":
    word = last_word(application) if application.is_decided else None
    if isinstance(word, Appeal):
        return str(words_of(word).outcome) % {"result": in_sentence(word.get_result_display())}
    return word.get_result_display() if word else APPLICATION_STATE_LABELS[application.state]


def _tone(application: Application) -> str:
    word = last_word(application) if application.is_decided else None
    if isinstance(word, Appeal):
        return RULING_TONES[word.result]
    if word is not None:
        return RESULT_TONES[Decision.Result(word.result)]
    return STATE_TONES.get(ApplicationState(application.state), "neutral")


def _steps(application: Application, decision: Decision | None, *, today: date) -> list[Step]:
    if application.state == ApplicationState.WITHDRAWN:
        return _withdrawn_steps(application, today=today)
    is_filed = application.filed_on is not None
    begun = "" if is_filed and application.drafted_on > application.filed_on else _short(application.drafted_on, today)  # type: ignore[operator]
    steps = [
        Step(_("Preparation"), begun, "done" if is_filed else "now"),
        Step(_("Filed"), _short(application.filed_on, today), "done" if is_filed else ""),
        _middle_step(application, today=today),
    ]
    if application.is_decided and decision:
        tone = "danger" if decision.is_rejection else "warning" if decision.result == Decision.Result.PARTLY else ""
        note = f"{in_sentence(decision.get_result_display())} {_short(decision.decided_on, today)}"
        return [*steps, Step(_("Decision"), note, "now", tone)]
    expected = (
        _("usually by %(day)s") % {"day": _short(application.expected_by, today)} if application.expected_by else ""
    )
    return [*steps, Step(_("Decision"), expected)]


def _middle_step(application: Application, *, today: date) -> Step:
    waited = _days(application.days_waited(today)) if application.waiting_since else ""
    if application.is_returned:
        return Step(
            _("More information"),
            _("requested %(day)s") % {"day": _short(application.more_asked_on, today)},
            "now",
            "warning",
        )
    if application.state == ApplicationState.FILED:
        tone = "danger" if application.is_overdue(today) else ""
        return Step(_("Being processed"), waited, "now", tone)
    return Step(_("Being processed"), waited, "done" if application.is_decided else "")


def _withdrawn_steps(application: Application, *, today: date) -> list[Step]:
    steps = [Step(_("Preparation"), _short(application.drafted_on, today), "done")]
    if application.filed_on:
        steps.append(Step(_("Filed"), _short(application.filed_on, today), "done"))
    return [*steps, Step(_("Withdrawn"), _short(application.withdrawn_on, today), "now")]


def _due(application: Application, *, today: date) -> Due | None:
    if application.is_returned and application.more_due_on:
        return Due(
            _("More information by %(day)s") % {"day": weekday_day(application.more_due_on)},
            distance(application.more_due_on, today=today),
            urgency(application.more_due_on, today=today) or "warning",
            label=_("Record as sent"),
            url=_step_url("application_supply", application),
        )
    if application.state == ApplicationState.FILED:
        return _processing_due(application, today=today)
    if application.is_draft:
        return Due(
            *claim_words.of_draft(application, today=today),
            icon="file-pen",
            label=_("Record as filed"),
            url=_step_url("application_file", application),
        )
    return _nearest_appeal(application, today=today) if application.is_decided else None


def _processing_due(application: Application, *, today: date) -> Due | None:
    if application.usual_days is None:
        return None
    usual = _("usual processing time %(days)s") % {"days": _days(application.usual_days)}
    usual = f"{usual}, {application.usual_origin.certainty.words}" if application.usual_origin else usual
    if application.is_overdue(today):
        return Due(_("The decision takes longer than usual: ask the decider."), usual, "danger", "bell-ring")
    return Due(_("Usually decided by %(day)s") % {"day": day(application.expected_by)}, usual, icon="hourglass")  # type: ignore[arg-type]


def _nearest_appeal(application: Application, *, today: date) -> Due | None:
    """Of several decisions the one of whose appeal the next day comes; else the newest that has something to say."""
    latest = latest_decision(application)
    told = [found for found in application.decisions.all() if _is_told(found, latest, today=today)]
    told.sort(key=lambda found: found != latest)
    dues = [due for found in told if (due := appeal_due(found, today=today))]
    return min(dues, key=lambda due: _nearness(due, today), default=None)


def _is_told(decision: Decision, latest: Decision | None, *, today: date) -> bool:
    """Whether something is to be said of its appeal: one is under way or can be expected; of the newest always."""
    if any(appeal.is_draft or appeal.is_filed for appeal in decision.appeals.all()):
        return True
    if decision.is_full_grant:
        return False
    return decision == latest or not decision.is_too_late(today)


def _nearness(due: Due, today: date) -> tuple[bool, bool, date]:
    """Days that come before days that are over, and both before what has none."""
    return due.on is None, due.on is not None and due.on < today, due.on or date.max


def appeal_due(decision: Decision, *, today: date) -> Due | None:
    """Say how the appeal against a decision stands, or until when there is time for it."""
    appeal = next(
        (found for found in reversed(list(decision.appeals.all())) if found.state != AppealState.WITHDRAWN), None
    )
    if appeal is not None:
        return _of_appeal(appeal, today=today)
    check = getattr(decision, "coverage_check", None)
    if check is None or check.is_appeal_waived:
        return None
    label = _("Check the decision") if check.is_open else _("Open")
    return _running(decision, label, decision.get_absolute_url(), today=today)


def appeal_stands(appeal: Appeal) -> str:
    """Say of an appeal that was filed that it waits, or how it was ruled."""
    words = words_of(appeal)
    if appeal.is_filed and appeal.filed_on:
        return str(words.waits) % {"day": day(appeal.filed_on)}
    return str(words.ruled) % {"result": in_sentence(appeal.get_result_display())}


def _of_appeal(appeal: Appeal, *, today: date) -> Due | None:
    url, words = appeal.get_absolute_url(), words_of(appeal)
    if appeal.is_draft:
        return _running(appeal, words.open, url, today=today)
    if appeal.awaits_comment and appeal.comment_due_on:
        text = _("The client may comment on the appeal by %(day)s") % {"day": weekday_day(appeal.comment_due_on)}
        tone = urgency(appeal.comment_due_on, today=today)
        note = distance(appeal.comment_due_on, today=today)
        return Due(text, note, tone, "scale", _("Open"), url, on=appeal.comment_due_on)
    text = appeal_stands(appeal)
    if appeal.is_filed:
        return Due(text, icon="scale", label=_("Open"), url=url)
    return Due(text, day(appeal.result_on) if appeal.result_on else "", icon="gavel", label=_("Open"), url=url)


def _running(of: Decision | Appeal, label: "StrOrPromise", url: str, *, today: date) -> Due | None:
    """Say until when there is time, or ask; nothing when somebody said that there is no last day."""
    safe_day, last_day, words = of.safe_day, of.last_day, words_of(of)
    if safe_day is None or last_day is None:
        if of.is_without_last_day:
            return None
        asked = f"{words.ask_day}."
        return Due(asked, _("look at the decision"), "warning", "scale", label, url, on=today)
    if today <= safe_day:
        text = _("Aim to send by %(day)s") % {"day": weekday_day(safe_day)}
        note = _("last day %(day)s, %(distance)s") % {"day": day(last_day), "distance": distance(last_day, today=today)}
        return Due(text, note, "", "scale", label, url, on=last_day)
    is_over = last_day < today
    text = str(words.last_day_was if is_over else words.last_day_on) % {"day": weekday_day(last_day)}
    tone = "danger" if is_over else "warning"
    return Due(text, distance(last_day, today=today), tone, "scale", label, url, on=last_day)


def _step_url(name: str, application: Application) -> str:
    return reverse(name, args=[application.case.number, application.pk])


def _days(number: int) -> str:
    return ngettext("%(days)d day", "%(days)d days", number) % {"days": number}


def _short(on: date | None, today: date) -> str:
    """A day as a step shows it; one of another year says of which."""
    if on is None:
        return ""
    return day(on) if on.year != today.year else f"{on.day}.{on.month}."


def backpay_rule(application: Application) -> tuple[str, Origin]:
    """Say that a new decision may pay less far back than the first one would have, and how well that is known.

    From which day it is counted when a decided matter is examined anew, nobody has verified.
    """
    backpay = application.benefit.backpay
    if backpay is None:
        return _("How far back it is paid may have a limit. Ask the decider."), UNKNOWN
    text = ngettext(
        "How far back it is paid has a limit: at most %(months)s month before the month of filing. "
        "Ask the decider from when that is counted here.",
        "How far back it is paid has a limit: at most %(months)s months before the month of filing. "
        "Ask the decider from when that is counted here.",
        backpay.months,
    )
    return text % {"months": backpay.months}, backpay


def re_examination_rule(application: Application, *, on: date) -> tuple[str, Origin]:
    """Say what new evidence leads to, and how well that is known."""
    rule = rules.re_examination(application.decider.kind, on, benefit=application.benefit_code)
    if rule is not None:
        return _("Kela must examine a denied benefit anew on new evidence, even if the decision is final."), rule
    return _("The decider can examine the matter anew on new evidence, even if the decision is final."), UNKNOWN
