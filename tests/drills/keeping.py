"""A process that writes sealed notes, or reads them, again and again until a file appears, and says how it went.

Run: `python -m tests.drills.keeping writer|reader SCHEMA FILE`. Each text begins with its note's own key: whoever reads
can tell whether it is the right one. A writer saves two neighbours in one transaction, the later one first.
"""

import json
import random
import sys
import time
import uuid
from pathlib import Path

import django

PAUSE = 0.02  # seconds between two turns


def main(who: str, schema: str, end: Path) -> None:
    """Take turns until the end; then say how many there were and what went wrong, as JSON."""
    django.setup()
    from casework.models import Note
    from tenants.scope import in_municipality

    with in_municipality(schema):
        keys = list(Note.objects.order_by("pk").values_list("pk", flat=True))
    turns, errors = 0, list[str]()
    while not end.exists():
        at = random.randrange(len(keys) - 1)
        try:
            with in_municipality(schema):
                errors += write(keys[at + 1], keys[at]) if who == "writer" else read(keys[at : at + 100])
        except Exception as error:  # whatever it is, it is counted
            errors.append(repr(error))
        turns += 1
        time.sleep(PAUSE)
    sys.stdout.write(json.dumps({"turns": turns, "errors": errors}))


def text_of(key: uuid.UUID) -> str:
    """Make another text for a note."""
    return f"{key} Puhuttu jaksamisesta, {random.random()}"


def write(*keys: uuid.UUID) -> list[str]:
    """Save each of the notes with a new text, in this order."""
    from django.db import transaction

    from casework.models import Note

    with transaction.atomic():
        for key in keys:
            note = Note.objects.get(pk=key)
            note.text = text_of(key)
            note.save(update_fields=["text"])
    return []


def read(keys: list[uuid.UUID]) -> list[str]:
    """Read the notes; answer whose text is not theirs."""
    from casework.models import Note

    return [f"{note.pk}: {note.text}" for note in Note.objects.filter(pk__in=keys) if str(note.pk) not in note.text]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
