"""It fails closed: whatever goes wrong at any word to the database shows nothing of others and leaves nothing half."""

import os

import pytest

from tests.browser.furnishing import furnish
from tests.faults.flows import all_flows
from tests.faults.house import trial_in
from tests.faults.line import KINDS
from tests.mail_server import mail_server

__all__ = ["mail_server"]

EVERY = int(os.environ.get("SUUNTA_DRILL_EVERY", "1"))  # word; 4 is a quick look


@pytest.mark.parametrize("half", [1, 2])  # of the flows: side by side they take half of the time
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # of what a lost line leaves open
def test_faults(half, own_database, mail_server, settings, tmp_path, tell):
    settings.FILES = tmp_path / "files"
    places = {"files": settings.FILES, "mails": settings.MAIL_ARCHIVE}
    with trial_in("suunta_test_own", **places, ready=lambda: all_flows(furnish())) as (trial, flows):
        chosen = flows[half - 1 :: 2]
        words = sum(trial.each_word(flow, KINDS, every=EVERY) for flow in chosen)

    tell(flows=len(chosen), statements=words, faults=trial.faults, bad=len(trial.bad))
    assert trial.bad == []
    assert len(flows) >= 20
