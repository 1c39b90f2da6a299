"""The phase of a case, kept in its row by the timeline: derived from facts at every event, never typed in."""

import uuid
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from casework.law.phases import DECIDING, Facts, Phase, phase_of
from casework.law.products import codes_showing
from casework.law.workflow import WAITING, AppealState, ApplicationState
from casework.models import Appeal, Application, Appointment, Assessment, Case, CoverageCheck, Note, ServiceEntry
from tenants.prepared import Prepared


def keep(case: Case) -> None:
    """Write down the phase that the facts of a case say now, in the transaction that has changed them."""
    [row] = _facts_of(case=case.pk)
    phase = phase_of(Facts(**{fact: row[fact] for fact, _phase in DECIDING}))
    if row["phase"] != phase:
        Case.objects.filter(pk=case.pk).update(phase=phase)
    case.phase = phase


def derived(case: Case) -> Phase:
    """Derive the phase of a case from its facts, whatever its row says."""
    [row] = _facts_of(case=case.pk)
    return phase_of(Facts(**{fact: row[fact] for fact, _phase in DECIDING}))


def with_facts(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Add the facts of casework.law.phases under their names."""
    applications = Application.objects.filter(case=OuterRef("pk"))
    of_decisions = {"decision__application__case": OuterRef("pk"), "decision__removed_at": None}
    entries = ServiceEntry.objects.filter(case=OuterRef("pk"))
    met = Q(Exists(entries.filter(product__in=codes_showing(Phase.MAPPING))))
    met |= Q(Exists(Note.objects.filter(case=OuterRef("pk"), kind=Note.Kind.MEETING)))
    held = Appointment.objects.filter(case=OuterRef("pk"), state=Appointment.State.HELD)
    met |= Q(Exists(held))
    assessed = Q(Exists(Assessment.objects.current().filter(case=OuterRef("pk"))))
    assessed |= Q(Exists(entries.filter(product__in=codes_showing(Phase.ASSESSING))))
    assessed |= Q(Exists(held.filter(kind=Appointment.Kind.DOCTOR)))
    return cases.annotate(
        is_closed=_fact(Q(closed_on__isnull=False)),
        has_unchecked_decision=Exists(CoverageCheck.objects.filter(state="open", **of_decisions)),
        has_appeal_under_way=Exists(
            Appeal.objects.filter(state__in=[AppealState.DRAFT, AppealState.FILED], **of_decisions)
        ),
        has_application_waiting=Exists(applications.filter(state__in=sorted(WAITING))),
        has_application_drafted=Exists(applications.filter(state=ApplicationState.DRAFT)),
        has_direction=_fact(~Q(direction="")),
        has_assessment=_fact(assessed),
        has_met=_fact(met),
    )


def _fact(condition: Q) -> ExpressionWrapper:  # type: ignore[type-arg]
    return ExpressionWrapper(condition, output_field=BooleanField())


def _facts(*, case: uuid.UUID) -> QuerySet[Case, dict[str, Any]]:
    facts = [fact for fact, _phase in DECIDING]
    rows: QuerySet[Case, dict[str, Any]] = with_facts(Case.objects.filter(pk=case)).order_by().values("phase", *facts)
    return rows


_facts_of = Prepared(_facts)
