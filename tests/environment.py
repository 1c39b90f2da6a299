"""Loaded before the settings (`-p tests.environment`): tests have their own state folder, servers and mail archive.

Each worker of a run on several cores (`-n`) has one more of its own below that: workers share nothing but the code.
"""

import gc
import hashlib
import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("SUUNTA_HOME", str(ROOT / ".suunta" / "test"))
if worker := os.environ.pop("PYTEST_XDIST_WORKER", ""):  # what this process starts is no worker
    os.environ["SUUNTA_HOME"] += f"/{worker}"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
for name in ("SUUNTA_DEBUG", "SUUNTA_SECOND_FACTOR", "SUUNTA_LOGIN", "PORT"):
    os.environ.pop(name, None)
(Path(os.environ["SUUNTA_HOME"]) / "static").mkdir(parents=True, exist_ok=True)  # else whitenoise warns
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # once started, playwright's loop stays in the main thread


def temporary_root(home: str) -> Path:
    """The folder for `tmp_path` of the runs of one state folder, and of no others.

    pytest tidies up what earlier runs left beside its own, and two that tidy up one folder at a time trip over each
    other: the clocks run in two lanes, and a test may run pytest itself. Short, since sockets lie below it.
    """
    return Path(tempfile.gettempdir()) / f"t-{hashlib.sha256(home.encode()).hexdigest()[:6]}"


os.environ["PYTEST_DEBUG_TEMPROOT"] = str(temporary_root(os.environ["SUUNTA_HOME"]))
temporary_root(os.environ["SUUNTA_HOME"]).mkdir(mode=0o700, exist_ok=True)

gc.disable()  # importing and collecting make five thousand tests and no rubbish


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for rubbish after it, but no longer among what was collected: that stays until the end."""
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers of workers that were killed: an interrupted run kills those that do not end by themselves."""
    if not config.pluginmanager.has_plugin("dsession"):
        return
    from deploy.local import embedded

    home = os.environ["SUUNTA_HOME"]
    for folder in Path(home).glob("gw*"):
        os.environ["SUUNTA_HOME"] = str(folder)
        embedded.stop_unused()
    os.environ["SUUNTA_HOME"] = home
