"""Casework's migrations, those that it has and those of the version after this one."""

import os
from pkgutil import iter_modules
from typing import Any

from casework import migrations

LAST = max(module.name for module in iter_modules(migrations.__path__))
PAUSE = float(os.environ.get("SUUNTA_DRILL_PAUSE", "0"))  # seconds that each takes longer than it would

__path__ = [*migrations.__path__, *__path__]


def pause(apps: Any, editor: Any) -> None:
    """Take a while, so that a kill finds the migration in its middle."""
    editor.execute("select pg_sleep(%s)", [PAUSE])
