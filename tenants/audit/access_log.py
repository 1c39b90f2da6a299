"""Writing to the access log. A page that shows a client writes here first: no log, no page."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import connection

from tenants.accounts.models import User
from tenants.audit import reasons
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
    why = reasons.seal(reason, key=uuid.uuid4()) if reason else reasons.NONE
    with connection.cursor() as cursor:
        cursor.execute(
            "select append_access(%s, %s, %s, %s, %s::jsonb, %s, %s, %s, %s, %s)",
            [
                by.pk,
                by.name,
                ",".join(by.roles),
                action,
                json.dumps([asdict(subject) for subject in subjects]),
                why.key,
                why.content,
                why.hash,
                request.route,
                request.id,
            ],
        )
