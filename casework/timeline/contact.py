"""The last contact with the client of a case, which the silence list counts from: told by facts, never typed in."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from casework.law.silence import services_of_contact
from casework.models import Appointment, Case, Note, ServiceEntry
from tenants.display import helsinki

CASE = OuterRef("pk")
CONTACTS = ("noted_on", "logged_on", "held_at")


def with_contacts(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Add the newest of each kind of contact under the names of CONTACTS, each by an index on case and day."""
    notes = Note.objects.filter(case=CASE, kind__in=sorted(Note.CONTACTS)).order_by("-on")
    entries = ServiceEntry.objects.filter(_is_contact(), case=CASE).order_by("-on")
    held = Appointment.objects.filter(case=CASE, state=Appointment.State.HELD).order_by("-starts_at")
    return cases.annotate(
        noted_on=Subquery(notes.values("on")[:1]),
        logged_on=Subquery(entries.values("on")[:1]),
        held_at=Subquery(held.values("starts_at")[:1]),
    )


def last_contact(row: dict[str, Any]) -> date | None:
    """Answer the day of the last contact by the values that `with_contacts` adds."""
    days = (row["noted_on"], row["logged_on"], helsinki(row["held_at"]) if row["held_at"] else None)
    return max((day for day in days if day), default=None)


def _is_contact() -> Q:
    """Whether a service was contact by the row of the law that held on its day."""
    condition = Q()
    for row in services_of_contact():
        ends = Q(on__lte=row.valid_to) if row.valid_to else Q()
        condition |= Q(product__in=row.services, on__gte=row.valid_from) & ends
    return condition
