"""What of the list of an application is there: which rows are met by which evidence. Pages and filing read the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.law.annexes import Annex
from casework.models import AnnexAnswer, Application, Evidence
from tenants.doubts import Doubt, doubt
from tenants.errors import Refusal


class AnnexTooOld(Doubt):
    user_message = _(
        "On the day of filing this is older than the decider takes: %(paper)s. "
        "It can be filed, but the decider may ask for a newer one."
    )
    field = "filed_on"


class AnnexMissing(Refusal):
    user_message = _(
        "This goes with the application and is not attached: %(annexes)s. Attach it, or say that it will be sent later."
    )
    field = "statement_follows"


@dataclass(frozen=True, kw_only=True)
class TooOld:
    """The newest evidence of a row, older than the decider takes."""

    annex: Annex
    piece: Evidence


def evidence_for(annex: Annex, evidence: Iterable[Evidence]) -> list[Evidence]:
    """Find what is attached of a row, the newest first; what has no day comes last."""
    found = [piece for piece in evidence if annex.is_met_by(piece.kind, piece.annex)]
    return sorted(found, key=lambda piece: piece.dated_on.last if piece.dated_on else date.min, reverse=True)


def missing(application: Application, evidence: Sequence[Evidence], answers: Iterable[AnnexAnswer]) -> list[Annex]:
    """Find the rows that are needed, of which nothing is attached, and of which nobody said that they are not."""
    answered = {answer.annex for answer in answers}
    needed = [annex for annex in application.annexes if annex.is_needed and annex.code not in answered]
    return [annex for annex in needed if not evidence_for(annex, evidence)]


def too_old(application: Application, evidence: Sequence[Evidence], *, on: date) -> list[TooOld]:
    """Find the rows whose newest evidence is older on a day than the decider takes; without a day nobody knows."""
    newest = [(annex, evidence_for(annex, evidence)[:1]) for annex in application.annexes]
    return [TooOld(annex=annex, piece=piece) for annex, found in newest for piece in found if _is_old(annex, piece, on)]


def check_annexes(application: Application, filed_on: date) -> None:
    """Refuse to file without what is needed; ask once more of what is too old on the day of filing.

    Raises:
        AnnexMissing
    Doubts: AnnexTooOld
    """
    attached = list(application.evidence.all())
    lacking = missing(application, attached, application.annex_answers.all())
    if lacking:
        raise AnnexMissing(annexes=", ".join(annex.name for annex in lacking))
    for old in too_old(application, attached, on=filed_on):
        doubt(AnnexTooOld(paper=old.piece.named()))


def _is_old(annex: Annex, piece: Evidence, on: date) -> bool:
    return piece.dated_on is not None and annex.is_old(piece.dated_on.last, on=on)
