"""What is known of the benefits of a case, read in one query: applications, decisions, paid days, registrations.

Nothing is logged here and nobody's rights are asked. Of a client who has died nothing is read, nor any decision that
stands no longer.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from casework.cases.kept_ends import kept
from casework.cases.standing import standing
from casework.models import (
    Application,
    Case,
    Decision,
    JobseekerRegistration,
    NoContinuation,
    OpenEnd,
    SicknessDayCount,
)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of the benefits of one case. `keepers`: who follows which application of a closed case."""

    case: Case
    decisions: list[Decision] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)
    counts: list[SicknessDayCount] = field(default_factory=list)
    registrations: list[JobseekerRegistration] = field(default_factory=list)
    refused: list[NoContinuation] = field(default_factory=list)
    keepers: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)

    def keeper(self, application: Application) -> uuid.UUID | None:
        return None if self.case.is_open else self.keepers.get(application.pk)

    def is_followed(self, application: Application) -> bool:
        """Whether the case is open, or somebody follows this application of a closed one."""
        return self.case.is_open or application.pk in self.keepers


def read(cases: Iterable[uuid.UUID]) -> list[Known]:
    """Read what is known of some cases, in one query; those whose client has died are left out."""
    keys = set(cases)
    if not keys:
        return []
    living = Case.objects.filter(pk__in=keys).exclude(client__cases__outcome=Case.Outcome.DIED)
    found = living.select_related("coordinator", "client").annotate(
        read_applications=_array(Application.objects.filter(case=OuterRef("pk"))),
        read_decisions=_array(standing().filter(application__case=OuterRef("pk"))),
        read_counts=_array(SicknessDayCount.objects.filter(case=OuterRef("pk"))),
        read_registrations=_array(JobseekerRegistration.objects.filter(case=OuterRef("pk"))),
        read_refused=_array(NoContinuation.objects.filter(decision__application__case=OuterRef("pk"))),
        read_ends=_array(kept().filter(case=OuterRef("pk"))),
    )
    return [_known(case) for case in found]


def of_case(case: Case) -> Known | None:
    """Read what is known of one case; None when its client has died."""
    return next(iter(read([case.pk])), None)


def with_end(*, benefits: Iterable[str], since: date) -> set[uuid.UUID]:
    """The keys of open cases, and of closed ones of which somebody follows something, with an end since a day."""
    followed = Q(application__case__closed_on=None) | Q(application__case__in=kept().order_by().values("case"))
    ends = standing().filter(followed, granted_until__gte=since)
    return set(ends.filter(application__benefit_code__in=list(benefits)).values_list("application__case", flat=True))


# What is read of each; the words are sealed, and fetched when somebody asks for them.
READ: Mapping[type[Model], tuple[str, ...]] = {
    Application: (
        "id",
        "case_id",
        "benefit_code",
        "decider_code",
        "matter",
        "state",
        "drafted_on",
        "filed_on",
        "claim_by",
        "more_due_on",
        "created_at",
    ),
    Decision: ("id", "application_id", "created_at", "decided_on", "result", "granted_until", "recorded_on"),
    SicknessDayCount: ("id", "created_at", "case_id", "benefit_code", "paid_days", "counted_on", "recorded_on"),
    JobseekerRegistration: ("id", "case_id", "registered_on", "payment_ended_on"),
    NoContinuation: ("id", "decision_id", "said_on"),
    OpenEnd: ("id", "about", "keeper_id"),
}


def _array(rows: QuerySet[Any]) -> ArraySubquery:
    return ArraySubquery(rows.values(row=JSONObject(**{name: name for name in READ[rows.model]})))


def _built[Row: Model](model: type[Row], rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Make rows of what was read of them; what was not is fetched when it is asked for."""
    names = READ[model]
    fields: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    order = [name for name in fields if name in names]
    return [model.from_db("default", order, [_python(fields[name], row[name]) for name in order]) for row in rows]


def _python(column: Any, value: Any) -> Any:
    return (column.target_field if column.is_relation else column).to_python(value)


def _known(case: Case) -> Known:
    read = vars(case)
    applications = {found.pk: found for found in _built(Application, read["read_applications"])}
    for application in applications.values():
        application.case = case
    decisions = _built(Decision, read["read_decisions"])
    for decision in decisions:
        decision.application = applications[decision.application_id]
    return Known(
        case=case,
        decisions=decisions,
        applications=list(applications.values()),
        counts=_built(SicknessDayCount, read["read_counts"]),
        registrations=_built(JobseekerRegistration, read["read_registrations"]),
        refused=_built(NoContinuation, read["read_refused"]),
        keepers={end.about: end.keeper_id for end in _built(OpenEnd, read["read_ends"]) if end.keeper_id},
    )
