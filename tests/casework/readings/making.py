"""Gives drafts to readers for tests, through the real actions only."""

from datetime import date, datetime
from typing import Any

from casework.models import Appeal, Case, ReadingRequest
from casework.readings import actions as readings
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.display import helsinki
from tests.conftest import NOON
from tests.people import person

DUE = date(2026, 11, 27)


def a_reading(draft: Any, *, reader: User, by: User, at: datetime = NOON, **asked: Any) -> ReadingRequest:
    """Ask somebody to read a draft."""
    return readings.ask(draft=draft, reader=reader, by=by, at=at, **{"due_on": DUE} | asked)


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """The coordinator reads a draft for a colleague and has remarked on it; answers the arguments of its addresses."""
    appeal = Appeal.objects.filter(decision__application__case=case, state="draft").earliest("created_at")
    colleague = person("Rauha", Role.COORDINATOR)
    reading = a_reading(appeal, reader=by, by=colleague, at=at, due_on=helsinki(at), question="Onko tämä selvä?")
    remark = readings.remark(reading=reading, field="grounds", text="Lisää esimerkki.", by=by, at=at)
    return {"reading_id": reading.pk, "remark_id": remark.pk}
