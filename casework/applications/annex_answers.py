"""What can be done to a row of an application's list: attach a paper of the case, say that it is not needed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.applications import evidence
from casework.applications.actions import locked
from casework.applications.pair_acts import other_for
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
    other = other_for("say_not_needed", application)
    if other is not None and _lacks(other, annex):
        _answer(other, annex, why, by=by, at=at)
    return _answer(application, annex, why, by=by, at=at)


@transaction.atomic
def correct(*, answer: AnnexAnswer, why: str, reason: str, version: int, by: User, at: datetime) -> AnnexAnswer:
    """Correct why it is not needed, also at the other pension system where the same was said.

    Raises:
        EditedMeanwhile, TakenBack, CaseIsClosed
    """
    answer = _locked(answer, version)
    for one in _alike("correct_not_needed", answer):
        corrections.correct(one, {"why": why}, _why(one, "annex_answer.corrected", reason, by=by, at=at))
    return answer


@transaction.atomic
def take_back(*, answer: AnnexAnswer, reason: str, version: int, by: User, at: datetime) -> AnnexAnswer:
    """Take the answer back: the row is open again, also at the other pension system where the same was said.

    Raises:
        EditedMeanwhile, TakenBack, CaseIsClosed
    """
    answer = _locked(answer, version)
    for one in _alike("take_back_not_needed", answer):
        corrections.take_back(one, _why(one, "annex_answer.removed", reason, by=by, at=at))
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


def _alike(act: str, answer: AnnexAnswer) -> list[AnnexAnswer]:
    """A locked answer, and the same one at the other pension system locked as well."""
    other = other_for(act, answer.application)
    if other is None:
        return [answer]
    twins = [one.locked() for one in other.annex_answers.filter(annex=answer.annex) if one.why == answer.why]
    for twin in twins:
        twin.application = other
    return [answer, *twins]


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
