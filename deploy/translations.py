"""Compiles the translations (.po to .mo) without gettext on the machine: `python -m deploy.translations`."""

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent


def compile_all(root: Path = ROOT) -> list[Path]:
    """Compile each `*/locale/**/*.po` whose .mo is missing or older, and answer the files written.

    Raises:
        OSError: a file cannot be read (with the line, when it is not a valid .po) or written.
    """
    written = []
    for source in sorted(root.glob("*/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime <= source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written.append(target)
    return written


if __name__ == "__main__":
    try:
        compile_all()
    except OSError as error:
        sys.exit(f"The translations cannot be compiled: {error}")
