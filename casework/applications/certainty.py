"""How well a last day of appeal is known, in words, where a page or a paper has no room for its whole reckoning."""

from django.utils.translation import gettext as _

from casework.applications import appeal_days
from casework.models import Appeal, Decision


def of_last_day(noticed: Decision | Appeal) -> str:
    """Say it of the last day against a decision or a board's answer; "" when no rule is known."""
    if noticed.printed_last_day is not None:
        return _("printed in the decision")
    reckoned = appeal_days.of_decision(noticed) if isinstance(noticed, Decision) else appeal_days.of_appeal(noticed)
    return str(reckoned.origin.certainty.words) if reckoned and reckoned.origin else ""
