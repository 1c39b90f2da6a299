"""A municipality's key is replaced while people write and read: nobody notices, and what a kill stopped goes on."""

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils import timezone

from casework.models import Note
from deploy.local.embedded import ROOT
from tenants.accounts.permissions import Role
from tenants.database.current import connection
from tenants.keys import ring
from tenants.keys.models import DataKey
from tenants.scope import in_municipality
from tests.casework.cases.making import a_case
from tests.drills.keeping import text_of
from tests.people import person

VALUES = int(os.environ.get("SUUNTA_DRILL_VALUES", "100000"))
LONGEST = 120  # seconds for both runs together, the pause between two passes among them
CREW = ("writer", "writer", "reader")


def test_rotation(own_database, tmp_path, real_clock, tell):
    old = fill()
    environment = {**own_database, "DJANGO_SETTINGS_MODULE": "deploy.settings", "SUUNTA_FILES": str(tmp_path / "files")}

    with at_work(environment, tmp_path / "end") as said:
        begun = time.monotonic()
        killed_at = stopped(environment, old, after=VALUES // 4)
        words = rotate(environment).communicate(timeout=600)[0].decode()
        seconds = time.monotonic() - begun

    errors = [error for one in said for error in one["errors"]]
    left, unreadable = sealed_with(old), [key for key, text in texts() if str(key) not in text]
    turns = [one["turns"] for one in said]
    tell(values=VALUES, killed_at=killed_at, took=round(seconds), turns=turns, errors=errors[:3], of_old_key=left)
    assert errors == []
    assert "kaavi: continued" in words
    assert (left, unreadable) == (0, [])
    assert is_retired(old)
    assert all(turn > 50 for turn in turns)
    assert seconds < LONGEST


def fill() -> uuid.UUID:
    """Write so many notes, and answer the key that they are sealed with."""
    with in_municipality("kaavi"):
        aino = person("Aino", Role.COORDINATOR)
        case, now = a_case(by=aino), timezone.now()
        known = {"case": case, "kind": Note.Kind.CALL, "on": now.date(), "written_by": aino}
        notes = (Note(id=key, text=text_of(key), **known) for key in (uuid.uuid4() for _number in range(VALUES)))
        Note.objects.bulk_create(notes, batch_size=5_000)
        return ring.current_key().id


@contextmanager
def at_work(environment: dict[str, str], end: Path) -> Iterator[list[dict[str, Any]]]:
    """Let two write and one read meanwhile; afterwards the list holds what each says of its turns."""
    command = [sys.executable, "-m", "tests.drills.keeping"]
    crew = [
        subprocess.Popen([*command, who, "kaavi", str(end)], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        for who in CREW
    ]
    said: list[dict[str, Any]] = []
    try:
        yield said
    finally:
        end.touch()
        said += [json.loads(one.communicate(timeout=60)[0]) for one in crew]


def rotate(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "manage.py", "rotate_keys", "--municipality", "kaavi"]
    migrator = {**environment, "SUUNTA_LOGIN": "migrator"}
    return subprocess.Popen(command, cwd=ROOT, env=migrator, stdout=subprocess.PIPE)


def stopped(environment: dict[str, str], old: uuid.UUID, *, after: int) -> int:
    """Begin, and kill it when so many values have the new key; answer how many have."""
    with rotate(environment) as first:
        while VALUES - sealed_with(old) < after:
            assert first.poll() is None
            time.sleep(0.2)
        first.kill()
    return VALUES - sealed_with(old)


def sealed_with(key: uuid.UUID) -> int:
    with in_municipality("kaavi"), connection.cursor() as cursor:
        cursor.execute("select count(*) from casework_note where substring(text from 2 for 16) = %s", [key.bytes])
        return int(cursor.fetchone()[0])


def texts() -> Iterator[tuple[uuid.UUID, str]]:
    with in_municipality("kaavi"):
        yield from ((note.pk, note.text) for note in Note.objects.all().iterator())


def is_retired(key: uuid.UUID) -> bool:
    with in_municipality("kaavi"):
        return DataKey.objects.get(pk=key).retired_at is not None
