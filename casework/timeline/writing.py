"""The one function that writes to the timeline of a case. Reading is in `reading`, the kinds are in `kinds`.

What a person did is also written to the access log here, so that no act can be on one and not on the other. An action
tells of a change after it has saved it: the phase and the last contact of the case are derived anew with every line.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime

from django.db import models

from casework.models import Case, Event
from casework.timeline import kept
from casework.timeline.kinds import EVENTS
from tenants.accounts.models import User
from tenants.audit import access_log
from tenants.audit.access_log import Subject
from tenants.display import helsinki


def add(
    *,
    case: Case,
    kind: str,
    by: User | None,
    at: datetime,
    on: date | None = None,
    about: models.Model | None = None,
    facts: Mapping[str, str | int] | None = None,
) -> Event:
    """Write one line, in the transaction of what it tells about. Without `on` it happened when it was written down.

    Raises:
        KeyError: no such kind of event.
    """
    event = Event.objects.create(
        case=case,
        kind=kind,
        group=EVENTS[kind].group,
        on=on or helsinki(at),
        at=at,
        by=by,
        about_kind=noun(about) if about else "",
        about_id=about.pk if about else None,
        facts=dict(facts or {}),
    )
    kept.keep(case)
    if by is not None:
        access_log.record(by=by, action=kind, subjects=[Subject("case", case.number)])
    return event


def noun(thing: models.Model | type[models.Model]) -> str:
    """Name a model as `about_kind` does: ServiceEntry is service_entry."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", thing._meta.object_name or "").lower()
