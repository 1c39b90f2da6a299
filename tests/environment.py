"""Loaded before the settings (`-p tests.environment`): tests have their own state folder, servers and mail archive."""

import gc
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("SUUNTA_HOME", str(ROOT / ".suunta" / "test"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
for name in ("SUUNTA_DEBUG", "SUUNTA_SECOND_FACTOR", "SUUNTA_LOGIN", "PORT"):
    os.environ.pop(name, None)
(Path(os.environ["SUUNTA_HOME"]) / "static").mkdir(parents=True, exist_ok=True)  # else whitenoise warns
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # once started, playwright's loop stays in the main thread

gc.disable()  # importing and collecting make five thousand tests and no rubbish


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Look for rubbish from now on, but no longer among what was collected: it stays until the end."""
    gc.freeze()
    gc.enable()
