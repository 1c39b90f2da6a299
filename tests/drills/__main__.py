"""`make test-deep`: first the drills that may run side by side, on every core, then those that measure time, alone."""

import subprocess
import sys

DRILLS = "tests/drills"
TOGETHER = ("-m", "deep and not alone", "-n", "auto", "--maxprocesses", "8", "--dist", "worksteal")
ALONE = ("-m", "deep and alone")
NOTHING_CHOSEN = 5  # pytest's word for it: `-k mail` names none of those that run alone


def main(words: list[str]) -> int:
    """Run the drills that pytest's words choose; answer 1 when one failed, 5 when none was chosen."""
    ends = {_run(*choice, *words) for choice in (TOGETHER, ALONE)}
    failed = ends - {0, NOTHING_CHOSEN}
    return 1 if failed else min(ends)


def _run(*words: str) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", *words, DRILLS], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
