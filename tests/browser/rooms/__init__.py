"""Something on every page of casework, one module a room: each makes its things and answers their keys by argument."""

from casework.models import Case
from tenants.accounts.models import User
from tests.browser.rooms import appointments, assessments, consents, descriptions, meetings, situation, statements

_ROOMS = (situation, assessments, consents, statements, appointments, meetings, descriptions)


def furnish(case: Case, aino: User) -> dict[str, object]:
    """Make something in every room of one case."""
    return {name: key for room in _ROOMS for name, key in room.furnish(case, aino).items()}
