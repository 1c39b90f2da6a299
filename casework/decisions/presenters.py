"""What the pages of a decision show: its head, the deadline, the check-list of a rejection, and the ways to go on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.applications import appeal_days
from casework.applications.deadlines import shown
from casework.applications.finality import RemovalTime, Standing, removal_time
from casework.applications.presenters import (
    RESULT_TONES,
    annulment_of,
    appeal_stands,
    payer_of,
    re_examination_rule,
    title_of,
)
from casework.cases import term_panel
from casework.decisions.after_rejection import after_rejection
from casework.law import benefits as rules
from casework.law.appeal_words import AppealWords
from casework.law.deadlines import AppealLevel, Deadline
from casework.law.origins import Origin
from casework.law.sickness_days import BENEFITS
from casework.law.workflow import AppealState
from casework.letters.presenters import Claimed, found_in_letter, letter_view
from casework.models import Appeal, CoverageCheck, Decision, Removal
from casework.sickness_days import presenters as sickness_days
from casework.sickness_days.presenters import DaysPanel
from casework.timeline import corrections
from tenants.display import day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Item:
    """One point of the check after a rejection (deploy/law.md) that the data itself answers."""

    text: str
    is_done: bool
    label: str = ""
    url: str = ""


@dataclass(frozen=True)
class Way:
    """One way to go on from a decision that is not a full grant, with its own deadline."""

    title: "StrOrPromise"
    deadline: str
    note: str
    label: "StrOrPromise" = ""
    url: str = ""
    is_chosen: bool = False
    is_post: bool = False
    origin: Origin | None = None


def head(decision: Decision) -> dict[str, Any]:
    """What the head of every page of a decision shows."""
    application = decision.application
    return {
        "case": application.case,
        "application": application,
        "decision": decision,
        "title": title_of(application),
        "payer": payer_of(application),
        "tone": RESULT_TONES[Decision.Result(decision.result)],
    }


def page(decision: Decision, *, today: date, can_work: bool) -> dict[str, Any]:
    """Everything the page of a decision shows but the form of the check."""
    check: CoverageCheck | None = None if decision.is_full_grant else getattr(decision, "coverage_check", None)
    deadline = appeal_days.of_decision(decision)
    document, application = decision.document, decision.application
    words = appeal_days.words_of(decision)
    appeals = list(decision.appeals.all())
    for appeal in appeals:
        appeal.decision = decision
    removals = list(decision.removals.all())
    annulment = annulment_of(appeals)
    return {
        **head(decision),
        "today": today,
        "can_work": can_work,
        "words": words,
        "deadline": shown(deadline, today=today, words=words) if deadline else None,
        "why_unknown": "" if deadline else why_unknown(decision),
        "is_clock_running": _is_clock_running(check, appeals),
        "dispute": _dispute(decision),
        "body": body_of(decision),
        "delivered_to": _delivered_to(decision),
        "check": check,
        "continuation": None if annulment else term_panel.panel(decision, today=today),
        "days": _paid_days(decision, today=today, can_work=can_work),
        "is_grant_to_look_at": decision.is_full_grant and can_work and not appeals,
        "letter": letter_view(document, Claimed.of(application), on=decision.decided_on) if document else None,
        "found": found_in_letter(decision),
        "earlier": corrections.of_row(check) if check else [],
        "conclusion": _conclusion(check, words) if check else "",
        "client_appeals": _client_appeals(decision, check, appeals) if check else "",
        "annulment": annulment,
        "appeals": [(appeal_days.level_title(appeal), appeal) for appeal in appeals],
        "removals": removals,
        "checklist": _checklist(decision),
        "after_rejection": after_rejection(decision, check, today=today),
        "ways": _ways(decision, check, appeals, removals, today=today) if check else [],
    }


def _paid_days(decision: Decision, *, today: date, can_work: bool) -> DaysPanel | None:
    """The panel of paid days, beside a decision on an allowance whose days are counted."""
    if decision.application.benefit_code not in BENEFITS or decision.is_rejection:
        return None
    return sickness_days.panel(decision.application.case, today=today, can_work=can_work)


def notice_page(decision: Decision, deadline: Deadline | None, *, today: date) -> dict[str, Any]:
    """What stands beside the form that confirms the notice."""
    return {
        **head(decision),
        "deadline": shown(deadline, today=today) if deadline else None,
        "why_unknown": "" if deadline else why_unknown(decision),
        "body": body_of(decision),
    }


def _delivered_to(decision: Decision) -> str:
    """Say where the first appeal must arrive, "" when no verified rule tells it."""
    stage = appeal_days.stage_of(decision.application, decision.notice_on, AppealLevel.FIRST)
    return decision.application.decider.name_in_sentence if stage else ""


def why_unknown(decision: Decision) -> str:
    """Say why no last day is reckoned for a decision that tells none itself."""
    return appeal_days.why_unknown(decision.application, decision.notice_on, AppealLevel.FIRST)


def body_of(decision: Decision, level: AppealLevel = AppealLevel.FIRST) -> str:
    """Name the board or court that decides an appeal of a level."""
    return appeal_days.body_name(decision.application, decision.notice_on, level)


def _dispute(decision: Decision) -> str:
    """Say what nobody knows for sure of an appeal against it."""
    application = decision.application
    return rules.dispute(application.decider.kind, decision.notice_on, benefit=application.benefit_code)


def _is_clock_running(check: CoverageCheck | None, appeals: list[Appeal]) -> bool:
    """Tell whether an appeal can still be expected: not after a filed one, the client's no, or a full grant as such."""
    is_open = check is not None and not check.is_appeal_waived
    is_begun = any(appeal.is_draft for appeal in appeals)
    return (is_open or is_begun) and not any(appeal.filed_on for appeal in appeals)


def _client_appeals(decision: Decision, check: CoverageCheck, appeals: list[Appeal]) -> str:
    """Say whether the client appeals: the recorded no, else the conclusion or an appeal under way, else it is open."""
    if decision.application.benefit.employer_applies:
        return _("The employer is the applicant, and may appeal")
    if check.is_appeal_waived:
        return _("No")
    is_under_way = any(appeal.state != AppealState.WITHDRAWN for appeal in appeals)
    if is_under_way or check.conclusion == CoverageCheck.Conclusion.APPEAL:
        return _("Yes")
    return _("Not decided yet")


def _conclusion(check: CoverageCheck, words: AppealWords) -> "StrOrPromise":
    is_appeal = check.conclusion == CoverageCheck.Conclusion.APPEAL
    return words.name if is_appeal else check.get_conclusion_display()


def _checklist(decision: Decision) -> list[Item]:
    number = decision.application.case.number
    return [
        Item(
            _("The day and channel of notice are confirmed"),
            decision.is_last_day_confirmed,
            _("Confirm"),
            reverse("decision_notice", args=[number, decision.pk]),
        ),
        Item(
            _("The text of the decision is attached"),
            decision.document_id is not None,
            _("Attach"),
            reverse("decision_document", args=[number, decision.pk]),
        ),
    ]


def _ways(
    decision: Decision, check: CoverageCheck, appeals: list[Appeal], removals: list[Removal], *, today: date
) -> list[Way]:
    return [
        _appeal_way(decision, check, appeals, today=today),
        _re_examination_way(decision, check, today=today),
        *_removal_way(decision, appeals, removals, today=today),
        _new_application_way(decision, check),
    ]


def _appeal_way(decision: Decision, check: CoverageCheck, appeals: list[Appeal], *, today: date) -> Way:
    words = appeal_days.words_of(decision)
    note, origin = _appeal_note(decision, words, today=today)
    way = Way(
        title=words.name,
        deadline=_appeal_time(decision),
        note=note,
        is_chosen=check.conclusion == CoverageCheck.Conclusion.APPEAL,
        origin=origin,
    )
    under_way = next((appeal for appeal in appeals if appeal.state != AppealState.WITHDRAWN), None)
    if under_way is not None and not under_way.is_draft:
        stands = appeal_stands(under_way)
        return replace(way, note=stands, origin=None, label=words.open, url=under_way.get_absolute_url())
    if under_way is not None:
        return replace(way, label=words.open, url=under_way.get_absolute_url())
    url = reverse("appeal_new", args=[decision.application.case.number, decision.pk])
    return replace(way, label=words.begin, url=url, is_post=True)


def _appeal_time(decision: Decision) -> str:
    if decision.last_day is not None:
        return _("last day %(day)s") % {"day": day(decision.last_day)}
    return _("no last day") if decision.is_without_last_day else _("last day not known")


def _appeal_note(decision: Decision, words: AppealWords, *, today: date) -> tuple[str, Origin | None]:
    """Say where it goes and whether that was read to be free, and where that stands."""
    if decision.application.benefit.employer_applies:
        return _("The employer is the applicant, and may appeal. Follow the instructions in the decision."), None
    if decision.is_too_late(today):
        return str(words.is_late), None
    body = appeal_days.body_of(decision.application, decision.notice_on, AppealLevel.FIRST)
    if body is None:
        return _("Follow the instructions in the decision itself."), None
    parts = [str(words.goes_to) % {"body": body.name}, *([_("Free of charge.")] if body.is_free else [])]
    return " ".join(parts), body


def _re_examination_way(decision: Decision, check: CoverageCheck, *, today: date) -> Way:
    application = decision.application
    is_chosen = check.conclusion == CoverageCheck.Conclusion.RE_EXAMINATION
    url = reverse("application_re_examine", args=[application.case.number, application.pk])
    rule, origin = re_examination_rule(application, on=today)
    return Way(
        _("Re-examination with new evidence"),
        _("no time limit"),
        rule,
        _("Record the request") if application.is_decided else "",
        url,
        is_chosen,
        origin=origin,
    )


def _removal_way(decision: Decision, appeals: list[Appeal], removals: list[Removal], *, today: date) -> Iterator[Way]:
    """Removal of what is final, where a rule knows it; of what is not final yet, or annulled, if one was begun."""
    known = removal_time(decision, appeals, today=today)
    under_way = next((removal for removal in removals if removal.is_under_way), None)
    is_out_of_place = annulment_of(appeals) is not None or (known and known.finality.standing is Standing.NOT_YET)
    if known is None or (under_way is None and is_out_of_place):
        return
    way = Way(
        title=_("Removal of a final decision"),
        deadline=_removal_end(known, today=today),
        note=_("When the decision rests on wrong or incomplete findings, or is plainly against the law."),
        label=_("Begin an application for removal"),
        url=reverse("removal_new", args=[decision.application.case.number, decision.pk]),
        origin=known.window,
    )
    if under_way is not None:
        url = reverse("removal", args=[decision.application.case.number, under_way.pk])
        way = replace(way, label=_("Open the application for removal"), url=url, is_chosen=True)
    yield way


def _removal_end(known: RemovalTime, *, today: date) -> str:
    """Until when it may be asked, and from when that is counted; what nobody knows is asked for."""
    if known.ends_on is None or known.finality.on is None:
        return _("not known since when the decision is final: ask the decider")
    values = {"day": day(known.ends_on), "final": day(known.finality.on)}
    if known.is_late(today):
        return _("its time ended on %(day)s (final since %(final)s); it can still be filed") % values
    return _("at the latest on %(day)s (final since %(final)s)") % values


def _new_application_way(decision: Decision, check: CoverageCheck) -> Way:
    application = decision.application
    is_chosen = check.conclusion == CoverageCheck.Conclusion.NEW_APPLICATION
    known = urlencode({"benefit_code": application.benefit_code, "decider_code": application.decider_code})
    backpay = application.benefit.backpay
    until = _("no time limit")
    if backpay:
        text = ngettext(
            "paid for at most %(months)s month before the month of filing",
            "paid for at most %(months)s months before the month of filing",
            backpay.months,
        )
        until = text % {"months": backpay.months}
    note = _("May be made while an appeal is under way; the appeal goes on.")
    url = f"{reverse('application_new', args=[application.case.number])}?{known}"
    return Way(_("New application"), until, note, _("Begin an application"), url, is_chosen, origin=backpay)
