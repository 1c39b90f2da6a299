"""Machines of their own for tests: what production has to be given, on a copy of the tests' database."""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

SECRET = "kuusi-koivu-mänty-haapa-" * 3


def a_machine(database: Mapping[str, str], folder: Path, **changes: str | None) -> dict[str, str]:
    """The environment of a machine at localhost with its own folder and this database (`own_database`).

    A value of None leaves the variable out.
    """
    files = folder / "files"
    files.mkdir(exist_ok=True)
    given: dict[str, str | None] = {
        **database,
        "SUUNTA_HOME": str(folder / "home"),
        "SECRET_KEY": SECRET,
        "SUUNTA_MASTER_KEYS_FILE": str(settings.MASTER_KEYS_FILE),
        "SUUNTA_FILES": str(files),
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": "1",
        **changes,
    }
    return {name: value for name, value in given.items() if value is not None}
