"""What an appeal against a decision is called by its way: an appeal, or a request for administrative review."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.applications.appeal_days import stage_of
from casework.law.deadlines import AppealLevel
from casework.models import Appeal, Decision

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of one way, as pages, Today and the client's map need them."""

    way: "StrOrPromise"
    begin: "StrOrPromise"
    open: "StrOrPromise"
    last_day: "StrOrPromise"
    last_day_is: "StrOrPromise"
    last_day_was: "StrOrPromise"
    period_ends: "StrOrPromise"
    period_ended: "StrOrPromise"
    period_is_over: "StrOrPromise"
    to_file: "StrOrPromise"
    check_first: "StrOrPromise"
    ask_day: "StrOrPromise"
    to_whom: "StrOrPromise"
    writing: "StrOrPromise"
    filed: "StrOrPromise"
    outcome: "StrOrPromise"
    ruled: "StrOrPromise"
    arrived: "StrOrPromise"
    until: "StrOrPromise"


APPEAL = Words(
    way=_("Appeal"),
    begin=_("Begin the appeal"),
    open=_("Open the appeal"),
    last_day=_("Last day of appeal"),
    last_day_is=_("Last day of appeal %(day)s"),
    last_day_was=_("The last day of appeal was %(day)s"),
    period_ends=_("The appeal period ends"),
    period_ended=_("The appeal period ended"),
    period_is_over=_("The time of appeal is over"),
    to_file=_("Appeal to be filed"),
    check_first=_("Check the decision, then appeal"),
    ask_day=_("Ask for the last day of appeal"),
    to_whom=_("To %(body)s, delivered to the decider. Free of charge."),
    writing=_("%(benefit)s: we are writing an appeal."),
    filed=_("Appeal filed %(day)s, waiting for the ruling."),
    outcome=_("On appeal: %(result)s"),
    ruled=_("Ruling on the appeal: %(result)s."),
    arrived=_("%(benefit)s: the appeal arrived on %(day)s. A ruling may take many months."),
    until=_("%(day)s: the appeal period ends – %(benefit)s"),
)
REVIEW = Words(
    way=_("Request for administrative review"),
    begin=_("Begin the request for review"),
    open=_("Open the request for review"),
    last_day=_("Last day of the request for review"),
    last_day_is=_("Last day of the request for review %(day)s"),
    last_day_was=_("The last day of the request for review was %(day)s"),
    period_ends=_("The time to request a review ends"),
    period_ended=_("The time to request a review ended"),
    period_is_over=_("The time to request a review is over"),
    to_file=_("Request for review to be filed"),
    check_first=_("Check the decision, then request a review"),
    ask_day=_("Ask for the last day of the request for review"),
    to_whom=_("To %(body)s, delivered to the decider."),
    writing=_("%(benefit)s: we are writing a request for review."),
    filed=_("Request for review filed %(day)s, waiting for the answer."),
    outcome=_("On review: %(result)s"),
    ruled=_("Answer to the request for review: %(result)s."),
    arrived=_("%(benefit)s: the request for review arrived on %(day)s. We wait for the answer."),
    until=_("%(day)s: the time to request a review ends – %(benefit)s"),
)


def words_of(noticed: Decision | Appeal) -> Words:
    """Choose the words for the appeal against a decision, or for one that was begun; "appeal" where no rule tells."""
    if isinstance(noticed, Decision):
        stage = stage_of(noticed.application, noticed.notice_on, AppealLevel.FIRST)
    else:
        stage = stage_of(noticed.decision.application, noticed.notice_on, Appeal.Level(noticed.level).stage)
    return REVIEW if stage is not None and stage.is_review else APPEAL
