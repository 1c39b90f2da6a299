"""Reading one letter in a child process: what it is given, what it may use, and what its end means.

The file comes from outside and its readers are large programs: the child has no database, no keys, an empty environment
and limits (`casework.letters.limits`), and nothing of it is written anywhere.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from casework.letters.limits import SECONDS
from casework.letters.proposals import Known
from casework.letters.searching import Illness
from casework.letters.whose import Whose

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("-m", "casework.letters.child")
BEGUN = b"begun\n"  # the child's first word
LANGUAGES = {"fin", "swe"}
LIMIT_REACHED = {-signal.SIGKILL, -signal.SIGXCPU}
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}


class ReaderBroken(Exception):
    """The child did not begin at all: it is not the letter's fault."""


@dataclass(frozen=True)
class Asked:
    """A letter to be read: what it is, whose it should be, and what to look for in it."""

    kind: str
    client: Whose
    illnesses: Sequence[Illness]
    known: Known
    content: bytes = field(repr=False)


def read(asked: Asked) -> Mapping[str, Any]:
    """Read a letter; the answer is that of `casework.letters.child`.

    Raises:
        ReaderBroken
    """
    said, status = _asked_of_child(json.dumps(told(asked)).encode() + b"\n" + asked.content)
    if status is None or status in LIMIT_REACHED:
        return {"why": "too_much"}
    if not said.startswith(BEGUN):
        raise ReaderBroken(f"status {status}")
    if status != 0:
        return {"why": "damaged"}
    answer: dict[str, Any] = json.loads(said.removeprefix(BEGUN))
    return answer


def told(asked: Asked) -> dict[str, Any]:
    """What the child is told beside the file."""
    return {
        "kind": asked.kind,
        "tesseract": tesseract(),
        "client": asdict(asked.client),
        "illnesses": [asdict(illness) for illness in asked.illnesses],
        "known": asdict(asked.known),
    }


@cache
def tesseract() -> str:
    """Find the reader of pictures with Finnish and Swedish, asked once a process; "" where there is none."""
    path = shutil.which("tesseract")
    if path is None:
        return ""
    listed = subprocess.run([path, "--list-langs"], capture_output=True, text=True, check=False).stdout
    return path if set(listed.split()) >= LANGUAGES else ""


def _asked_of_child(words: bytes) -> tuple[bytes, int | None]:
    """Answer what a child said, and how it ended: None when it was ended because it took too long."""
    child = subprocess.Popen(
        [sys.executable, *PROGRAM],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # it may quote the letter
        start_new_session=True,
    )
    with child:
        try:
            said, _nothing = child.communicate(words, timeout=SECONDS)
        except BaseException as error:  # also when this process is asked to stop meanwhile
            _end(child)
            if isinstance(error, subprocess.TimeoutExpired):
                return b"", None
            raise
    return said, child.returncode


def _end(child: subprocess.Popen[bytes]) -> None:
    """End it with all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
