"""All rounds of a municipality as one flat set, for statistics: those at the deciders, and appeals at their levels.

Nothing is logged here and nobody's rights are asked: what is told of these rows is told of many together.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case as Either
from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from casework.law import as_of
from casework.law.deadlines import DeciderKind
from casework.law.workflow import AppealState
from casework.models import Appeal, Decision, Round

WITHDRAWN = Round.End.WITHDRAWN.value


@dataclass(frozen=True, kw_only=True)
class FlatRound:
    """One round. `kind` of an appeal is its level; `result` is "" while it is open, "withdrawn" without an answer."""

    kind: str
    benefit_code: str
    decider_code: str
    begun_on: date
    ended_on: date | None
    result: str

    @property
    def decider_kind(self) -> DeciderKind:
        return as_of.decider(self.decider_code, self.begun_on).kind


def rounds(*, until: date) -> list[FlatRound]:
    """Answer every round that had begun by a day, the oldest first, in one query; an application has several.

    A round at the decider has the result of the first decision that stands of it, an appeal that of its body;
    "corrected" is what the decider put right itself after an appeal. What was not filed is no round yet.
    """
    rows = _at_the_deciders(until).union(_on_appeal(until), all=True).order_by("begun_on")
    names = ("kind", "benefit_code", "decider_code", "begun_on", "ended_on", "result")
    return [FlatRound(**dict(zip(names, row, strict=True))) for row in rows]


def _at_the_deciders(until: date) -> QuerySet[Any, Any]:
    first = Decision.objects.filter(round=OuterRef("pk")).order_by("decided_on", "created_at").values("result")[:1]
    result = Coalesce(Subquery(first), "end", output_field=CharField())
    codes = ("application__benefit_code", "application__decider_code")
    found: QuerySet[Any] = Round.objects.filter(application__removed_at=None, begun_on__lte=until).order_by()
    return found.values_list("kind", *codes, "begun_on", "ended_on", result)


def _on_appeal(until: date) -> QuerySet[Any, Any]:
    is_withdrawn = When(state=AppealState.WITHDRAWN, then=Value(WITHDRAWN))
    result = Either(is_withdrawn, default=F("result"), output_field=CharField())
    codes = ("decision__application__benefit_code", "decision__application__decider_code")
    standing = {"decision__removed_at": None, "decision__application__removed_at": None}
    found: QuerySet[Any] = Appeal.objects.filter(filed_on__lte=until, **standing).order_by()
    return found.values_list("level", *codes, "filed_on", Coalesce("result_on", "withdrawn_on"), result)
