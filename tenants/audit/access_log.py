"""Writing to and checking the access log. A page that shows a client writes here first: no log, no page."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC

from django.db import connection

from tenants.accounts.models import User
from tenants.audit.models import AccessEntry
from tenants.audit.requests import current_request


@dataclass(frozen=True)
class Subject:
    """Whom an entry is about: kind "client" or "case", and its key; never content."""

    kind: str
    key: str


def record(*, by: User, action: str, subjects: Sequence[Subject], reason: str = "") -> None:
    """Append one entry per subject in one call; what the database raises is raised: no log, no page."""
    if not subjects:
        return
    request = current_request()
    with connection.cursor() as cursor:
        cursor.execute(
            "select append_access(%s, %s, %s, %s, %s::jsonb, %s, %s, %s)",
            [
                by.pk,
                by.name,
                ",".join(by.roles),
                action,
                json.dumps([asdict(subject) for subject in subjects]),
                reason,
                request.route,
                request.id,
            ],
        )


def first_broken_entry() -> AccessEntry | None:
    """Walk the chain from the oldest entry; return the first that does not follow the one before, None if whole."""
    previous = ""
    for entry in AccessEntry.objects.order_by("id").iterator():
        if entry.previous != previous or entry.digest != _digest(entry):
            return entry
        previous = entry.digest
    return None


def _digest(entry: AccessEntry) -> str:
    values = [
        entry.previous,
        f"{entry.at.astimezone(UTC):%Y%m%d%H%M%S%f}",
        str(entry.actor),
        entry.roles,
        entry.action,
        entry.subject_kind,
        entry.subject,
        entry.reason,
        entry.route,
        entry.request_id,
    ]
    return hashlib.sha256("\x1f".join(values).encode()).hexdigest()
