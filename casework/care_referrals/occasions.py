"""What referrals to a clinic ask for: an answer to what it asked, and to ask after what has not come in time."""

from datetime import date, timedelta
from functools import partial

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from casework.cases.kept_ends import keeper_of, with_keeper
from casework.law.calendar import next_office_day
from casework.law.workflow import CareState
from casework.models import CareReferral
from casework.timeline.ledger import AsTask, ForWhom, Occasion, Source
from tenants.display import day, helsinki

NAME = "care_referral"  # begins every cause
ASKED_AFTER = (CareState.SENT, CareState.ACCEPTED, CareState.EXAMINED, CareState.COMPLAINED)
DAY = timedelta(days=1)


def cause_of(referral: CareReferral) -> str:
    """Name what is asked where a referral stands; a new day, or a new question of the clinic, is a new occasion."""
    on = referral.more_due_on or referral.more_asked_on if referral.is_returned else referral.due_on
    return f"{NAME}:{referral.pk}:{referral.state}:{len(referral.steps)}:{on.isoformat() if on else ''}"


def _waiting(on: date) -> QuerySet[CareReferral]:
    late = Q(state__in=ASKED_AFTER, due_on__lt=on)
    found = CareReferral.objects.filter(late | Q(state=CareState.RETURNED))
    followed = Q(case__closed_on=None) | Q(keeper__isnull=False)
    return with_keeper(found).filter(followed).select_related("case__coordinator")


def _asked(referral: CareReferral, _on: date) -> Occasion:
    return Occasion(
        cause=cause_of(referral),
        case=referral.case,
        about=referral.pk,
        due_on=_to_be_done_on(referral),
        for_whom=ForWhom.COORDINATOR,
        keeper=keeper_of(referral),
        channels=(AsTask(title=partial(_title, referral)),),
        is_still=partial(_is_still, referral),
    )


def _to_be_done_on(referral: CareReferral) -> date:
    """The clinic's own day; where it named none, and for what is late, the next day on which offices are open."""
    if referral.is_returned:
        since = referral.more_asked_on or helsinki(referral.created_at)
        return referral.more_due_on or next_office_day(since + DAY)[0]
    return next_office_day((referral.due_on or helsinki(referral.created_at)) + DAY)[0]


def _title(referral: CareReferral) -> str:
    match referral.state:
        case CareState.RETURNED:
            return _("Answer the clinic: it asked for more information about the referral")
        case CareState.ACCEPTED | CareState.EXAMINED:
            return _("Ask the clinic for the report of the examination")
        case CareState.COMPLAINED:
            return _("Ask after the answer to the complaint about a refused referral")
    if referral.sent_on is None:
        return _("Ask the clinic: the referral has no answer yet")
    return _("Ask the clinic: the referral sent on %(day)s has no answer yet") % {"day": day(referral.sent_on)}


def _is_still(referral: CareReferral) -> bool:
    same = CareReferral.objects.filter(pk=referral.pk, state=referral.state, due_on=referral.due_on)
    return with_keeper(same.filter(steps=referral.steps)).filter(keeper=keeper_of(referral)).exists()


UNANSWERED = Source(name=NAME, rows=_waiting, about=lambda referral: referral.pk, occasion=_asked)
SOURCES = (UNANSWERED,)
