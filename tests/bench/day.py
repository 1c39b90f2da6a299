"""The day of the measurements: what is late or near is the same in every run, on whatever day it is run."""

from datetime import UTC, date, datetime

import time_machine

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # Monday, 9.00 in Helsinki


def that_monday() -> time_machine.travel:
    """Let this process's clock begin at that moment, and run; CPU time is not touched."""
    return time_machine.travel(AT)
