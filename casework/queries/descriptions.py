"""Reading descriptions of abilities."""

from typing import Any

from casework.models import Case


def for_case(case: Case) -> dict[str, Any]:
    """Answer what the panel on a case's page shows, for a case that was fetched before."""
    return {}
