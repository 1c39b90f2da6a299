"""The last day to claim of an application: reckoned by the rules of its day, unknown until somebody gives the day from
which it is counted. Where the municipality has put its own words in place of a rule, no day is reckoned by it.
"""

from casework.figures.queries import own_figures
from casework.law import figures
from casework.law.claim_windows import ClaimWindow, claim_deadline
from casework.law.deadlines import Deadline
from casework.models import Application


def windows_of(application: Application) -> tuple[ClaimWindow, ...]:
    """Answer the times to claim of the benefit, by the rules of the day of the application."""
    return figures.windows_in_use(application.benefit, own_figures(application.ruled_on))


def of_application(application: Application) -> Deadline | None:
    """Find the last day to claim; None while it is not known.

    Raises:
        OutsideCalendar: as `casework.law.claim_windows.claim_deadline`.
    """
    windows = windows_of(application)
    return claim_deadline(windows, counted_from=application.counted_from, counted_on=application.counted_on)


def reckon(application: Application) -> None:
    """Reckon the last day to claim anew; saving is the caller's."""
    deadline = of_application(application)
    application.claim_by = deadline.last_day if deadline else None
    application.claim_safe_by = deadline.safe_day if deadline else None
