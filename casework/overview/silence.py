"""The silence list: clients of open cases with whom nobody has been in contact for too long. Nothing is logged here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from casework.law.silence import Facts, Limits, Silence, limits, too_long
from casework.models import Appointment, Case, Decision, Note, ServiceEntry
from tenants.display import helsinki
from tenants.names import written

Result = Decision.Result
CASE = OuterRef("pk")
COLUMNS = ("number", "client__first_name", "client__last_name", "coordinator__name", "opened_on")
FOUND = ("noted_on", "logged_on", "held_at", "agreed_at", "decided")


@dataclass(frozen=True, kw_only=True)
class SilentCase:
    """A case of the list: whose, who coordinates it, and why it is there."""

    number: str
    client: str
    coordinator: str
    silence: Silence
    has_contact: bool


def silent_cases(cases: Any, *, on: date, at: datetime) -> list[SilentCase]:
    """Find those of some open cases that have been silent for too long, the longest first, in one query.

    A client who has said no to the service is left in peace.
    """
    rules = limits(on)
    found = [
        SilentCase(
            number=row["number"],
            client=written(row["client__first_name"], row["client__last_name"]),
            coordinator=row["coordinator__name"],
            silence=silence,
            has_contact=facts.contact_on is not None,
        )
        for row in _rows(cases, rules, on=on, at=at)
        if (silence := too_long(facts := _facts(row), on=on, limits=rules))
    ]
    return sorted(found, key=lambda case: (case.silence.since, case.number))


def _rows(cases: Any, rules: Limits, *, on: date, at: datetime) -> Iterable[dict[str, Any]]:
    """Read of every case the newest of each kind of contact, each by an index on case and day."""
    notes = Note.objects.filter(case=CASE, kind__in=sorted(Note.CONTACTS)).order_by("-on")
    entries = ServiceEntry.objects.filter(case=CASE, product__in=rules.services).order_by("-on")
    visits = Appointment.objects.filter(case=CASE)
    held = visits.filter(state=Appointment.State.HELD, starts_at__lte=at).order_by("-starts_at")
    agreed = visits.filter(state=Appointment.State.PLANNED, starts_at__gt=at).order_by("starts_at")
    rows = Case.objects.filter(pk__in=cases, closed_on=None).exclude(client__is_voluntary=False).order_by()
    found: Iterable[dict[str, Any]] = rows.annotate(
        noted_on=Subquery(notes.values("on")[:1]),
        logged_on=Subquery(entries.values("on")[:1]),
        held_at=Subquery(held.values("starts_at")[:1]),
        agreed_at=Subquery(agreed.values("starts_at")[:1]),
        decided=_decided(rules, on),
    ).values(*COLUMNS, *FOUND)
    return found


def _decided(rules: Limits, on: date) -> Subquery:
    """The days of the newest rejection, of rehabilitation granted, and of its end, of a case as one object."""
    about_rehabilitation = Q(application__benefit_code__in=sorted(rules.rehabilitations))
    granted = about_rehabilitation & ~Q(result=Result.REJECTED)
    days = JSONObject(
        rejected_on=Max("notice_on", filter=Q(result=Result.REJECTED, notice_on__lte=on)),
        rehabilitation_granted_on=Max("notice_on", filter=granted & Q(notice_on__lte=on)),
        rehabilitation_ended_on=Max("granted_until", filter=granted & Q(granted_until__lte=on)),
    )
    of_case = Decision.objects.filter(application__case=CASE).order_by().values("application__case")
    return Subquery(of_case.annotate(days=days).values("days"))


def _facts(row: dict[str, Any]) -> Facts:
    contacts = [row["noted_on"], row["logged_on"], helsinki(row["held_at"]) if row["held_at"] else None]
    decided = {name: date.fromisoformat(day) for name, day in (row["decided"] or {}).items() if day}
    return Facts(
        opened_on=row["opened_on"],
        contact_on=max((day for day in contacts if day), default=None),
        agreed_on=helsinki(row["agreed_at"]) if row["agreed_at"] else None,
        **decided,
    )
