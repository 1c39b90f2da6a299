"""Open ends of closed cases that somebody here follows: whose they are, and that work on them goes on.

Nothing is logged here and nobody's rights are asked.
"""

import uuid
from typing import Any

from django.db.models import Case as Either
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery, UUIDField, Value, When
from django.db.models.functions import Coalesce

from casework.models import Appeal, Case, Decision, OpenEnd

NOBODY = OpenEnd.Holder.NOBODY


def held() -> QuerySet[OpenEnd]:
    """The ends that somebody has, here or elsewhere."""
    return OpenEnd.objects.filter(is_current=True).exclude(holder=NOBODY)


def kept() -> QuerySet[OpenEnd]:
    """The ends that somebody here follows."""
    return OpenEnd.objects.filter(is_current=True, keeper__isnull=False)


def kept_cases(user: uuid.UUID) -> QuerySet[OpenEnd, Any]:
    """The keys of the closed cases of which a person follows something."""
    return kept().filter(keeper=user).order_by().values("case")


def with_keeper(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Give each row `keeper`: the key of who follows it in a closed case, None where nobody does."""
    found: QuerySet[Any] = rows.annotate(keeper=_keeper_of(kept().filter(about=OuterRef("pk"))))
    return found


def clocks_with_keeper(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Give each row `keeper`: the key of who follows its day of appeal in a closed case, None where nobody does.

    What was said of the decision or its appeal counts; what came later goes with the rest of its application.
    """
    is_decision = rows.model is Decision
    named = OpenEnd.objects.filter(Q(about=OuterRef("pk")) | Q(about__in=_appeals_of()) if is_decision else _about())
    named = named.filter(is_current=True)
    application = "application" if is_decision else "decision__application"
    of_application = kept().filter(application=OuterRef(application))
    keeper = Coalesce(
        _keeper_of(named.filter(keeper__isnull=False)),
        Either(
            When(~Exists(named), then=_keeper_of(of_application)),
            default=Value(None),
            output_field=UUIDField(),
        ),
        output_field=UUIDField(),
    )
    found: QuerySet[Any] = rows.annotate(keeper=keeper)
    return found


def keeper_of(row: Model) -> uuid.UUID | None:
    """Read who follows a row: the key that its query answered as `keeper`, None of an open case."""
    found: uuid.UUID | None = vars(row).get("keeper")
    return found


def is_worked_on(case: Case, **end: Any) -> bool:
    """Tell whether work goes on in a case, or in a closed one on an end that somebody has."""
    return case.is_open or held().filter(case=case, **end).exists()


def _about() -> Q:
    return Q(about=OuterRef("pk"))


def _appeals_of() -> QuerySet[Appeal, Any]:
    return Appeal.objects.filter(decision=OuterRef(OuterRef("pk"))).order_by().values("pk")


def _keeper_of(ends: QuerySet[OpenEnd]) -> Subquery:
    return Subquery(ends.order_by("created_at").values("keeper")[:1], output_field=UUIDField())
