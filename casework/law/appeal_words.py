"""What pages call an appeal: where a decision is reviewed first a request for review, at the last court an application
for leave. Pure.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.law import benefits as rules
from casework.law.deadlines import AppealLevel, DeciderKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class AppealWords:
    """The thing, what is done with it, and its time. Some have a place for `day`, `on` and `distance`, or `body`."""

    name: "StrOrPromise"
    begin: "StrOrPromise"
    open: "StrOrPromise"
    edit: "StrOrPromise"
    file: "StrOrPromise"
    filed: "StrOrPromise"
    waits: "StrOrPromise"
    withdraw: "StrOrPromise"
    withdrawn: "StrOrPromise"
    correct: "StrOrPromise"
    corrected: "StrOrPromise"
    take_back: "StrOrPromise"
    taken_back: "StrOrPromise"
    contents: "StrOrPromise"
    goes_to: "StrOrPromise"
    to_be_filed: "StrOrPromise"
    check_first: "StrOrPromise"
    last_day: "StrOrPromise"
    ends: "StrOrPromise"
    ended: "StrOrPromise"
    ends_on: "StrOrPromise"
    end_in_brackets: "StrOrPromise"
    last_day_on: "StrOrPromise"
    last_day_was: "StrOrPromise"
    ask_day: "StrOrPromise"
    is_over: "StrOrPromise"
    is_late: "StrOrPromise"
    if_late: "StrOrPromise"
    waived: "StrOrPromise"
    is_asked: "StrOrPromise"
    outcome: "StrOrPromise"  # with a place for `result`
    ruled: "StrOrPromise"
    being_written: "StrOrPromise"  # as the client's own papers say it, with a place for `benefit`
    arrived: "StrOrPromise"
    not_sent: "StrOrPromise"
    goes_on: "StrOrPromise"
    ends_for_you: "StrOrPromise"
    end_is_asked: "StrOrPromise"


APPEAL = AppealWords(
    name=_("Appeal"),
    begin=_("Begin the appeal"),
    open=_("Open the appeal"),
    edit=_("Edit the appeal"),
    file=_("Record the appeal as filed"),
    filed=_("The appeal is filed."),
    waits=_("Appeal filed %(day)s, waiting for the ruling."),
    withdraw=_("Withdraw the appeal"),
    withdrawn=_("The appeal is withdrawn."),
    correct=_("Correct the appeal"),
    corrected=_("The appeal is corrected. What follows from it was reckoned anew."),
    take_back=_("Take back the appeal"),
    taken_back=_("The appeal is taken back. It stays in the history."),
    contents=_("An appeal must contain"),
    goes_to=_("To %(body)s, delivered to the decider."),
    to_be_filed=_("Appeal to be filed"),
    check_first=_("Check the decision, then appeal"),
    last_day=_("Last day of appeal"),
    ends=_("The appeal period ends"),
    ended=_("The appeal period ended"),
    ends_on=_("The appeal period ends %(on)s (%(distance)s)."),
    end_in_brackets=_("the appeal period ends %(on)s"),
    last_day_on=_("Last day of appeal %(day)s"),
    last_day_was=_("The last day of appeal was %(day)s"),
    ask_day=_("Ask for the last day of appeal"),
    is_over=_("The time of appeal is over"),
    is_late=_("The day is over. A late appeal may still be examined for weighty reasons."),
    if_late=_("A late appeal may still be examined for weighty reasons."),
    waived=_("The client does not appeal this decision: no more reminders of the last day"),
    is_asked=_("Does the client appeal?"),
    outcome=_("On appeal: %(result)s"),
    ruled=_("Ruling on the appeal: %(result)s."),
    being_written=_("%(benefit)s: we are writing an appeal."),
    arrived=_("%(benefit)s: the appeal arrived on %(day)s. A ruling may take many months."),
    not_sent=_("%(benefit)s: the appeal is written but not sent."),
    goes_on=_(
        "%(benefit)s: the appeal is sent and its handling goes on. The ruling is sent straight to the applicant."
    ),
    ends_for_you=_("%(day)s: the appeal period ends – %(benefit)s"),
    end_is_asked=_("%(benefit)s: we find out until when you may appeal. The decision tells it."),
)
REVIEW = AppealWords(
    name=_("Request for administrative review"),
    begin=_("Begin the request for review"),
    open=_("Open the request for review"),
    edit=_("Edit the request for review"),
    file=_("Record the request for review as filed"),
    filed=_("The request for review is filed."),
    waits=_("Request for review filed %(day)s, waiting for the answer."),
    withdraw=_("Withdraw the request for review"),
    withdrawn=_("The request for review is withdrawn."),
    correct=_("Correct the request for review"),
    corrected=_("The request for review is corrected. What follows from it was reckoned anew."),
    take_back=_("Take back the request for review"),
    taken_back=_("The request for review is taken back. It stays in the history."),
    contents=_("A request for review must contain"),
    goes_to=_("The request for review is delivered to the decider, and answered by %(body)s."),
    to_be_filed=_("Request for review to be filed"),
    check_first=_("Check the decision, then ask for a review"),
    last_day=_("Last day to ask for a review"),
    ends=_("The time to ask for a review ends"),
    ended=_("The time to ask for a review ended"),
    ends_on=_("The time to ask for a review ends %(on)s (%(distance)s)."),
    end_in_brackets=_("the time to ask for a review ends %(on)s"),
    last_day_on=_("Last day to ask for a review %(day)s"),
    last_day_was=_("The last day to ask for a review was %(day)s"),
    ask_day=_("Ask for the last day of the request for review"),
    is_over=_("The time to ask for a review is over"),
    is_late=_("The day is over. Whether a late request is still examined is not verified: ask the decider."),
    if_late=_("Whether a late request is still examined is not verified: ask the decider."),
    waived=_("The client does not ask for a review of this decision: no more reminders of the last day"),
    is_asked=_("Does the client ask for a review?"),
    outcome=_("On review: %(result)s"),
    ruled=_("Answer to the request for review: %(result)s."),
    being_written=_("%(benefit)s: we are writing a request for review."),
    arrived=_("%(benefit)s: the request for review arrived on %(day)s. It waits for an answer."),
    not_sent=_("%(benefit)s: the request for review is written but not sent."),
    goes_on=_("%(benefit)s: the request for review is sent. The answer is sent straight to the applicant."),
    ends_for_you=_("%(day)s: the time to ask for a review ends – %(benefit)s"),
    end_is_asked=_("%(benefit)s: we find out until when you may ask for a review. The decision tells it."),
)


OUTSIDE_INSURANCE = replace(  # that a late one may be examined is a rule of social insurance (A10)
    APPEAL,
    is_late=_("The day is over. Whether a late appeal is still examined is not verified: ask the court."),
    if_late=_("Whether a late appeal is still examined is not verified: ask the court."),
)
LEAVE = replace(  # the time, and what follows from the ruling, are those of the appeal in the same letter
    OUTSIDE_INSURANCE,
    name=_("Application for leave to appeal"),
    begin=_("Begin the application for leave to appeal"),
    open=_("Open the application for leave to appeal"),
    edit=_("Edit the application for leave to appeal"),
    file=_("Record the application for leave to appeal as filed"),
    filed=_("The application for leave to appeal is filed."),
    waits=_("Leave to appeal asked %(day)s, waiting for the ruling."),
    withdraw=_("Withdraw the application for leave to appeal"),
    withdrawn=_("The application for leave to appeal is withdrawn."),
    correct=_("Correct the application for leave to appeal"),
    corrected=_("The application for leave to appeal is corrected. What follows from it was reckoned anew."),
    take_back=_("Take back the application for leave to appeal"),
    taken_back=_("The application for leave to appeal is taken back. It stays in the history."),
    contents=_("An application for leave to appeal must contain"),
    to_be_filed=_("Application for leave to appeal to be filed"),
    ruled=_("Ruling on the application for leave to appeal: %(result)s."),
    being_written=_("%(benefit)s: we are writing an application for leave to appeal."),
    arrived=_("%(benefit)s: the application for leave to appeal arrived on %(day)s. A ruling may take many months."),
    not_sent=_("%(benefit)s: the application for leave to appeal is written but not sent."),
    goes_on=_(
        "%(benefit)s: the application for leave to appeal is sent and its handling goes on. "
        "The ruling is sent straight to the applicant."
    ),
)


INSURERS = {DeciderKind.KELA, DeciderKind.PENSION_INSURER, DeciderKind.UNEMPLOYMENT_FUND}


def words_of(decider_kind: DeciderKind, on: date, *, level: AppealLevel, benefit: str) -> AppealWords:
    """Choose the words for what is asked at a level against what was sent on a day; where no rule is known, appeal."""
    if level == AppealLevel.SUPREME:
        return LEAVE
    is_review = _is_reviewed_first(decider_kind, on, benefit)
    if is_review and level == AppealLevel.FIRST:
        return REVIEW
    return OUTSIDE_INSURANCE if is_review or decider_kind not in INSURERS else APPEAL


def _is_reviewed_first(decider_kind: DeciderKind, on: date, benefit: str) -> bool:
    try:
        return rules.appeal_stage(decider_kind, on, benefit=benefit).is_review
    except rules.NoRule:
        return False
