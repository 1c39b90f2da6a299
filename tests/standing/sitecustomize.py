"""Read by every Python that a test starts on its own database: its clock goes as the test's does (tests.clock)."""

import os
from datetime import UTC, datetime, timedelta

import time_machine

ahead = timedelta(seconds=float(os.environ["SUUNTA_TEST_CLOCK"]))
time_machine.travel(datetime.now(UTC) + ahead).start()
