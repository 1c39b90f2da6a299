"""The municipalities of the demo are made whatever an earlier start of it has left."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from deploy.demo import municipalities
from tenants.models import Municipality
from tenants.scope import in_console
from tests import databases
from tests.conftest import NOON

State = Municipality.State
JUUKA = municipalities.Place("juuka", "Juuka", "0172718-0", "jaana@juuka.example", "83900", ("Mallitie",))


@pytest.fixture
def migrator(own_database: dict[str, str], monkeypatch) -> Iterator[None]:
    monkeypatch.setattr(municipalities, "PLACES", (JUUKA,))
    with databases.as_migrator():
        yield


@pytest.mark.parametrize("state", [None, State.REQUESTED, State.FAILED, State.BEING_MADE])
def test_what_an_earlier_start_left_is_made(migrator, state):
    with in_console():
        if state:
            municipalities._request(JUUKA)
            Municipality.objects.filter(name="Juuka").update(state=state, lease_until=Now() + timedelta(minutes=9))

    assert list(municipalities.add_missing(at=NOON)) == ["Juuka"]

    with in_console():
        assert Municipality.objects.get(name="Juuka").is_active
    assert list(municipalities.add_missing(at=NOON)) == []
