"""The silence list: clients of open cases with whom nobody has been in contact for too long. Nothing is logged here.

The database is asked which cases belong on it and reads no more of them than are wanted; the law
(`casework.law.silence`) then says of each why it is there.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from casework.figures.queries import own_figures
from casework.law import figures
from casework.law.figures import Owns
from casework.law.silence import Facts, Limits, Occasion, Silence, limits, too_long
from casework.models import Appointment, Case, Decision
from casework.overview.whose import Keys, Question, Whose, open_keys
from tenants.accounts.models import User
from tenants.display import COUNTED, midnight
from tenants.names import written

REJECTED = Q(result=Decision.Result.REJECTED)
COLUMNS = ("number", "client__first_name", "client__last_name", "coordinator__name", "opened_on", "contact_on")


@dataclass(frozen=True, kw_only=True)
class SilentCase:
    """A case of the list: whose, who coordinates it, and why it is there."""

    number: str
    client: str
    coordinator: str
    silence: Silence
    has_contact: bool


def silent_cases(of: Whose, user: User, *, on: date, at: datetime) -> list[SilentCase]:
    """Find those open cases that have been silent for too long, the longest first, in one query beside own figures.

    A client who has said no to the service is left in peace. Of more than COUNTED one more is read.
    """
    rules = _in_use(limits(on), own_figures(on))
    days = {occasion: on - timedelta(days=row.days) for occasion, row in rules.silences.items()}
    rows = _question(rules.rehabilitations)(
        of,
        user=user.pk,
        at=at,
        soon=midnight(on + timedelta(days=rules.agreed_days + 1)),
        usual_by=days[Occasion.USUAL],
        rejected_by=days[Occasion.REJECTION],
        granted_by=days[Occasion.REHABILITATION_GRANTED],
        ended_by=days[Occasion.REHABILITATION_ENDED],
    )
    found = ((row, too_long(_facts(row), on=on, limits=rules)) for row in rows)
    return [_silent(row, silence) for row, silence in found if silence]


def _in_use(rules: Limits, own: Owns) -> Limits:
    """The limits with the municipality's own days."""
    silences = {occasion: figures.in_use(row, own) for occasion, row in rules.silences.items()}
    return replace(rules, silences=silences, agreed=figures.in_use(rules.agreed, own))


def _silent(row: dict[str, Any], silence: Silence) -> SilentCase:
    return SilentCase(
        number=row["number"],
        client=written(row["client__first_name"], row["client__last_name"]),
        coordinator=row["coordinator__name"],
        silence=silence,
        has_contact=row["contact_on"] is not None,
    )


@lru_cache(maxsize=8)
def _question(rehabilitations: frozenset[str]) -> Question[dict[str, Any]]:
    """The question under the law of a day: which benefits are about rehabilitation stands in it."""
    build: Callable[..., QuerySet[Case, dict[str, Any]]] = partial(_rows, rehabilitations)
    return Question(lambda of, **values: build(open_keys(of, values.pop("user")), **values))


def _rows(
    rehabilitations: frozenset[str],
    cases: Keys,
    *,
    at: datetime,
    soon: datetime,
    usual_by: date,
    rejected_by: date,
    granted_by: date,
    ended_by: date,
) -> QuerySet[Case, dict[str, Any]]:
    """The silent ones in their order; each occasion has the day by which its own days are over."""
    of_case = Decision.objects.filter(application__case=OuterRef("pk")).order_by()
    about_rehabilitation = Q(application__benefit_code__in=sorted(rehabilitations)) & ~REJECTED
    occasions = {
        "rejected_on": ("notice_on", REJECTED & Q(notice_on__lte=rejected_by)),
        "rehabilitation_granted_on": ("notice_on", about_rehabilitation & Q(notice_on__lte=granted_by)),
        "rehabilitation_ended_on": ("granted_until", about_rehabilitation & Q(granted_until__lte=ended_by)),
    }
    unanswered = Q()
    for column, condition in occasions.values():
        unanswered |= condition & _is_unanswered(column)
    agreed = Appointment.objects.filter(case=OuterRef("pk"), state=Appointment.State.PLANNED)
    agreed = agreed.filter(starts_at__gt=at, starts_at__lt=soon)
    days = JSONObject(**{name: Max(column, filter=condition) for name, (column, condition) in occasions.items()})
    decided = of_case.values("application__case").annotate(days=days).values("days")
    silent = Case.objects.alias(since=Coalesce("contact_on", "opened_on")).filter(
        Q(since__lte=usual_by) | Exists(of_case.filter(unanswered)), ~Exists(agreed), pk__in=cases, closed_on=None
    )
    silent = silent.exclude(client__is_voluntary=False).order_by("since", "number")
    rows: QuerySet[Case, dict[str, Any]] = silent.annotate(decided=Subquery(decided)).values(*COLUMNS, "decided")
    return rows[: COUNTED + 1]


def _is_unanswered(column: str) -> Q:
    """Nobody was in contact on the day of an occasion or since; it counts from the day the case was opened."""
    without_contact = Q(application__case__contact_on=None)
    later = Q(**{f"{column}__gt": F("application__case__contact_on")})
    return later | without_contact & Q(**{f"{column}__gte": F("application__case__opened_on")})


def _facts(row: dict[str, Any]) -> Facts:
    decided = {name: date.fromisoformat(day) for name, day in (row["decided"] or {}).items() if day}
    return Facts(opened_on=row["opened_on"], contact_on=row["contact_on"], **decided)
