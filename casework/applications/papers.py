"""Papers that are in the case already and can go with an application: nothing of them is typed again."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casework.models import Application, Document, Evidence, Illness, StatementRequest
from tenants.rough_days import RoughDay, rough

EVIDENCE_KINDS = {
    Document.Kind.STATEMENT_A.value: Evidence.Kind.STATEMENT_A,
    Document.Kind.STATEMENT_B.value: Evidence.Kind.STATEMENT_B,
    Document.Kind.STATEMENT_C.value: Evidence.Kind.STATEMENT_C,
    Document.Kind.PLAN.value: Evidence.Kind.REHABILITATION_PLAN,
    Document.Kind.DESCRIPTION.value: Evidence.Kind.ABILITY_DESCRIPTION,
    Document.Kind.MEDICAL.value: Evidence.Kind.OTHER,
}
STATEMENTS = {StatementRequest.Kind.A, StatementRequest.Kind.B, StatementRequest.Kind.C}


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper of the case as evidence would say it. `key` is that of the row it is read from."""

    key: uuid.UUID
    kind: str
    annex: str = ""
    title: str = ""
    dated_on: RoughDay | None = None
    document: Document | None = None
    illnesses: Sequence[Illness] = ()

    @property
    def name(self) -> str:
        """What it is, and what it is called where that tells more."""
        kind = str(Evidence.Kind(self.kind).label)
        return self.title if self.title.startswith(kind) else f"{kind}, {self.title}" if self.title else kind

    @property
    def age(self) -> date:
        """What the newest is chosen by; without a day it comes last."""
        return self.dated_on.last if self.dated_on else date.min

    def is_same_as(self, other: "Paper") -> bool:
        """Tell whether both are one paper: one file, or without files of one kind and day."""
        if self.document and other.document:
            return self.document.pk == other.document.pk
        return (self.kind, self.annex, self.dated_on) == (other.kind, other.annex, other.dated_on)


@dataclass(frozen=True, kw_only=True)
class InCase:
    """What lies in the case of an application: all its evidence, requests for statements, and documents."""

    evidence: Sequence[Evidence]
    requests: Sequence[StatementRequest]
    documents: Sequence[Document]

    def attached_to(self, application: Application) -> list[Evidence]:
        return [piece for piece in self.evidence if piece.application_id == application.pk]

    def offered_to(self, application: Application) -> list[Paper]:
        """Find what this application has not got yet, the newest first, each paper once.

        Evidence of another application comes before the same paper elsewhere: it knows the illnesses.
        """
        others = [piece for piece in self.evidence if piece.application_id != application.pk]
        received = [one for one in self.requests if one.is_received and one.kind in STATEMENTS]
        files = [one for one in self.documents if one.kind in EVIDENCE_KINDS and not one.is_infected]
        found = [*map(_of_evidence, others), *map(_of_request, received), *map(_of_document, files)]
        known = [_of_evidence(piece) for piece in self.attached_to(application)]
        offered: list[Paper] = []
        for paper in found:
            if not any(paper.is_same_as(one) for one in (*known, *offered)):
                offered.append(paper)
        return sorted(offered, key=lambda paper: paper.age, reverse=True)


def _of_evidence(piece: Evidence) -> Paper:
    return Paper(
        key=piece.pk,
        kind=piece.kind,
        annex=piece.annex,
        title=piece.title,
        dated_on=rough(piece.dated_on),
        document=piece.document,
        illnesses=list(piece.illnesses.all()),
    )


def _of_request(request: StatementRequest) -> Paper:
    return Paper(
        key=request.pk,
        kind=request.kind,
        title=request.asked_of,
        dated_on=rough(request.written_on),
        document=request.document,
    )


def _of_document(document: Document) -> Paper:
    return Paper(
        key=document.pk,
        kind=EVIDENCE_KINDS[document.kind],
        title=document.title,
        dated_on=rough(document.dated_on),
        document=document,
    )
