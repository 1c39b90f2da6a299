"""The facts of a case that its phase is derived from, never typed in (casework.law.phases)."""

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from casework.law.phases import Phase
from casework.law.products import codes_showing
from casework.law.workflow import APPEAL_UNDER_WAY, REMOVAL_UNDER_WAY, WAITING, ApplicationState, CareState
from casework.models import (
    Appeal,
    Application,
    Appointment,
    Assessment,
    CareReferral,
    Case,
    CoverageCheck,
    Note,
    Removal,
    ServiceEntry,
)


def with_facts(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Add the facts of casework.law.phases under their names."""
    applications = Application.objects.filter(case=OuterRef("pk"))
    of_decisions = {"decision__application__case": OuterRef("pk"), "decision__removed_at": None}
    entries = ServiceEntry.objects.filter(case=OuterRef("pk"))
    met = Q(Exists(entries.filter(product__in=codes_showing(Phase.MAPPING))))
    met |= Q(Exists(Note.objects.filter(case=OuterRef("pk"), kind=Note.Kind.MEETING)))
    held = Appointment.objects.filter(case=OuterRef("pk"), state=Appointment.State.HELD)
    met |= Q(Exists(held))
    assessed = Q(Exists(Assessment.objects.filter(case=OuterRef("pk"))))
    assessed |= Q(Exists(entries.filter(product__in=codes_showing(Phase.ASSESSING))))
    assessed |= Q(Exists(held.filter(kind=Appointment.Kind.DOCTOR)))
    referred = CareReferral.objects.filter(case=OuterRef("pk"), steps__contains=["send"])
    assessed |= Q(Exists(referred.exclude(state=CareState.WITHDRAWN)))
    appealed = Q(Exists(Appeal.objects.filter(state__in=sorted(APPEAL_UNDER_WAY), **of_decisions)))
    appealed |= Q(Exists(Removal.objects.filter(state__in=sorted(REMOVAL_UNDER_WAY), **of_decisions)))
    return cases.annotate(
        is_closed=_fact(Q(closed_on__isnull=False)),
        has_unchecked_decision=Exists(CoverageCheck.objects.filter(state="open", **of_decisions)),
        has_appeal_under_way=_fact(appealed),
        has_application_waiting=Exists(applications.filter(state__in=sorted(WAITING))),
        has_application_drafted=Exists(applications.filter(state=ApplicationState.DRAFT)),
        has_direction=_fact(~Q(direction="")),
        has_assessment=_fact(assessed),
        has_met=_fact(met),
    )


def _fact(condition: Q) -> ExpressionWrapper:  # type: ignore[type-arg]
    return ExpressionWrapper(condition, output_field=BooleanField())
