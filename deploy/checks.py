"""What PostgreSQL itself writes into its log: `manage.py check --database default` asks the server."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import Error, Tags, register
from django.db import connection

from deploy.local.servers import QUIET_LOG
from tenants.scope import in_console


@register(Tags.database)
def database_logs_no_values(databases: Sequence[str] | None = None, **_: Any) -> list[Error]:
    """Name every setting by which names and codes of clients get into the log of the database."""
    if not databases:
        return []
    return [
        Error(
            f"PostgreSQL writes values into its own log: {name} is {found}, must be {QUIET_LOG[name]}.",
            id="suunta.E030",
        )
        for name, found in _found().items()
        if found != QUIET_LOG[name]
    ]


def _found() -> dict[str, str]:
    with in_console(), connection.cursor() as cursor:
        cursor.execute("select name, setting from pg_settings where name = any(%s) order by name", [[*QUIET_LOG]])
        return dict(cursor.fetchall())
