"""What can be done to a row of an application's list: attach a paper of the case, say that it is not needed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.applications import evidence
from casework.applications.actions import locked
from casework.applications.pairs import other_of
from casework.applications.papers import Paper
from casework.models import AnnexAnswer, Application, Evidence
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.errors import Refusal


class SaidBefore(Refusal):
    user_message = _("Somebody has said already that this is not needed. Correct that instead.")


@transaction.atomic
def attach_paper(*, application: Application, paper: Paper, by: User, at: datetime) -> Evidence:
    """Attach a paper of the case as it is known there: kind, title, day, document and illnesses.

    Raises:
        CaseIsClosed, BeforeBirth, InTheFuture, NotOfThisClient, StepNotAllowed
    """
    return evidence.attach(
        application=application,
        kind=paper.kind,
        annex=paper.annex,
        title=paper.title,
        dated_on=paper.dated_on,
        document=paper.document,
        illnesses=paper.illnesses,
        by=by,
        at=at,
    )


@transaction.atomic
def say_not_needed(*, application: Application, annex: str, why: str, by: User, at: datetime) -> AnnexAnswer:
    """Write down that this application does not need a row of the list, and why.

    One paper to both pension systems has one list: what one half does not need, the other does not, either.

    Raises:
        CaseIsClosed
        SaidBefore
    """
    application = locked(application)
    if application.annex_answers.filter(annex=annex).exists():
        raise SaidBefore
    other = other_of(application)
    if other is not None and other.takes_evidence and _lacks(other, annex):
        _answer(other, annex, why, by=by, at=at)
    return _answer(application, annex, why, by=by, at=at)


@transaction.atomic
def correct(*, answer: AnnexAnswer, why: str, reason: str, version: int, by: User, at: datetime) -> AnnexAnswer:
    """Correct why it is not needed.

    Raises:
        EditedMeanwhile, TakenBack, CaseIsClosed
    """
    answer = _locked(answer, version)
    corrections.correct(answer, {"why": why}, _why(answer, "annex_answer.corrected", reason, by=by, at=at))
    return answer


@transaction.atomic
def take_back(*, answer: AnnexAnswer, reason: str, version: int, by: User, at: datetime) -> AnnexAnswer:
    """Take the answer back: the row is open again.

    Raises:
        EditedMeanwhile, TakenBack, CaseIsClosed
    """
    answer = _locked(answer, version)
    corrections.take_back(answer, _why(answer, "annex_answer.removed", reason, by=by, at=at))
    return answer


def _lacks(application: Application, annex: str) -> bool:
    """Whether the row is on the list of an application and nobody has said anything of it."""
    is_listed = any(row.code == annex for row in application.annexes)
    return is_listed and not application.annex_answers.filter(annex=annex).exists()


def _answer(application: Application, annex: str, why: str, *, by: User, at: datetime) -> AnnexAnswer:
    answer: AnnexAnswer = AnnexAnswer.objects.create(application=application, annex=annex, why=why)
    kind = "application.annex_not_needed"
    timeline.add(case=application.case, kind=kind, by=by, at=at, about=answer, facts=_facts(answer))
    return answer


def _locked(answer: AnnexAnswer, version: int) -> AnnexAnswer:
    application = locked(answer.application)
    answer = answer.locked()
    answer.application = application
    corrections.check_standing(answer)
    answer.check_version(version)
    return answer


def _why(answer: AnnexAnswer, kind: str, reason: str, *, by: User, at: datetime) -> Why:
    return Why(reason=reason, by=by, at=at, case=answer.application.case, kind=kind, facts=_facts(answer))


def _facts(answer: AnnexAnswer) -> dict[str, str]:
    return {"annex": answer.annex, "benefit": answer.application.benefit_code}
