"""A note as it is written: sealed, on its own day, of a day of the life of the client."""

from datetime import date, timedelta

import pytest

from casework.cases import notes
from casework.law.errors import BeforeBirth, InTheFuture
from casework.models import Note
from tests.casework.cases.making import BORN, a_case
from tests.conftest import NOON

TODAY = date(2026, 11, 23)


def test_a_note_is_sealed_and_on_the_timeline_on_its_own_day(kaavi, aino):
    case = a_case(by=aino)
    note = notes.write(case=case, kind="call", text="Called Keva.", on=date(2026, 11, 20), by=aino, at=NOON)

    assert Note.objects.get().text == "Called Keva."
    event = case.events.get(about_id=note.pk)
    assert (event.kind, event.on, event.facts) == ("note.call", date(2026, 11, 20), {})


def test_a_note_speaks_of_a_day_of_the_clients_life(kaavi, aino):
    case = a_case(by=aino)

    with pytest.raises(BeforeBirth):
        notes.write(case=case, kind="note", text="x", on=BORN - timedelta(1), by=aino, at=NOON)
    with pytest.raises(InTheFuture):
        notes.write(case=case, kind="note", text="x", on=TODAY + timedelta(1), by=aino, at=NOON)
