"""Runs that go on at the same time keep their temporary files apart."""

import os
import subprocess
import sys
from pathlib import Path

from deploy.local.embedded import ROOT

PYTEST = [sys.executable, "-m", "pytest", "-p", "tests.environment", "-p", "no:django", "-p", "no:cacheprovider", "-q"]
WHERE = """
def test_where(tmp_path, capsys):
    with capsys.disabled():
        print(f"at {tmp_path.parents[1]}")
"""


def test_a_run_tidies_up_only_what_runs_of_its_own_state_folder_left(tmp_path):
    """Two that tidied up one folder tripped over each other; at a later clock all others look long dead."""
    left, right, again = (temporary_folder(tmp_path, tmp_path / home) for home in ("left", "right", "left"))

    assert left == again
    assert len({left, right, str(tmp_path.parents[1])}) == 3


def temporary_folder(folder: Path, home: Path) -> str:
    """Where a run with that state folder keeps its temporary files: it is tidied up as a whole."""
    (folder / "test_where.py").write_text(WHERE)
    said = subprocess.check_output(
        [*PYTEST, "-c", os.devnull, str(folder / "test_where.py")],
        cwd=ROOT,
        env={**os.environ, "SUUNTA_HOME": str(home), "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
        text=True,
    )
    return next(line.partition("at ")[2] for line in said.splitlines() if "at /" in line)
