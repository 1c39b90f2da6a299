"""What can be done to the evidence of an application: attach and, while it is a draft, detach."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.applications.actions import locked
from casework.law import workflow
from casework.law.errors import check_day
from casework.law.workflow import APPLICATION_STATE_LABELS
from casework.models import Application, CoverageCheck, CoverageRow, Document, Evidence, Illness
from casework.timeline import writing as timeline
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal


class NotOfThisClient(Refusal):
    user_message = _("This illness or document belongs to somebody else.")


class EvidenceWasSent(Refusal):
    user_message = _("This evidence was sent with the application and stays on its record.")


@transaction.atomic
def attach(
    *,
    application: Application,
    kind: str,
    title: str = "",
    dated_on: date | None = None,
    sent_on: date | None = None,
    document: Document | None = None,
    illnesses: Sequence[Illness] = (),
    by: User,
    at: datetime,
) -> Evidence:
    """Write down what goes or went to the decider, and which illnesses it speaks about.

    What is attached to a draft is sent when the application is filed; to a filed one, on `sent_on` or today.

    Raises:
        CaseIsClosed, BeforeBirth, InTheFuture
        NotOfThisClient: an illness or the document is of another client.
        StepNotAllowed: the application was withdrawn.
    """
    application = locked(application)
    today, client = helsinki(at), application.case.client
    if not application.takes_evidence:
        raise workflow.StepNotAllowed(state=APPLICATION_STATE_LABELS[application.state])
    if any(illness.client_id != client.pk for illness in illnesses) or _is_foreign(document, application):
        raise NotOfThisClient
    check_day(dated_on, born_on=client.born_on, today=today, field="dated_on")
    check_day(sent_on, born_on=client.born_on, today=today, field="sent_on")
    evidence = Evidence.objects.create(
        application=application,
        kind=kind,
        title=title,
        dated_on=dated_on,
        sent_on=None if application.is_draft else sent_on or today,
        document=document,
    )
    evidence.illnesses.set(illnesses)
    _show_in_open_checks(evidence, illnesses)
    timeline.add(
        case=application.case,
        kind="application.evidence_attached",
        by=by,
        at=at,
        about=application,
        facts={"evidence": kind},
    )
    return evidence


@transaction.atomic
def detach(*, evidence: Evidence, by: User, at: datetime) -> None:
    """Take evidence off a draft.

    Raises:
        EvidenceWasSent: it went to the decider already.
        CaseIsClosed
    """
    application = locked(evidence.application)
    if not application.is_draft:
        raise EvidenceWasSent
    Evidence.objects.filter(pk=evidence.pk).delete()
    timeline.add(
        case=application.case,
        kind="application.evidence_detached",
        by=by,
        at=at,
        about=application,
        facts={"evidence": evidence.kind},
    )


def _is_foreign(document: Document | None, application: Application) -> bool:
    return document is not None and document.case_id != application.case_id


def _show_in_open_checks(evidence: Evidence, illnesses: Sequence[Illness]) -> None:
    """Evidence that turns out to have been sent before a decision counts in its open check."""
    if evidence.sent_on is None:
        return
    CoverageRow.objects.filter(
        illness__in=illnesses,
        check_of__state=CoverageCheck.State.OPEN,
        check_of__decision__application=evidence.application_id,
        check_of__decision__decided_on__gte=evidence.sent_on,
    ).update(had_evidence=True)
