"""Makes letters about appeals for tests, through the real actions only."""

from datetime import datetime, timedelta
from typing import Any

from casework.appeals import actions as appeals
from casework.appeals import filing, supplements
from casework.appeals.supplements import SupplementDetails
from casework.models import Appeal, AppealSupplement, Case
from tenants.accounts.models import User
from tenants.display import helsinki
from tests.casework.applications.making import a_decision, appeal_at, application_at
from tests.casework.consents.making import a_paper
from tests.conftest import NOON


def an_appeal_of(case: Case, *, by: User, at: datetime = NOON, **days: Any) -> Appeal:
    """A first appeal of a case, in preparation."""
    filed: dict[str, Any] = {"filed_on": helsinki(at) - timedelta(days=90)} if days else {}
    application = application_at("filed", case=case, by=by, at=at, **filed)
    return appeal_at(decision=a_decision(application=application, by=by, at=at, **days), by=by, at=at)


def a_supplement(
    case: Case, *, by: User, at: datetime = NOON, appeal: Appeal | None = None, **details: Any
) -> AppealSupplement:
    """Begin a letter with further evidence, to the decider, about an appeal that was filed."""
    appeal = appeal or appeals.file(
        appeal=an_appeal_of(case, by=by, at=at), filed_on=helsinki(at), version=1, by=by, at=at
    )
    known = {"kind": "evidence", "receiver": "decider", "text": "Uusi lausunto on liitteenä."} | details
    return supplements.write(appeal=appeal, details=SupplementDetails(**known), by=by, at=at)


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """Fill the pages of letters: an appeal that was filed with its letter, one that follows it, another that went."""
    today = helsinki(at)
    days: dict[str, Any] = {"decided_on": today - timedelta(days=6), "notice_on": today - timedelta(days=5)}
    appeal = an_appeal_of(case, by=by, at=at, **days)
    filing.enclose(appeal=appeal, attachments=[a_paper(case, by=by, at=at)], version=1, by=by, at=at)
    appeal = filing.file(
        appeal=appeal, filed_on=today, is_as_written=True, receipt="4711", version=appeal.version, by=by, at=at
    )
    went = a_supplement(case, appeal=appeal, kind="comment", receiver="body", by=by, at=at)
    supplements.send(supplement=went, sent_on=today, receipt="4712", version=1, by=by, at=at)
    return {"supplement_id": a_supplement(case, appeal=appeal, by=by, at=at).pk}
